"""`subtitle/line-too-long`."""

from typing import Annotated

from pydantic import Field

from assets.subtitles.model import Cue, SubtitleTrack
from assets.text import count_text, counter, half_characters
from checks.by_language import ByLanguage
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, language_of, limit_of, shown
from checks.subtitle._search import text_of


class LineLength(Limits):
    """Most characters on one line (CPL), by language and kind; in ko, ja and zh half-width characters count 0.5.

    `ja:vertical` is the limit of vertical rows. `ambiguous_is_wide` names the languages in which curly quotes and the
    ellipsis count 1; in others they count 0.5, and a line that is too long only with 1 is borderline.
    """

    max_cpl: ByLanguage[Annotated[int, Field(ge=1)]]
    ambiguous_is_wide: list[str] = []


@check("subtitle/line-too-long", on=SubtitleTrack, limits=LineLength)
def line_too_long(track: SubtitleTrack, limits: LineLength) -> Problems:
    """A line is longer than the platform shows on one row.

    Players wrap such a line by themselves, often inside a Korean or Japanese word. Break it at a phrase, or shorten it.
    """
    allowed = limit_of(limits.max_cpl, track, counts_characters=True)
    vertical = limit_of(limits.max_cpl, track, vertical=True, counts_characters=True)
    language = language_of(track)
    is_settled = language in limits.ambiguous_is_wide
    least = min(allowed, vertical)
    text = text_of(track)
    count = counter(text.characters, language)
    for cue, words in text.each:
        if len(words) <= least:  # no character counts more than one
            continue
        most = vertical if cue.vertical else allowed
        for line in words.split("\n"):
            if len(line) > most and count(line) > most * 2:
                yield from _long_lines(cue, language, most, is_settled=is_settled)
                break


def _long_lines(cue: Cue, language: str, allowed: int, *, is_settled: bool) -> Problems:
    for line in cue.text.split("\n"):
        wide = half_characters(line, language, ambiguous_is_wide=True)
        if wide > allowed * 2:
            narrow = half_characters(line, language, ambiguous_is_wide=is_settled)
            is_borderline = narrow <= allowed * 2
            yield Problem(
                "{measured} characters, at most {allowed}: {text}",
                at(cue),
                count_text(wide if is_borderline else narrow),
                allowed,
                {"text": shown(line)},
                is_borderline,
            )
