"""`subtitle/gap-not-closed`."""

from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from assets.timing import from_frames
from assets.title import Kind
from checks.by_language import ByLanguage
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, frames_of, frames_text, least_time, limit_of, rate_of
from checks.subtitle._cuts import half_second
from checks.subtitle._times import gaps_of


class OpenGap(Limits):
    """The frames that a gap shorter than half a second is closed to, by language; 0 where gaps may stay open.

    `exempt` names the kinds whose gaps may. Where half a second is no whole number of frames both readings
    are accepted: a gap between them is borderline.
    """

    closed_frames: ByLanguage[Annotated[int, Field(ge=0)]]
    exempt: list[Kind] = []


@check("subtitle/gap-not-closed", on=SubtitleTrack, limits=OpenGap)
def gap_not_closed(track: SubtitleTrack, limits: OpenGap) -> Problems:
    """Two cues follow each other after a gap that is longer than needed and shorter than half a second.

    The picture flickers: the text goes and another comes before the eye has left its place. Let the earlier cue last
    until the smallest gap before the later one, or leave half a second.
    """
    if track.kind in limits.exempt:
        return
    closed = limit_of(limits.closed_frames, track)
    rate = rate_of(track)
    if not closed:
        return
    least, most = half_second(rate)
    closed_time, half_a_second = least_time(closed + 1, rate), from_frames(most, rate)
    for before, cue, time in gaps_of(track).between(closed_time, half_a_second):
        gap = frames_of(time, rate)
        if closed < gap < most:
            yield Problem(
                "starts {measured} after cue {other} ends; {closed} or at least {allowed}",
                at(cue),
                frames_text(gap),
                frames_text(least),
                {"other": before.number, "closed": closed},
                borderline=gap >= least,
            )
