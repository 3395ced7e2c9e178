"""The check artwork/unreadable."""

from assets.subjects import UnreadableArtwork
from checks.core import Problem, Problems, check


@check("artwork/unreadable", on=UnreadableArtwork)
def unreadable(artwork: UnreadableArtwork) -> Problems:
    """The picture could not be opened.

    The file is missing, cut short, or no picture. Export it again.
    """
    yield Problem("cannot be read: {reason}", values={"reason": artwork.reason})
