"""`subtitle/starts-before-zero`."""

from assets.subtitles.model import SubtitleTrack
from assets.timing import ms_text
from checks.core import Problem, Problems, check
from checks.subtitle._cues import at
from checks.subtitle._times import times_of


@check("subtitle/starts-before-zero", on=SubtitleTrack)
def starts_before_zero(track: SubtitleTrack) -> Problems:
    """A cue starts before the programme does.

    The times were shifted too far. Shift them back, so that time zero is the first frame of the picture.
    """
    for cue, start in zip(track.cues, times_of(track).starts, strict=True):
        if start < 0:
            yield Problem("starts at {measured}, before {allowed}", at(cue), ms_text(start), ms_text(0))
