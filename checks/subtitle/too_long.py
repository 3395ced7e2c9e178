"""`subtitle/too-long`."""

from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from assets.timing import from_frames, from_ms
from assets.title import Kind
from checks.by_language import ByLanguage
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import ROUNDING, at, limit_of, rate_of, seconds_text
from checks.subtitle._times import times_of


class LongestCue(Limits):
    """Longest duration in milliseconds, by language; one frame more is put up with.

    `exempt` names the kinds that have no such limit.
    """

    max_ms: ByLanguage[Annotated[int, Field(ge=1)]]
    exempt: list[Kind] = []


@check("subtitle/too-long", on=SubtitleTrack, limits=LongestCue)
def too_long(track: SubtitleTrack, limits: LongestCue) -> Problems:
    """A cue stays too long.

    Readers who have finished start again and miss the picture. Split it, or let it end with the speech.
    """
    if track.kind in limits.exempt:
        return
    longest = from_ms(limit_of(limits.max_ms, track))
    tolerated = longest + from_frames(1, rate_of(track)) + ROUNDING
    for cue, duration in zip(track.cues, times_of(track).durations, strict=True):
        if duration > tolerated:
            template = "lasts {measured}, at most {allowed}"
            yield Problem(template, at(cue), seconds_text(duration), seconds_text(longest))
