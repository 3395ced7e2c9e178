"""`subtitle/fits-one-line`."""

import re
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from assets.text import count_text, counter
from checks.by_language import ByLanguage
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, language_of, limit_of, shown
from checks.subtitle._search import text_of

_KEEPS_LINES = re.compile(r"^[-‐–—―]|[♪♫“”‘’\"「」『』]|^\[[^\]\n]*\]$|^（[^）\n]*）$|\n[\[（]", re.MULTILINE)
_MARKS = re.compile(r"[.,?!…;:？！、。]+")
_TWO, _MANY_MARKS = 2, 3


class OneLine(Limits):
    """Most characters on one line (CPL), by language and kind, as for `subtitle/line-too-long`."""

    max_cpl: ByLanguage[Annotated[int, Field(ge=1)]]


@check("subtitle/fits-one-line", on=SubtitleTrack, limits=OneLine)
def fits_one_line(track: SubtitleTrack, limits: OneLine) -> Problems:
    """Two lines would fit on one.

    One line covers less of the picture and is read in one glance. Join them, unless the break helps to understand: two
    speakers, lyrics, a label, a quotation and a text with three marks or more are let be, as vertical rows are.
    """
    most = limit_of(limits.max_cpl, track, counts_characters=True)
    language = language_of(track)
    text = text_of(track)
    count = counter(text.characters, language)
    for cue, words in text.broken:
        lines = words.split("\n")
        if len(lines) != _TWO:
            continue
        above, below = lines[0].strip(), lines[1].strip()
        joined = f"{above} {below}"
        halves = count(joined)
        if halves > most * 2 or not above or not below or cue.vertical:
            continue
        if not _KEEPS_LINES.search(words) and len(_MARKS.findall(joined)) < _MANY_MARKS:
            template = "two lines of {measured} characters together, {allowed} fit on one: {text}"
            yield Problem(template, at(cue), count_text(halves), most, {"text": shown(words)})
