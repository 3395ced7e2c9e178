"""The base direction of text: which side its rows begin on (UAX 9, rules P2 and P3)."""

import unicodedata

from assets.subtitles.model import Cue

_STRONG = {"L": False, "R": True, "AL": True}
_FLIPPED = {"start": "right", "end": "left"}
_PLAIN = {"start": "left", "end": "right"}


def is_rtl(row: str) -> bool | None:
    """Whether a row is written from right to left, as its first strong character says; None if it has none."""
    if row.isascii():
        return False if any(map(str.isalpha, row)) else None
    return next((_STRONG[kind] for kind in map(unicodedata.bidirectional, row) if kind in _STRONG), None)


def directions(text: str) -> set[bool]:
    """The directions of the rows of a text: True for from right to left; rows without any letter have none."""
    if text.isascii():
        return {False}
    return {found for found in map(is_rtl, text.split("\n")) if found is not None}


def side(align: str, text: str) -> str:
    """The side that `start` or `end` is of a text, `left` or `right`; any other alignment as it is.

    That of the first row that has a direction, as a box of text has one side.
    """
    if align not in _PLAIN:
        return align
    rtl = next((found for found in map(is_rtl, text.split("\n")) if found is not None), False)
    return (_FLIPPED if rtl else _PLAIN)[align]


def physical(cue: Cue) -> str:
    """The side that a cue's text stands at: `start` is the left, unless its region is written from right to left."""
    flipped = cue.region is not None and cue.region.writing == "rltb"
    return (_FLIPPED if flipped else _PLAIN).get(cue.text_align, cue.text_align)
