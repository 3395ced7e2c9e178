"""Regions of TTML: where on the picture they are, in per cent of it, and where on a numeric keypad that is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assets.subtitles import markup, ttml_values
from assets.subtitles.model import Region

PLACE_NAMES = {
    1: "bottomLeft",
    2: "bottom",
    3: "bottomRight",
    4: "left",
    5: "middle",
    6: "right",
    7: "topLeft",
    8: "top",
    9: "topRight",
}
"""The ids of the regions that stand for the keys of a numeric keypad."""

MADE = re.compile(r"rp-(?:place|region|p)[0-9]+")
"""Ids that the writer makes up where the model has none, so that reading gives none."""

ROWS = ("after", "center", "before")
COLUMNS = ("left", "center", "right")
_WHOLE = Fraction(100)
_HALF = Fraction(1, 2)
_ANCHORS = {"before": Fraction(0), "center": _HALF, "after": Fraction(1)}
_ALONG = {"left": Fraction(0), "start": Fraction(0), "center": _HALF, "right": Fraction(1), "end": Fraction(1)}
_WRITING = {"lr": "lrtb", "rl": "rltb", "tb": "tbrl", **{name: name for name in ("lrtb", "rltb", "tbrl", "tblr")}}
_EDGES = {"left": (0, Fraction(0)), "right": (0, Fraction(1)), "top": (1, Fraction(0)), "bottom": (1, Fraction(1))}


def place(position: int) -> Region:
    """The region that stands for a key of a numeric keypad. The upper and the lower rows do not overlap."""
    row, _ = divmod(position - 1, 3)
    y = Fraction((50, 30, 10)[row])
    return Region(Fraction(10), y, Fraction(80), Fraction(40), ROWS[row], "lrtb", PLACE_NAMES[position])


def itunes_place(position: int) -> Region:
    """The two regions of iTunes Timed Text: the top and the bottom 15 % of the picture."""
    y, align = (Fraction(0), "before") if position > 6 else (Fraction(85), "after")  # noqa: PLR2004 -- the upper keys
    return Region(Fraction(0), y, _WHOLE, Fraction(15), align, "lrtb", "top" if y == 0 else "bottom")


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the text of a region stands: exactly, or (`region` None) only as a key of a numeric keypad.

    `unclear` are the attributes whose lengths have no known proportion to the picture, or whose values are not held.
    """

    region: Region | None
    key: int = markup.BOTTOM
    unclear: tuple[str, ...] = ()

    def position(self, text_align: str) -> int:
        """The key of the keypad for text of an alignment."""
        return self.key if self.region is None else keypad(self.region, text_align)


def keypad(region: Region, text_align: str) -> int:
    """The key of a numeric keypad where text of an alignment stands in a region."""
    anchor = _ANCHORS.get(region.align, Fraction(0))
    if region.writing in {"tbrl", "tblr"}:
        across = region.width * (1 - anchor if region.writing == "tbrl" else anchor)
        along = region.height * _ALONG.get(text_align, Fraction(0))
        return 1 + 3 * (2 - _third(region.y + along)) + _third(region.x + across)
    column = int(2 * _ALONG.get(text_align, _HALF))
    if region.writing == "rltb" and text_align in {"start", "end"}:
        column = 2 - column
    return 1 + 3 * (2 - _third(region.y + region.height * anchor)) + column


def _third(percent: Fraction) -> int:
    return 0 if percent * 3 < _WHOLE else 1 if percent * 3 < 2 * _WHOLE else 2


@dataclass(frozen=True, slots=True)
class Picture:
    """The parameters of a document that lengths depend on: the picture in pixels and cells, and its aspect ratio."""

    pixels: tuple[int, int] | None
    cells: tuple[int, int]
    aspect: Fraction | None

    def share(self, text: str, axis: int) -> Fraction | None:
        """A length in per cent of the picture's width (axis 0) or height (1); None if it cannot be told."""
        found = ttml_values.length(text)
        if found is None:
            return None
        number, unit = found
        if unit in {"%", ("rw", "rh")[axis]}:
            return number
        whole = self.pixels if unit == "px" else self.cells if unit == "c" else None
        if whole is not None:
            return number * 100 / whole[axis] if whole[axis] else None
        if unit not in {"rw", "rh"} or not self.aspect:
            return None
        return number / self.aspect if unit == "rh" else number * self.aspect


def picture(root: Mapping[str, str]) -> Picture:
    """The picture as the attributes of the root element describe it."""
    pixels = _pair(root.get("tts:extent", ""), "px")
    ratio = _pair(root.get("ttp:displayAspectRatio", root.get("ittp:aspectRatio", "")), "")
    shape = ratio or pixels
    return Picture(
        pixels, _pair(root.get("ttp:cellResolution", ""), "") or (32, 15), Fraction(*shape) if shape else None
    )


def _pair(text: str, unit: str) -> tuple[int, int] | None:
    match = re.fullmatch(rf"\s*([0-9]{{1,6}}){unit}\s+([0-9]{{1,6}}){unit}\s*", text)
    return (int(match[1]), int(match[2])) if match and int(match[1]) and int(match[2]) else None


def placed(name: str, layout: Mapping[str, str], whole: Picture) -> Placed:
    """Where a region with the given styles is. `tts:position` goes before `tts:origin` (TTML2, 10.2.33)."""
    unclear = []
    extent = _lengths(layout.get("tts:extent", "auto"), whole, (_WHOLE, _WHOLE))
    if extent is None:
        unclear.append("tts:extent")
    size = extent or (_WHOLE, _WHOLE)
    origin = _origin(layout, whole, size)
    if origin is None:
        unclear.append("tts:position" if "tts:position" in layout else "tts:origin")
    align = layout.get("tts:displayAlign", "before")
    writing = layout.get("tts:writingMode", "lrtb")
    x, y = origin or (Fraction(0), Fraction(0))
    region = Region(
        ttml_values.rounded(x),
        ttml_values.rounded(y),
        ttml_values.rounded(size[0]),
        ttml_values.rounded(size[1]),
        align if align in _ANCHORS else "before",
        _WRITING.get(writing, "lrtb"),
        "" if MADE.fullmatch(name) else name,
    )
    text_align = layout.get("tts:textAlign", "")
    if unclear:
        return Placed(None, keypad(region, text_align), tuple(unclear))
    return Placed(None, key) if (key := _key(name, region, text_align)) else Placed(region)


def _key(name: str, region: Region, text_align: str) -> int:
    """The key that a region stands for, if it is one of those that stand for a key; else 0."""
    for key, known in PLACE_NAMES.items():
        if text_align == COLUMNS[(key - 1) % 3] and name in {known, f"rp-place{key}"}:
            exact = (place(key), itunes_place(key)) if key in {2, 8} else (place(key),)
            if any(_same(region, other) for other in exact):
                return key
    return 0


def _same(one: Region, other: Region) -> bool:
    return (one.x, one.y, one.width, one.height, one.align, one.writing) == (
        *(other.x, other.y, other.width, other.height),
        *(other.align, other.writing),
    )


def _lengths(text: str, whole: Picture, automatic: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction] | None:
    """Two lengths in per cent, or what `auto` stands for; None if they cannot be told."""
    words = text.split()
    if words == ["auto"]:
        return automatic
    if len(words) != 2:  # noqa: PLR2004
        return None
    x, y = whole.share(words[0], 0), whole.share(words[1], 1)
    return None if x is None or y is None else (x, y)


def _origin(
    layout: Mapping[str, str], whole: Picture, size: tuple[Fraction, Fraction]
) -> tuple[Fraction, Fraction] | None:
    """The upper left corner of a region in per cent of the picture."""
    if "tts:position" not in layout:
        return _lengths(layout.get("tts:origin", "auto"), whole, (Fraction(0), Fraction(0)))
    room = (_WHOLE - size[0], _WHOLE - size[1])
    corner = [room[0] / 2, room[1] / 2]
    words = layout["tts:position"].split()
    free = [0, 1]  # the axes that are not set, for the words that do not name theirs
    number = 0
    while number < len(words):
        word = words[number]
        axis, edge = _EDGES.get(word, (free[0] if free else 1, Fraction(0)))
        if word in _EDGES:
            follows = words[number + 1] if len(words) > 2 and number + 1 < len(words) else ""  # noqa: PLR2004
            inset = _offset(follows, axis, whole, room[axis]) if follows[:1] not in {"", "c"} else None
            number += inset is not None
            offset: Fraction | None = room[axis] * edge + (inset or 0) * (1 - 2 * edge)
        else:
            offset = _offset(word, axis, whole, room[axis])
        if offset is None:
            return None
        corner[axis] = offset
        if axis in free:
            free.remove(axis)
        number += 1
    return corner[0], corner[1]


def _offset(word: str, axis: int, whole: Picture, room: Fraction) -> Fraction | None:
    """A length of a position; per cent are of the room that the region leaves."""
    if word == "center":
        return room / 2
    share = whole.share(word, axis)
    return share * room / 100 if share is not None and word.endswith("%") else share
