"""`rights/contradicting-deals`."""

from assets.rights import tree
from assets.rights.conflict_report import conflicts_of
from assets.rights.contradictions import Conflict
from assets.rights.spans import seconds
from assets.rights.wording import conflict_text, is_own_window
from assets.subjects import RightsQuestion
from checks.core import Problem, Problems, check
from checks.rights._deals import deals_of, place_of
from checks.rights._windows import concerned


@check("rights/contradicting-deals", on=RightsQuestion)
def contradicting_deals(question: RightsQuestion) -> Problems:
    """A licence of the title contradicts a mandate, a holdback or another licence.

    It was sold outside what we hold, twice, or against a promise. Compare both contracts and correct rights.toml; what
    begins later or has a date that is not known yet is a warning. `releaseprint conflicts` lists all, also of deals
    that are not signed.
    """
    instant = seconds(question.at)
    for conflict in conflicts_of(deals_of(question), instant):
        if conflict.span.end > instant and _concerns(conflict, question):
            is_now = conflict.is_error and instant in conflict.span
            yield Problem("{measured}", place_of(conflict.first), conflict_text(conflict), borderline=not is_now)


def _concerns(conflict: Conflict, question: RightsQuestion) -> bool:
    """Whether it is about what was asked; `rights/conflicting-windows` and `rights/pending-deal` tell of the others."""
    sides = [side for side in (conflict.first, conflict.second) if side is not None]
    asked = {window.id for window in concerned(question)}
    where = question.territories
    return (
        all(side.deal.binds for side in sides)
        and any(side.item.id in asked for side in sides)
        and not all(map(is_own_window, sides))
        and bool(conflict.rights & tree.expand(question.right))
        and (where is None or bool(conflict.territories & where))
    )
