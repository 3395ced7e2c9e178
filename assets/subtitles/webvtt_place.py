"""Where WebVTT sets a cue: the settings of the cue, read and written (WebVTT 4.4, 7.2).

The box of a cue has two edges along its rows (`position`, `size`) and one across them (`line`), from which its rows
go to the edge of the picture. The model's region is that box: it ends at `line` and at the edge of the picture.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assets.subtitles import direction, markup
from assets.subtitles.model import Cue, Region
from assets.subtitles.ttml_region import keypad

NONE, WHOLE = Fraction(0), Fraction(100)
ALIGNS = ("start", "center", "end", "left", "right")
_HALF = Fraction(50)
_PERCENT = re.compile(r"([0-9]{1,20}(?:\.[0-9]{1,20})?)%", re.ASCII)
_NUMBER = re.compile(r"(-?)([0-9]{1,20})", re.ASCII)
_SIDES = {"start": "line-left", "left": "line-left", "center": "center", "end": "line-right", "right": "line-right"}
_AUTOMATIC = {"line-left": NONE, "center": _HALF, "line-right": WHOLE}
_COLUMNS = tuple(_AUTOMATIC)
_WRITING = {"": "lrtb", "rl": "tbrl", "lr": "tblr"}
_VERTICAL = {"tbrl": "vertical:rl", "tblr": "vertical:lr"}
_ROWS = ("after", "center", "before")
_TOP_LINES = 7
_DIGITS = 8
_OBSOLETE = "middle"
"""What `center` was called in drafts before 2015."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cue stands, in the words of the model, and the settings that this does not tell in full.

    `block` is the id of the REGION block that the cue is in.
    """

    position: int = markup.BOTTOM
    region: Region | None = None
    text_align: str = ""
    lost: tuple[str, ...] = ()
    block: str = ""


@dataclass(slots=True)
class _Settings:
    """The settings of a cue that are well formed. An empty `position` or `line` is automatic."""

    vertical: str = ""
    line: str = ""
    position: str = ""
    size: Fraction = WHOLE
    align: str = ""
    region: str = ""


def percent(text: str) -> Fraction | None:
    """The number of a percentage from 0% to 100%."""
    match = _PERCENT.fullmatch(text)
    number = Fraction(match[1]) if match else None
    return number if number is not None and number <= WHOLE else None


def percent_text(number: Fraction) -> str:
    """A percentage from 0% to 100%, with as many decimals as it takes, and eight at most."""
    whole, rest = divmod(round(min(max(number, NONE), WHOLE) * 10**_DIGITS), 10**_DIGITS)
    return f"{whole}.{rest:0{_DIGITS}}".rstrip("0").rstrip(".") + "%"


def read(text: str, regions: Mapping[str, Region], words: str = "") -> Place:
    """Where settings place a cue, given the regions of the file by their ids, and the words of the cue.

    `start` and `end` are sides of the words, whose base direction tells which (WebVTT 7.2); in the model they are of
    the writing from left to right.
    """
    if not text:
        return Place()
    given, lost = _parsed(text, regions)
    lost += _sided(given, words)
    align = given.align
    if given.region and (given.vertical or given.line or given.size != WHOLE):
        lost.append(f"region:{given.region}")  # players leave the region, too
    elif given.region:
        if given.position:
            lost.append(f"position:{given.position}")
        region = regions[given.region]
        return Place(keypad(region, align), region, align, tuple(lost), given.region)
    along = _along(given)
    if along is None:
        lost.append(f"position:{given.position}")
        along = NONE, WHOLE
    across, is_exact = _across(given)
    if not is_exact:
        lost.append(f"line:{given.line}")
    if given.vertical:
        align = {"": "center", "start": ""}.get(align, align)
        region = Region(*(across[0], along[0]), *(across[1], along[1]), across[2], _WRITING[given.vertical])
        return Place(keypad(region, align), region, align, tuple(lost))
    if (*along, *across[:2]) == (NONE, WHOLE, NONE, WHOLE):
        side = "" if align in {"left", "right"} and not given.position else align
        return Place(1 + 3 * _ROWS.index(across[2]) + _column(given), None, side, tuple(lost))
    region = Region(along[0], across[0], along[1], across[1], across[2])
    return Place(keypad(region, align), region, align, tuple(lost))


def _sided(given: _Settings, words: str) -> Iterator[str]:
    """Make `start` and `end` a side of words from right to left; lost if there are rows of both kinds."""
    found = direction.directions(words)
    if given.align in {"start", "end"} and not given.vertical and True in found:
        if len(found) > 1:
            yield f"align:{given.align}"
        given.align = direction.side(given.align, words)


def write(cue: Cue, region_id: str = "") -> str:
    """The settings that place a cue, with a blank before each; nothing for the bottom centre."""
    align = cue.text_align
    if align in {"start", "end"} and not cue.vertical and True in direction.directions(cue.text):
        align = direction.physical(cue)
    if region_id:
        words = [f"region:{region_id}", *_align(align)]
    elif cue.region is None:
        words = _of_key(cue.position, align)
    else:
        words = _of_region(cue.region, align)
    return "".join(f" {word}" for word in words)


def _parsed(text: str, regions: Mapping[str, Region]) -> tuple[_Settings, list[str]]:
    """The settings, the last one of each name, and those that are not well formed."""
    given, lost = _Settings(), []
    for setting in text.split():
        name, _, value = setting.partition(":")
        value = value.replace(_OBSOLETE, "center") if name in {"align", "position"} else value
        first, comma, second = value.partition(",")
        if name == "vertical" and value in {"rl", "lr"}:
            given.vertical = value
        elif name == "line" and (not comma or second in ALIGNS[:3]) and _is_line(first):
            given.line = "" if first == "auto" else value
        elif name == "position" and (not comma or second in _AUTOMATIC) and (percent(first) is not None):
            given.position = value
        elif name == "size" and (size := percent(value)):
            given.size = size
        elif name == "align" and value in ALIGNS:
            given.align = value
        elif name == "region" and value in regions:
            given.region = value
        elif setting not in {"line:auto", "position:auto"}:
            lost.append(setting)
    return given, lost


def _is_line(text: str) -> bool:
    return text == "auto" or percent(text) is not None or _NUMBER.fullmatch(text) is not None


def _column(given: _Settings) -> int:
    """The column of the keypad for a box as wide as the picture."""
    _, comma, side = given.position.partition(",")
    return _COLUMNS.index(side if comma else _SIDES[given.align or "center"])


def _along(given: _Settings) -> tuple[Fraction, Fraction] | None:
    """Where the box begins along its rows, and its length (WebVTT 7.2); None for one without any."""
    side = _COLUMNS[_column(given)]
    position = percent(given.position.partition(",")[0])
    if position is None:
        position = _AUTOMATIC[side]
    room = {"line-left": WHOLE - position, "line-right": position, "center": 2 * min(position, WHOLE - position)}[side]
    size = min(given.size, room)
    start = {"line-left": position, "line-right": position - size, "center": position - size / 2}[side]
    return (start, size) if size else None


def _across(given: _Settings) -> tuple[tuple[Fraction, Fraction, str], bool]:
    """Where the box begins across its rows, its depth, where the rows stand in it, and whether this is all of `line`.

    Lines are counted from the first one (in `vertical:rl` the rightmost), negative ones from the last.
    """
    first, _, anchor = given.line.partition(",")
    share = percent(first)
    if share is None:
        match = _NUMBER.fullmatch(first)
        number = int(match[2]) * (-1 if match[1] else 1) if match else -1
        row = "before" if 0 <= number < _TOP_LINES else "after"
        return (NONE, WHOLE, row), number in {0, -1} and anchor in {"", "start"}
    near, far = ("after", "before") if given.vertical == "rl" else ("before", "after")
    if anchor == "center":
        half = min(share, WHOLE - share)
        return (
            ((share - half, 2 * half, "center"), True) if half else ((NONE, WHOLE, near if not share else far), False)
        )
    if anchor == "end":
        return ((NONE, share, far), True) if share else ((NONE, WHOLE, near), False)
    return ((share, WHOLE - share, near) if share < WHOLE else (NONE, WHOLE, far)), True


def _align(text_align: str) -> list[str]:
    return [f"align:{text_align}"] if text_align in ALIGNS else []


def _of_key(key: int, text_align: str) -> list[str]:
    """The settings for a key of the numeric keypad. A side without alignment is `left` or `right` alone."""
    row, column = divmod(key - 1, 3)
    words = [word for word in [("", "line:50%,center", "line:0")[row]] if word]
    if text_align not in ALIGNS:
        return words + [[], ["align:left"], ["align:right"]][(1, 0, 2)[column]]
    side = _COLUMNS[column]
    if text_align in {"left", "right"} or _SIDES[text_align] != side:
        words.append(f"position:{percent_text(_AUTOMATIC[side])},{side}")
    return [*words, *_align(text_align)]


def _of_region(region: Region, text_align: str) -> list[str]:
    """The settings for a region: exact along the rows, across them as far as the edge where the rows stand."""
    vertical = region.writing in _VERTICAL
    if region.writing == "rltb":
        text_align = {"start": "right", "end": "left"}.get(text_align, text_align)
    align = text_align if text_align in ALIGNS else "start" if vertical else "center"
    start, size = (region.y, region.height) if vertical else (region.x, region.width)
    words = [_VERTICAL[region.writing]] if vertical else []
    words += _line(region, *((region.x, region.width) if vertical else (region.y, region.height)))
    if (start, size) != (NONE, WHOLE):
        if align != "center" or 2 * start + size != WHOLE:
            words.append(f"position:{percent_text(start)},line-left")
        words.append(f"size:{percent_text(size)}")
    return words + _align("start" if vertical and not text_align else text_align)


def _line(region: Region, start: Fraction, depth: Fraction) -> list[str]:
    """The setting `line` for a box across its rows; none for rows that end at the edge of the picture."""
    if region.align == "center":
        return [f"line:{percent_text(start + depth / 2)},center"]
    is_near = (region.align == "before") != (region.writing == "tbrl")
    edge = start if is_near else start + depth
    if edge == (NONE if is_near else WHOLE):
        return ["line:0"] if region.align == "before" else []
    return [f"line:{percent_text(edge)}{'' if is_near else ',end'}"]
