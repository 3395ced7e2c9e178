"""`subtitle/empty-cue`."""

from assets.subtitles.model import SubtitleTrack
from assets.text import shows_something
from checks.core import Problem, Problems, check
from checks.subtitle._cues import at


@check("subtitle/empty-cue", on=SubtitleTrack)
def empty_cue(track: SubtitleTrack) -> Problems:
    """A cue shows nothing.

    A translation was probably forgotten or deleted. Give it its text, or remove it.
    """
    for cue in track.cues:
        if not shows_something(cue.text):
            yield Problem("shows nothing", at(cue))
