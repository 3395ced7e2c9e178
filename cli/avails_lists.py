"""What can still be sold, and what ends soon, over many titles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assets import collecting
from assets.rights import tree
from assets.rights.availability import FOR_SALE, Ending, Endings, Patch, sellable
from assets.rights.questions import Question
from assets.rights.spans import OPEN, Span, seconds
from cli.avails_asking import Asked
from cli.held_titles import HeldTitle

_DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class ForSale:
    """What can be sold of a title from the instant asked about on, cut where that changes."""

    title: HeldTitle
    patches: tuple[Patch, ...]


@collecting.paused()
def for_sale(titles: Iterable[HeldTitle], asked: Asked) -> list[ForSale]:
    """The titles of which something can be sold, or could if a pending deal came to nothing."""
    question = Question(tree.expand(asked.right), asked.territories, seconds(asked.at), until=OPEN)
    found = (ForSale(title, sellable(title.deals, question, FOR_SALE)) for title in titles)
    return [item for item in found if item.patches]


@collecting.paused()
def ending(titles: Sequence[HeldTitle], asked: Asked, days: int) -> list[Ending]:
    """What ends within some days of what was asked about, in order of time."""
    start = seconds(asked.at)
    leaves = tree.expand(asked.right)
    found = Endings(title.deals for title in titles).within(Span(start, start + days * _DAY))
    return [item for item in found if _concerns(item, leaves, asked.territories)]


def _concerns(item: Ending, leaves: frozenset[str], territories: frozenset[str]) -> bool:
    scope = item.claim.item.scope
    return bool(scope.rights & leaves and scope.territories & territories)
