"""`rights/window-not-open-yet`."""

from assets.rights import utc
from assets.subjects import RightsQuestion
from assets.territory import describe
from checks.core import Problem, Problems, check
from checks.rights._windows import at, concerned, territories_of


@check("rights/window-not-open-yet", on=RightsQuestion)
def window_not_open_yet(question: RightsQuestion) -> Problems:
    """A rights window has not opened yet.

    Files may usually be delivered ahead of time, but nothing may be shown before the window opens. Make sure that the
    platform knows the date.
    """
    windows = concerned(question)
    open_now = territories_of([window for window in windows if window.is_open(question.at)])
    for window in windows:
        waiting = window.territories - open_now
        if question.territories is not None:
            waiting &= question.territories
        if window.start > question.at and waiting:
            yield Problem(
                "opens at {measured}, asked as of {allowed}; until then closed: {territories}",
                at(window),
                utc(window.start),
                utc(question.at),
                {"territories": describe(waiting)},
            )
