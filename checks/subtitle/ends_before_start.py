"""`subtitle/ends-before-start`."""

from assets.subtitles.model import SubtitleTrack
from assets.timing import ms_text
from checks.core import Problem, Problems, check
from checks.subtitle._cues import at
from checks.subtitle._times import times_of


@check("subtitle/ends-before-start", on=SubtitleTrack)
def ends_before_start(track: SubtitleTrack) -> Problems:
    """A cue ends before or when it starts.

    It is never shown, or it stays until the next one comes, depending on the player. Correct its times.
    """
    for cue, duration in zip(track.cues, times_of(track).durations, strict=True):
        if duration <= 0:
            template = "ends at {measured}, not after its start at {allowed}"
            yield Problem(template, at(cue), ms_text(cue.end), ms_text(cue.start))
