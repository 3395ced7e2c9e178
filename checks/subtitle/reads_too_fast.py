"""`subtitle/reads-too-fast`."""

from typing import Annotated

from pydantic import Field

from assets.subtitles.model import Cue, SubtitleTrack
from assets.text import half_characters
from assets.timing import TICKS_PER_SECOND
from assets.title import Kind
from checks.by_language import ByLanguage
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import ROUNDING, at, language_of, limit_of, shown
from checks.subtitle._search import text_of
from checks.subtitle._times import times_of


class ReadingSpeed(Limits):
    """Most characters per second (cps), by language and kind; in ko, ja and zh half-width characters count 0.5.

    `ambiguous_is_wide` names the languages in which curly quotes and the ellipsis count 1; in others they count 0.5,
    and a cue that is too fast only with 1 is borderline. `exempt` names the kinds without such a limit: a trailer is
    cut faster than anybody reads.
    """

    max_cps: ByLanguage[Annotated[int, Field(ge=1)]]
    ambiguous_is_wide: list[str] = []
    exempt: list[Kind] = []


@check("subtitle/reads-too-fast", on=SubtitleTrack, limits=ReadingSpeed)
def reads_too_fast(track: SubtitleTrack, limits: ReadingSpeed) -> Problems:
    """A cue has more characters than can be read while it is shown.

    Viewers are left with half a sentence. Shorten the text, or let the cue start earlier or end later. A cue that
    lasts no time at all is found by `subtitle/ends-before-start`.
    """
    if track.kind in limits.exempt:
        return
    allowed = limit_of(limits.max_cps, track, counts_characters=True)
    language = language_of(track)
    is_settled = language in limits.ambiguous_is_wide
    for (cue, words), duration in zip(text_of(track).each, times_of(track).durations, strict=True):
        if len(words) * TICKS_PER_SECOND <= allowed * duration:  # no character counts more than one
            continue
        wide = _tenths_per_second(cue, language, ambiguous_is_wide=True)
        if wide <= allowed * 10:
            continue
        narrow = _tenths_per_second(cue, language, ambiguous_is_wide=is_settled)
        is_borderline = narrow <= allowed * 10
        speed = wide if is_borderline else narrow
        yield Problem(
            "{measured} characters per second, at most {allowed}: {text}",
            at(cue),
            f"{speed // 10}.{speed % 10}",
            allowed,
            {"text": shown(cue.text)},
            is_borderline,
        )


def _tenths_per_second(cue: Cue, language: str, *, ambiguous_is_wide: bool) -> int:
    """Ten times the reading speed, rounded up, so that no speed above a limit is shown as the limit itself."""
    if cue.duration <= 0:
        return 0
    halves = half_characters(cue.text, language, ambiguous_is_wide=ambiguous_is_wide)
    return -(-halves * 5 * TICKS_PER_SECOND // (cue.duration + ROUNDING))
