"""`subtitle/quote-marks`."""

import re
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, rule_of, shown
from checks.subtitle._search import text_of

_APOSTROPHE = re.compile(r"(?<=[A-Za-zÀ-ɏ])['’](?=[A-Za-zÀ-ɏ])|['’](?=\d\d)")
_UNCLOSED = re.compile(r"“(?=[^“”]*(?:“|\Z))")

Mark = Annotated[str, Field(min_length=1, max_length=1)]


class QuoteMarks(Limits):
    """Marks that quote in other languages or on a typewriter, by language, each with those to write instead."""

    instead: ByLanguage[dict[Mark, str]]


@check("subtitle/quote-marks", on=SubtitleTrack, limits=QuoteMarks)
def quote_marks(track: SubtitleTrack, limits: QuoteMarks) -> Problems:
    """A cue has quotation marks of another style than its language's.

    Korean has “ ” for what stands written in the picture and ‘ ’ for words that are quoted or stressed: a straight mark
    tells neither beginning nor end. Write the pair that the message names. Apostrophes inside a word are let be. A
    quotation may end in a later cue, but before another begins.
    """
    instead = rule_of(limits.instead, track) or {}
    text = text_of(track)
    for found in text.find(_UNCLOSED) if instead else ():
        yield Problem("{measured} is not closed: {text}", at(found.cue), "“", values={"text": shown(found.line)})
    for cue, words in text.with_any("".join(instead)):
        without = _APOSTROPHE.sub("", words)
        for mark in (mark for mark in instead if mark in without):
            template = "{measured}, written as {allowed}: {text}"
            yield Problem(template, at(cue), mark, instead[mark], {"text": shown(words)})
