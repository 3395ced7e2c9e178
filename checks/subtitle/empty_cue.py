"""`subtitle/empty-cue`."""

from assets.subtitles.model import SubtitleTrack
from assets.text import shows_something
from checks.core import Problem, Problems, check
from checks.subtitle._cues import at
from checks.subtitle._search import text_of


@check("subtitle/empty-cue", on=SubtitleTrack)
def empty_cue(track: SubtitleTrack) -> Problems:
    """A cue shows nothing.

    A translation was probably forgotten or deleted. Give it its text, or remove it.
    """
    for cue, words in text_of(track).each:
        if not shows_something(words):
            yield Problem("shows nothing", at(cue))
