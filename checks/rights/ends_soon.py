"""`rights/ends-soon`."""

from datetime import UTC, timedelta
from typing import Annotated

from pydantic import Field

from assets.rights import utc
from assets.subjects import RightsQuestion
from checks.core import Limits, Problem, Problems, check
from checks.rights._windows import at, concerned, is_renewed


class EndsSoon(Limits):
    """How many days before its end a window is reported."""

    days: Annotated[int, Field(ge=1, le=3650)]


@check("rights/ends-soon", on=RightsQuestion, limits=EndsSoon)
def ends_soon(question: RightsQuestion, limits: EndsSoon) -> Problems:
    """A rights window ends soon, and no other one follows it.

    A platform needs weeks to take a title in; what is delivered now may have to be taken down before it was shown. Ask
    whether the licence is renewed.
    """
    others = [window for window in question.title.windows if window.grants(question.right)]
    for window in concerned(question):
        if window.end is None or window.is_over(question.at) or is_renewed(window, window.end, others):
            continue
        left = window.end.astimezone(UTC) - question.at.astimezone(UTC)
        if left <= timedelta(days=limits.days):
            yield Problem(
                "ends at {measured}; days left: {days}, reported from {allowed}",
                at(window),
                utc(window.end),
                limits.days,
                {"days": left.days},
            )
