"""`rights/conflicting-windows`."""

from assets import rights
from assets.rights import tree
from assets.subjects import RightsQuestion
from assets.territory import describe
from checks.core import Problem, Problems, check
from checks.rights._windows import at


@check("rights/conflicting-windows", on=RightsQuestion)
def conflicting_windows(question: RightsQuestion) -> Problems:
    """Two rights windows contradict or repeat each other.

    An exclusive window that meets another one has been sold twice; two equal windows are one entered twice, and a
    delivery would be made for each. Compare both with the contracts and correct title.toml.
    """
    rights_asked = tree.expand(question.right)
    windows = [window for window in question.title.windows if window.leaves & rights_asked]
    pairs = rights.conflicts(windows)
    for first, second in pairs:
        yield Problem(
            "meets window {other} in {measured}, though {which} exclusive",
            at(second),
            describe(first.territories & second.territories),
            values={"other": first.id, "which": _which(first, second)},
        )
    for first, second in rights.duplicates(windows):
        if (first, second) not in pairs:
            yield Problem("grants the same as window {measured}", at(second), first.id)


def _which(first: rights.RightsWindow, second: rights.RightsWindow) -> str:
    if first.exclusive and second.exclusive:
        return "both are"
    return f"{first.id if first.exclusive else second.id} is"
