"""`metadata/rating-invalid`."""

from assets import ratings
from assets.metadata import Rating
from assets.subjects import ReadTitle
from checks.core import At, Problem, Problems, check
from checks.media import listed


@check("metadata/rating-invalid", on=ReadTitle)
def rating_invalid(read: ReadTitle) -> Problems:
    """A rating is none that the territory's board gives, or a board has given two.

    Platforms take ratings as codes: an unknown one is refused, or the title is shown to the wrong viewers. Write the
    board and its value as in the list of boards: KR has KMRB (films) and KCC (broadcast), JP has EIRIN. What no board
    has seen is `UNRATED`, as system and as value.
    """
    seen: dict[tuple[str, str], str] = {}
    for rating in read.title.ratings:
        place = At(f"ratings: {rating.territory} {rating.system}")
        yield from _wrong(rating, place)
        first = seen.setdefault((rating.territory, rating.system), rating.value)
        if first != rating.value:
            yield Problem("rated {measured}, and {allowed} before", place, rating.value, first)


def _wrong(rating: Rating, place: At) -> Problems:
    system = ratings.systems().get(rating.system)
    if rating.system == ratings.UNRATED:
        if rating.value != ratings.UNRATED:
            yield Problem("{measured} is no value; {allowed}", place, repr(rating.value), ratings.UNRATED)
    elif system is None:
        boards = listed(board.id for board in ratings.boards_of(rating.territory)) or "none known here"
        yield Problem("there is no board {measured}; {allowed}", place, repr(rating.system), boards)
    elif rating.territory not in system.territories:
        yield Problem(
            "{measured} rates for {allowed}, not for {territory}",
            place,
            rating.system,
            listed(system.territories),
            {"territory": rating.territory},
        )
    elif rating.value not in system.values:
        yield Problem("{measured} is no rating; {allowed}", place, repr(rating.value), listed(system.values))
