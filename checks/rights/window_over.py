"""`rights/window-over`."""

from assets.rights import utc
from assets.subjects import RightsQuestion
from assets.territory import describe
from checks.core import Problem, Problems, check
from checks.rights._windows import at, concerned, end_of, territories_of


@check("rights/window-over", on=RightsQuestion)
def window_over(question: RightsQuestion) -> Problems:
    """A rights window has ended, and no other one covers its territories.

    From its end on, nothing may be delivered there any more. Extend the licence and its window, or leave the
    territories out.
    """
    windows = concerned(question)
    live = territories_of([window for window in windows if not window.is_over(question.at)])
    for window in windows:
        lost = window.territories - live
        if question.territories is not None:
            lost &= question.territories
        if window.is_over(question.at) and lost:
            yield Problem(
                "ended at {measured}, asked as of {allowed}; without a window: {territories}",
                at(window),
                end_of(window),
                utc(question.at),
                {"territories": describe(lost)},
            )
