"""The check audio/unreadable."""

from assets.subjects import UnreadableSound
from checks.core import Problem, Problems, check


@check("audio/unreadable", on=UnreadableSound)
def unreadable(sound: UnreadableSound) -> Problems:
    """A file of sound could not be opened.

    The file is missing, cut short, or no media file. Copy it again from its source and compare the checksums.
    """
    yield Problem("cannot be read: {reason}", values={"reason": sound.reason})
