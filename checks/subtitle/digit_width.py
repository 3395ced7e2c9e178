"""`subtitle/digit-width`."""

import re
from typing import Literal

from assets.subtitles.model import SubtitleTrack
from assets.tomlfile import Record
from checks.by_language import ByLanguage
from checks.core import Limits, Problems, check
from checks.subtitle._cues import rule_of
from checks.subtitle._search import text_of

_HALF, _FULL = "0123456789.:/,", "０１２３４５６７８９．：／，"
_WIDTHS = {"half": str.maketrans(_FULL, _HALF), "full": str.maketrans(_HALF, _FULL)}
_NUMBER = re.compile(r"[0-9０-９]+(?:[.．:：/／,，][0-9０-９]+)*")
_LETTER = re.compile(r"[A-Za-z]")

Width = Literal["half", "full"]


class Widths(Record):
    """The width of a number's digits, of a single one and of several."""

    single: Width
    several: Width


class DigitWidths(Limits):
    """How wide digits are written, by language; a number with a decimal point or a colon is one of several digits."""

    widths: ByLanguage[Widths]


@check("subtitle/digit-width", on=SubtitleTrack, limits=DigitWidths)
def digit_width(track: SubtitleTrack, limits: DigitWidths) -> Problems:
    """A number is written in digits of the wrong width.

    In Japanese a single digit fills a square and several digits are half-width; in Korean and English all are
    half-width. A digit that belongs to Latin letters has their width. In vertical rows only a single digit is judged:
    `subtitle/vertical-numbers` is about the others.
    """
    widths = rule_of(limits.widths, track)
    if widths is None:
        return
    are_half = (widths.single, widths.several) == ("half", "half")
    for found in text_of(track).find(_NUMBER, needs=_FULL if are_half else None):
        is_several = len(found.text) > 1
        width = widths.several if is_several else widths.single
        right = found.text.translate(_WIDTHS[width])
        if found.text == right or (is_several and found.cue.vertical):
            continue
        if not _LETTER.match(found.before[-1:]) and not _LETTER.match(found.after):
            yield found.problem(found.text, f"{right} ({width}-width)")
