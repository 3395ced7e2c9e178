"""`subtitle/gap-too-short`."""

from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, frames_of, frames_text, least_time, rate_of
from checks.subtitle._times import gaps_of


class Gap(Limits):
    """Fewest frames without a subtitle between two cues."""

    min_frames: Annotated[int, Field(ge=1)]


@check("subtitle/gap-too-short", on=SubtitleTrack, limits=Gap)
def gap_too_short(track: SubtitleTrack, limits: Gap) -> Problems:
    """Two cues follow each other with too short a gap.

    Without a gap the eye does not notice that the text has changed. End the earlier cue a few frames sooner.
    """
    rate = rate_of(track)
    least = least_time(limits.min_frames, rate)
    for before, cue, gap in gaps_of(track).between(0, least):
        yield Problem(
            "starts {measured} after cue {other} ends, at least {allowed}",
            at(cue),
            frames_text(frames_of(gap, rate)),
            frames_text(limits.min_frames),
            {"other": before.number},
        )
