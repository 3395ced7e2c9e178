"""Where regions lie, and which of them are shown at the same time (IMSC 1.1 7.12.1, EBU Tech 3380)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assets.subtitles.conformance import schedule
from assets.subtitles.conformance.document import Node
from assets.subtitles.conformance.findings import Findings, Source, inline
from assets.subtitles.conformance.position import Offset, position
from assets.subtitles.conformance.values import Length, is_colour, lengths
from assets.timing import Time, ms_text

_FULL: Final = Fraction(100)
_MOST_ACTIVE: Final = 100
"""How many regions that are shown at once are compared with the next one."""

_PLACE: Final = frozenset({"tts:origin", "tts:extent", "tts:position"})
_GEOMETRY: Final = _PLACE | {"tts:display", "tts:visibility", "tts:opacity"}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in per cent of the root container."""

    left: Fraction
    top: Fraction
    right: Fraction
    bottom: Fraction

    def meets(self, other: "Box") -> bool:
        """Whether two rectangles have an area in common; edges may touch."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class _Root:
    """The root container in pixels, where the document gives it."""

    width: Fraction | None
    height: Fraction | None

    def across(self, length: Length) -> Fraction | None:
        """A horizontal length in per cent of the width; None if that cannot be told."""
        return _per_cent(length, self.width, "rw")

    def down(self, length: Length) -> Fraction | None:
        """A vertical length in per cent of the height; None if that cannot be told."""
        return _per_cent(length, self.height, "rh")


def _per_cent(length: Length, pixels: Fraction | None, relative: str) -> Fraction | None:
    if length.unit in {"%", relative}:
        return length.number
    return length.number * 100 / pixels if length.unit == "px" and pixels else None


def root_pixels(source: Source) -> tuple[Fraction, Fraction] | None:
    """Width and height of the root container in pixels, if tts:extent of tt gives them."""
    found = lengths(source.root.attributes.get("tts:extent", ""))
    if len(found) != 2 or any(item.unit != "px" or item.number <= 0 for item in found):  # noqa: PLR2004
        return None
    return found[0].number, found[1].number


def box(source: Source, given: Mapping[str, str]) -> Box | None:
    """The rectangle of a region with the given styles; None if it cannot be told or is malformed."""
    pixels = root_pixels(source)
    root = _Root(*(pixels or (None, None)))
    size = lengths(given.get("tts:extent", ""))
    if given.get("tts:extent", "auto").strip() == "auto":
        size = (Length(_FULL, "%"), Length(_FULL, "%"))
    if len(size) != 2:  # noqa: PLR2004
        return None
    width, height = root.across(size[0]), root.down(size[1])
    if width is None or height is None:
        return None
    corner = _corner(root, given, width, height)
    return Box(corner[0], corner[1], corner[0] + width, corner[1] + height) if corner else None


def _corner(
    root: _Root, given: Mapping[str, str], width: Fraction, height: Fraction
) -> tuple[Fraction, Fraction] | None:
    if "tts:position" in given:
        place = position(given["tts:position"])
        if place is None:
            return None
        across = _inset(place.horizontal, root.across(place.horizontal.length), width)
        down = _inset(place.vertical, root.down(place.vertical.length), height)
        return None if across is None or down is None else (across, down)
    if given.get("tts:origin", "auto").strip() == "auto":
        return Fraction(0), Fraction(0)
    found = lengths(given["tts:origin"])
    if len(found) != 2:  # noqa: PLR2004
        return None
    x, y = root.across(found[0]), root.down(found[1])
    return None if x is None or y is None else (x, y)


def _inset(offset: Offset, length: Fraction | None, size: Fraction) -> Fraction | None:
    """The near edge for an offset; a percentage is of the room beside the region."""
    if length is None:
        return None
    if offset.length.unit == "%":
        length = length * (_FULL - size) / 100
    return length if offset.edge in {"left", "top"} else _FULL - size - length


def judge_place(source: Source, findings: Findings, clause: str) -> dict[str, Box]:
    """Note each region that reaches out of the root container; the rectangles of all that can be told."""
    found = {}
    initial = source.initial()
    for node in source.regions():
        given = initial | source.specified(node)
        rectangle = box(source, given)
        if rectangle is not None:
            found[node.attributes.get("xml:id", "")] = rectangle
            _note_outside(node, rectangle, findings, clause)
        for child in node.children:
            moved = box(source, given | inline(child)) if _moves(child) else None
            if moved is not None:
                _note_outside(child, moved, findings, clause)
    return found


def _moves(node: Node) -> bool:
    """Whether an element animates the place or the size of its region."""
    return node.name == "set" and bool(node.attributes.keys() & _PLACE)


def _note_outside(node: Node, rectangle: Box, findings: Findings, clause: str) -> None:
    least, most = min(rectangle.left, rectangle.top), max(rectangle.right, rectangle.bottom)
    if least < 0 or most > _FULL:
        what = f"the region reaches from {_show(rectangle.left, rectangle.top)}"
        what += f" to {_show(rectangle.right, rectangle.bottom)}"
        findings.add(node, "", what, "within the root container, 0 % to 100 %", clause)


def _show(x: Fraction, y: Fraction) -> str:
    return f"({float(x):g} %, {float(y):g} %)"


def presented(source: Source) -> dict[str, list[tuple[Time, Time]]]:
    """When each region is shown. A region that is animated is left out, as is what is not visible."""
    content: dict[str, list[tuple[Time, Time]]] = {}
    for piece in schedule.shown(source):
        content.setdefault(piece.region, []).append((piece.begin, piece.end))
    result = {}
    initial = source.initial()
    for node in source.regions():
        name = node.attributes.get("xml:id", "")
        given = initial | source.specified(node)
        if _is_hidden(given) or _is_animated(node):
            continue
        begin, end = schedule.interval(source, node, 0, schedule.NEVER)
        spans = [(begin, end)] if _has_background(given) else content.get(name, []) if name else []
        clipped = [(max(first, begin), min(last, end)) for first, last in spans]
        result[name] = schedule.merged([span for span in clipped if span[0] < span[1]])
    return result


def _is_hidden(given: Mapping[str, str]) -> bool:
    opacity = given.get("tts:opacity", "1").strip()
    return (
        given.get("tts:display") == "none"
        or given.get("tts:visibility") == "hidden"
        or (opacity.strip("+-0.") == "" and opacity != "")
    )


def _is_animated(node: Node) -> bool:
    return any(
        child.name == "animate" or (child.name == "set" and child.attributes.keys() & _GEOMETRY)
        for child in node.children
    )


def _has_background(given: Mapping[str, str]) -> bool:
    """Whether a region is seen though nothing is in it."""
    colour = given.get("tts:backgroundColor", "transparent").strip().lower()
    clear = (
        colour == "transparent"
        or (colour.startswith("#") and len(colour) == len("#rrggbbaa") and colour.endswith("00"))
        or (colour.startswith("rgba(") and colour.rstrip(") ").rpartition(",")[2].strip().strip("0") == "")
    )
    return is_colour(colour) and not clear and given.get("tts:showBackground", "always") == "always"


Schedule = Mapping[str, list[tuple[Time, Time]]]
"""When each region is shown, by id."""


def judge_overlap(source: Source, findings: Findings, times: Schedule, boxes: Mapping[str, Box], clause: str) -> None:
    """Note each region that is shown over another one at the same time, with the first such moment."""
    nodes = {node.attributes.get("xml:id", ""): node for node in source.regions()}
    spans = sorted((*span, name) for name, found in times.items() if name in boxes for span in found)
    active: dict[str, Time] = {}
    said: set[str] = set()
    for begin, end, name in spans:
        active = {other: over for other, over in active.items() if over > begin}
        for other in active:
            first, second = sorted((other, name), key=lambda item: nodes[item].order)
            if second not in said and boxes[first].meets(boxes[second]):
                said.add(second)
                what = f"the region overlaps region '{first}', both shown at {ms_text(begin)}"
                findings.add(nodes[second], "", what, "regions that do not overlap while they are shown", clause)
        if len(active) < _MOST_ACTIVE:
            active[name] = end


def judge_number(source: Source, findings: Findings, times: Schedule, most: int, clause: str) -> None:
    """Note the first moment at which more than `most` regions are shown."""
    nodes = {node.attributes.get("xml:id", ""): node for node in source.regions()}
    spans = [(*span, name) for name, found in times.items() for span in found]
    starts, ends = sorted(spans), sorted(end for _, end, _ in spans)
    over = 0
    for count, (begin, _, name) in enumerate(starts, 1):
        while ends[over] <= begin:
            over += 1
        if count - over > most:
            what = f"{count - over} regions are shown at {ms_text(begin)}"
            findings.add(nodes[name], "", what, f"at most {most} at a time", clause)
            return
