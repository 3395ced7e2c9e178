"""The head of a TTML document: its styles, regions and speakers, and what is lost of it."""

from collections.abc import Iterator

from assets.subtitles import ttml_names, ttml_region
from assets.subtitles.model import Damage
from assets.subtitles.ttml_names import Element
from assets.subtitles.ttml_style import Styles
from assets.subtitles.ttml_time import Clock

_STANDARD = {"conformsToStandard", "authoredFrameRate", "authoredFrameRateMultiplier", "documentEbuttVersion"}
"""Metadata of EBU-TT-D that say what the document is, and nothing of its content."""

_TIMING = ("begin", "dur", "end")
_HELD = {
    "tts:displayAlign": ("before", "center", "after"),
    "tts:writingMode": ("lrtb", "rltb", "tbrl", "tblr", "lr", "rl", "tb"),
}


def load(root: Element) -> Styles:
    """The styles, regions and speakers that a document defines."""
    given = ttml_names.attributes(root)
    styles = Styles(language=given.get("xml:lang", ""))
    regions = []
    for element in _head(root):
        name, attributes = ttml_names.name_of(element), ttml_names.attributes(element)
        parent = element.getparent()
        if name == "initial":
            styles.initial.update(styles.specified(attributes))
        elif name == "style" and parent is not None and ttml_names.name_of(parent) == "styling":
            styles.defined[attributes.get("xml:id", "")] = attributes
        elif name == "region":
            regions.append((element, attributes))
        elif _local(element) == "agent" and "xml:id" in attributes:
            styles.agents[attributes["xml:id"]] = ttml_names.text_of(element) or attributes["xml:id"]
    styles.check("initial", styles.initial)
    picture = ttml_region.picture(given)
    for element, attributes in regions:
        _region(styles, element, attributes, picture)
    return styles


def _region(styles: Styles, element: Element, given: dict[str, str], picture: ttml_region.Picture) -> None:
    """A region's styles come from those it refers to, from `style` elements inside it, and from itself."""
    layout: dict[str, str] = dict(styles.initial)
    own = styles.specified(given)
    for child in element:
        if ttml_names.name_of(child) == "style":
            layout.update(styles.specified(ttml_names.attributes(child)))
    layout.update(own)
    styles.check("region", layout)
    styles.not_held.update(key for key, held in _HELD.items() if layout.get(key, held[0]) not in held)
    placed = ttml_region.placed(given.get("xml:id", ""), layout, picture)
    if placed.region is None and not placed.unclear:
        layout.pop("tts:textAlign", None)  # it is in the place
    if "xml:id" in given:
        styles.layouts[given["xml:id"]] = layout
        styles.regions[given["xml:id"]] = placed


def authored_rate(root: Element) -> dict[str, str]:
    """The frame rate that an EBU-TT-D document was made at, as the parameters that TTML has for it."""
    names = {"authoredFrameRate": "ttp:frameRate", "authoredFrameRateMultiplier": "ttp:frameRateMultiplier"}
    found = ((names.get(_local(element), ""), ttml_names.text_of(element)) for element in _head(root))
    return {name: text for name, text in found if name}


def report(root: Element, clock: Clock, styles: Styles) -> Iterator[Damage]:
    """What of a document as a whole is malformed or not kept. Styles are added when the body has been read."""
    given, line = ttml_names.attributes(root), root.sourceline or 1
    if clock.malformed:
        yield Damage("bad-header", line, "parameters that are none; their defaults are used", " ".join(clock.malformed))
    if given.get("ttp:timeBase") == "clock":
        yield Damage("not-kept", line, "times are of a wall clock; read as times of the programme", "clock")
    if given.get("ttp:markerMode") == "discontinuous":
        yield Damage("not-kept", line, "timecode that may jump; read as if it ran on", "discontinuous")
    if given.get("ttp:contentProfiles", given.get("ttp:profile", "")).rstrip("/").endswith("/image"):
        yield Damage("not-kept", line, "an image profile; only text is read", "image")
    for element in root:
        if ttml_names.name_of(element) not in {"head", "body"} and (text := ttml_names.text_of(element)):
            yield Damage("unparsed-text", element.sourceline or 1, f"{_local(element)} outside head and body", text)
    yield from _metadata(root)
    for name, placed in styles.regions.items():
        if placed.unclear:
            what = f"{' and '.join(placed.unclear)} of region {name}, of no known proportion to the picture"
            yield Damage("not-kept", line, what, name)


def _metadata(root: Element) -> Iterator[Damage]:
    """The text of the head, which holds metadata, and animation or times of regions."""
    lost = []
    for element in _head(root):
        name, local = ttml_names.name_of(element), _local(element)
        text = " ".join((element.text or "").split())
        if name in {"set", "animate"} or (name == "region" and _is_timed(element)):
            what = f"{name} with times in the head, which are not kept"
            yield Damage("not-kept", element.sourceline or 1, what, ttml_names.described(element))
        elif local == "image":
            lost.append(f"image: {ttml_names.attributes(element).get('xml:id', '')}")
        elif text and local not in _STANDARD and not _is_agent(element):
            lost.append(f"{local}: {text}")
        if tail := " ".join((element.tail or "").split()):
            lost.append(tail)
    if lost:
        yield Damage("not-kept", root.sourceline or 1, "metadata in the head, which are not kept", "; ".join(lost))


def _head(root: Element) -> Iterator[Element]:
    """The elements of the head, at any depth."""
    for element in root:
        if ttml_names.name_of(element) == "head":
            yield from element.iter("*")


def _is_timed(element: Element) -> bool:
    return any(key in _TIMING for key, _ in element.items())


def _is_agent(element: Element) -> bool:
    """Whether an element is the name of a speaker, which is kept."""
    parent = element.getparent()
    return _local(element) == "name" and parent is not None and _local(parent) == "agent"


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
