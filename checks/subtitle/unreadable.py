"""`subtitle/unreadable`."""

from assets.subjects import UnreadableSubtitles
from checks.core import Problem, Problems, check


@check("subtitle/unreadable", on=UnreadableSubtitles)
def unreadable(track: UnreadableSubtitles) -> Problems:
    """A subtitle file cannot be read.

    Nothing in it could be checked, and no platform will show it. The reason says what is wrong with the file; replace
    it, or save it again as SubRip, WebVTT or IMSC 1.1.
    """
    yield Problem("cannot be read: {measured}", measured=track.reason)
