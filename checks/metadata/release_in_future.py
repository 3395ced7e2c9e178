"""`metadata/release-in-future`."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from assets.subjects import RightsQuestion
from assets.title import Title
from checks.core import At, Limits, Problem, Problems, check


class DaysAhead(Limits):
    """Most days after the day of the question that a release is believed to be planned for."""

    max_days: Annotated[int, Field(ge=0, le=36_500)]


@check("metadata/release-in-future", on=RightsQuestion, limits=DaysAhead)
def release_in_future(question: RightsQuestion, limits: DaysAhead) -> Problems:
    """A release lies further in the future than anybody plans.

    A digit of the year is probably wrong; the platform would hold the title back until that day. Correct the date in
    title.toml.
    """
    last = question.at.date() + timedelta(days=limits.max_days)
    for place, day in _dates(question.title):
        if day > last:
            yield Problem(
                "{measured} is more than {allowed} days ahead of {at}",
                At(place),
                day,
                limits.max_days,
                {"at": question.at.date()},
            )


def _dates(title: Title) -> Iterator[tuple[str, date]]:
    if title.programme.release_date is not None:
        yield "release_date", title.programme.release_date
    yield from ((f"releases: {item.territory} {item.kind}", item.date) for item in title.releases)
