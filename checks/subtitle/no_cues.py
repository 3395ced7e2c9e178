"""`subtitle/no-cues`."""

from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check


@check("subtitle/no-cues", on=SubtitleTrack)
def no_cues(track: SubtitleTrack) -> Problems:
    """A subtitle track has no cues.

    Viewers would choose it and see nothing. Deliver the right file; if there is no forced narrative, deliver none
    instead of an empty one.
    """
    if not track.cues:
        yield Problem("has no cues")
