"""The check master/unreadable."""

from assets.subjects import UnreadableMaster
from checks.core import Problem, Problems, check


@check("master/unreadable", on=UnreadableMaster)
def unreadable(master: UnreadableMaster) -> Problems:
    """The master could not be opened.

    The file is missing, cut short, or no media file. Copy it again from its source and compare the checksums.
    """
    yield Problem("cannot be read: {reason}", values={"reason": master.reason})
