"""Images of the image profile (IMSC 1.1 9.2 to 9.4)."""

from typing import Final

from assets.subtitles.conformance import schedule
from assets.subtitles.conformance.document import Node
from assets.subtitles.conformance.findings import Findings, Source
from assets.subtitles.conformance.imsc_values import clause
from assets.subtitles.conformance.values import lengths

_PNG: Final = "image/png"


def judge(source: Source, findings: Findings) -> None:
    """Note images that lack something, stand in the wrong place, or have no region of their size."""
    regions = {node.attributes.get("xml:id", ""): node for node in source.regions()}
    for node in source.root.walk():
        if node.name == "image":
            _image(node, findings)
        pictured = node.child("image") or (node if "smpte:backgroundImage" in node.attributes else None)
        if node.name == "div" and pictured is not None:
            _region(source, findings, pictured, regions)
    _alone(source, findings)


def _alone(source: Source, findings: Findings) -> None:
    """A region shows one image at a time (IMSC 1.1 9.2.2)."""
    latest: dict[str, schedule.Shown] = {}
    for piece in sorted(schedule.shown(source), key=lambda item: item.begin):
        before = latest.get(piece.region)
        if before is not None and piece.begin < before.end:
            what = f"an image in the region '{piece.region}' while that of line {before.node.line} is shown"
            findings.add(piece.node, "", what, "one image at a time in a region", "IMSC 1.1 9.2.2")
        if before is None or piece.end > before.end:
            latest[piece.region] = piece


def _image(node: Node, findings: Findings) -> None:
    """What an image element lacks."""
    section = clause("9.4", "#image")
    for name in ("src", "type", "tts:extent"):
        if name not in node.attributes:
            findings.add(node, name, f"image has no {name}", f"{name} is required", section)
    kind = node.attributes.get("type", _PNG)
    if kind.partition(";")[0].strip().lower() != _PNG:
        findings.add(node, "type", f"an image of the type {kind}", _PNG, "IMSC 1.1 9.3")
    parent = node.parent
    if parent is None or parent.name != "div":
        findings.add(node, "", f"image in {parent.name if parent else 'nothing'}", "in div", section)
    elif "smpte:backgroundImage" in parent.attributes:
        findings.add(node, "", "image in a div that has smpte:backgroundImage", "one of the two", section)
    elif next(child for child in parent.children if child.name == "image") is not node:
        findings.add(node, "", "more than one image in a div", "one", section)


def _region(source: Source, findings: Findings, image: Node, regions: dict[str, Node]) -> None:
    """An image is shown in a region that the document defines, and fills it."""
    given = (item.attributes["region"] for item in (image, *image.ancestors()) if "region" in item.attributes)
    region = regions.get(next(given, ""))
    if region is None:
        findings.add(image, "", "an image in no region", "a region of the layout", clause("9.4", "#image"))
        return
    own = lengths(image.attributes.get("tts:extent", ""))
    extent = lengths(source.specified(region).get("tts:extent", ""))
    if image.name == "image" and own and extent and own != extent:
        what = f"an image of {image.attributes['tts:extent']} in a region of another size"
        findings.add(image, "tts:extent", what, "the extent of the region", clause("9.4", "#image"))
