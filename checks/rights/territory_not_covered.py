"""`rights/territory-not-covered`."""

from assets.subjects import RightsQuestion
from assets.territory import describe
from checks.core import NotAsked, Problem, Problems, check
from checks.rights._windows import of_right, territories_of


@check("rights/territory-not-covered", on=RightsQuestion)
def territory_not_covered(question: RightsQuestion) -> Problems:
    """A territory that was asked for is in no rights window.

    The licence does not reach there. Leave the territory out, or add the window that allows it. Territories of a
    window that has ended are found by `rights/window-over`.
    """
    if question.territories is None:
        raise NotAsked("no territory was asked for")
    covered = territories_of(of_right(question))
    missing = question.territories - covered
    if missing:
        yield Problem(
            "no window for {right} in {measured}; covered: {allowed}",
            measured=describe(missing),
            allowed=describe(covered),
            values={"right": question.right},
        )
