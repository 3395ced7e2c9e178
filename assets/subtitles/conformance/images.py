"""Images of the image profile (IMSC 1.1 9.4)."""

from assets.subtitles.conformance.document import Node
from assets.subtitles.conformance.findings import Findings, Source
from assets.subtitles.conformance.imsc_values import clause
from assets.subtitles.conformance.values import lengths


def judge(source: Source, findings: Findings) -> None:
    """Note images that lack something, stand in the wrong place, or have no region of their size."""
    regions = {node.attributes.get("xml:id", ""): node for node in source.regions()}
    for node in source.root.walk():
        if node.name == "image":
            _image(node, findings)
        pictured = node.child("image") or (node if "smpte:backgroundImage" in node.attributes else None)
        if node.name == "div" and pictured is not None:
            _region(source, findings, pictured, regions)


def _image(node: Node, findings: Findings) -> None:
    """What an image element lacks."""
    section = clause("9.4", "#image")
    for name in ("src", "type", "tts:extent"):
        if name not in node.attributes:
            findings.add(node, name, f"image has no {name}", f"{name} is required", section)
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
