"""`metadata/rating-missing`."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from assets import ratings, territory
from assets.subjects import ReadTitle
from checks.core import Limits, Problem, Problems, check
from checks.media import Names, listed


def _known(boards: Mapping[str, Names]) -> Mapping[str, Names]:
    for code, names in boards.items():
        if code not in territory.all_codes():
            raise ValueError(f"{code!r} is no territory; an ISO 3166-1 code such as 'KR'")
        known = [system.id for system in ratings.boards_of(code)]
        for name in names:
            if name not in known:
                raise ValueError(f"{name!r} is no board of {code}; {listed(known) or 'none is known here'}")
    return boards


class RequiredRatings(Limits):
    """The boards by territory of which one must have rated the title, such as `KR = ["KMRB", "KCC"]`."""

    boards: Annotated[Mapping[str, Names], Field(min_length=1), AfterValidator(_known)]


@check("metadata/rating-missing", on=ReadTitle, limits=RequiredRatings)
def rating_missing(read: ReadTitle, limits: RequiredRatings) -> Problems:
    """A title has no rating in a territory where the platform must show one.

    It may not be shown there without one. Apply to the board, and add what it decides as [[ratings]] to title.toml.
    Only the territories of the title's rights windows are asked for; a part of one needs the rating of the whole.
    """
    licensed = {code for window in read.title.windows for code in window.territories}
    for code, boards in limits.boards.items():
        had = [rating.system for rating in read.title.ratings if rating.territory == code]
        if licensed & territory.expand([code]) and not set(had) & set(boards):
            yield Problem(
                "no rating for {territory} by {allowed}; there are: {measured}",
                measured=listed(had) or "none",
                allowed=listed(boards),
                values={"territory": code},
            )
