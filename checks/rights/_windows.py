"""What the checks of rights share: the windows that a question is about, and places."""

from datetime import datetime

from assets.rights import RightsWindow, utc
from assets.subjects import RightsQuestion
from checks.core import At


def at(window: RightsWindow) -> At:
    """The place of a window: its id, and its line in the file that says it."""
    return in_file(f"window {window.id}", window.place)


def in_file(label: str, place: str) -> At:
    """A place `titles/x/rights.toml:12` under that label."""
    path, _, line = place.rpartition(":")
    return At(label, line=int(line), file=path.rpartition("/")[2]) if line.isdigit() else At(label)


def of_right(question: RightsQuestion) -> list[RightsWindow]:
    """The one window that is being delivered, or all windows of the right."""
    if question.window is not None:
        return [question.window]
    return [window for window in question.title.windows if window.grants(question.right)]


def concerned(question: RightsQuestion) -> list[RightsWindow]:
    """The windows of the right in some territory that was asked for, or in any if none was."""
    asked = question.territories
    return [window for window in of_right(question) if asked is None or window.territories & asked]


def territories_of(windows: list[RightsWindow]) -> frozenset[str]:
    """All territories of some windows."""
    return frozenset(code for window in windows for code in window.territories)


def end_of(window: RightsWindow) -> str:
    """A window's end as UTC, or `open`."""
    return utc(window.end) if window.end else "open"


def is_renewed(window: RightsWindow, instant: datetime, others: list[RightsWindow]) -> bool:
    """Whether other windows are open at an instant in all of a window's territories."""
    following = [other for other in others if other.id != window.id and other.is_open(instant)]
    return window.territories <= territories_of(following)
