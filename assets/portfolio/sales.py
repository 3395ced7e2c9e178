"""What can still be bought of a title, by category and country: one word each, and nothing of who bought what.

The words are made of the engine's own answer about sales, over the year that follows a date: a right that another has
from next month on is not simply available. Which deal forbids, when it ends and to whom it goes stays behind.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

from assets import territory
from assets.rights import tree
from assets.rights.availability import Patch, State, sellable
from assets.rights.engine import IndexedTitle
from assets.rights.model import Deal, Grant, Side, TitleRights
from assets.rights.questions import Question

YEAR = 365 * 86_400
"""The seconds after the date that a word speaks of."""


class Sale(StrEnum):
    """What a buyer is told of a right in a country."""

    AVAILABLE = "available"
    """It can be bought."""
    PARTLY = "partly"
    """A part of it can be bought: some of its rights, regions or languages, or not for the whole year."""
    ON_HOLD = "on-hold"
    """Somebody is in talks about it."""
    SOLD = "sold"
    """It cannot be bought now."""


@dataclass(frozen=True, slots=True)
class Category:
    """A row of the list: a right of the seller's list, or another leaf, with its leaves and the group it stands in."""

    id: str
    within: str
    leaves: frozenset[str]


Offers = Mapping[str, Mapping[Sale, frozenset[str]]]
"""By category, what is told of which countries (ISO 3166-1); what is not in our hands stands nowhere."""


@cache
def categories() -> tuple[Category, ...]:
    """Every category in the order of the list: the seller's own, and every leaf that is in none of them."""
    rows = tree.listed()
    others = [leaf for leaf in tree.leaves() if not any(row in rows for row in (leaf, *tree.parents(leaf)))]
    wanted = {*rows, *others}
    return tuple(
        Category(name, tree.nodes()[name].within, tree.expand(name)) for name in tree.nodes() if name in wanted
    )


def announced(rights: TitleRights, at: int) -> TitleRights | None:
    """What of a title's rights may be spoken of at an instant (seconds); None if the title itself may not be yet.

    A mandate's grant that may not be announced or be seen by the public yet is left out, as if it were not ours.
    """
    deals = tuple(_announced(deal, at) if deal.side is Side.MANDATE else deal for deal in rights.deals)
    told = replace(rights, deals=deals)
    return None if _is_held(rights) and not _is_held(told) else told


def _is_held(rights: TitleRights) -> bool:
    """Whether a mandate gives us something, and so do all that it rests on."""
    giving = {deal.id: deal.under for deal in rights.mandates if deal.binds and deal.grants}
    return any(_is_whole(name, giving) for name in giving.keys() - rights.links)


def _is_whole(name: str, giving: Mapping[str, str]) -> bool:
    passed: set[str] = set()
    while name in giving and name not in passed:
        passed.add(name)
        name = giving[name]
    return not name


def _announced(deal: Deal, at: int) -> Deal:
    return replace(deal, grants=tuple(grant for grant in deal.grants if not _is_kept_back(grant, at)))


def _is_kept_back(grant: Grant, at: int) -> bool:
    return any(until is not None and at < until for until in (grant.announce, grant.suppress_until))


def offers(title: IndexedTitle, at: int) -> Offers | None:
    """What can be bought of a title from an instant on (seconds); None if no mandate says what is ours to sell."""
    if not title.has_mandate:
        return None
    question = Question(frozenset(tree.leaves()), territory.atoms(), at, until=at + YEAR)
    found = _Found(sellable(title, question))
    return {row.id: told for row in categories() if (told := found.told(row.leaves))}


class _Found:
    """The patches of an answer, gathered by right: in which territories each thing is true at least in part."""

    def __init__(self, patches: Iterable[Patch]) -> None:
        self._where: dict[tuple[str, str], frozenset[str]] = {}
        for patch in patches:
            if kind := _kind(patch):
                for right in patch.rights:
                    at = right, kind
                    self._where[at] = self._where.get(at, frozenset()) | patch.territories

    def told(self, leaves: frozenset[str]) -> dict[Sale, frozenset[str]]:
        """The countries in which several rights together can be bought, partly, and so on."""
        free = self._any(leaves, "free")
        hold, sold = self._any(leaves, "hold"), self._any(leaves, "sold")
        whole = free - hold - sold - self._any(leaves, "out")
        for leaf in sorted(leaves):
            whole &= self._where.get((leaf, "free"), frozenset())
        return _by_country({Sale.AVAILABLE: whole, Sale.PARTLY: free, Sale.ON_HOLD: hold, Sale.SOLD: sold})

    def _any(self, leaves: Iterable[str], kind: str) -> frozenset[str]:
        return frozenset[str]().union(*(self._where.get((leaf, kind), ()) for leaf in leaves))


def _kind(patch: Patch) -> str:
    """What a patch is to a buyer; a language that we do not hold makes nothing less available in those we do."""
    if patch.state in {State.EXCLUSIVE, State.NON_EXCLUSIVE}:
        return "free"
    if patch.state is State.ON_HOLD:
        return "hold"
    if patch.state in {State.SOLD, State.HELD_BACK} and any(item.deal.side is Side.LICENCE for item in patch.claims):
        return "sold"
    return "" if patch.languages else "out"


def _by_country(found: Mapping[Sale, frozenset[str]]) -> dict[Sale, frozenset[str]]:
    """Atoms to countries, each in one word, the first of `found` that has it.

    A country of which a part differs is available in part, if any of it is.
    """
    told: dict[Sale, frozenset[str]] = {}
    left = territory.atoms()
    for sale, where in found.items():
        told[sale] = where & left
        left -= where
    for code, members in _divided().items():
        words = [next((sale for sale, where in told.items() if atom in where), None) for atom in members]
        word = _joined(words)
        told = {sale: where - {code, *members} | ({code} if sale is word else set()) for sale, where in told.items()}
    return {sale: _shared(where) for sale, where in told.items() if where}


@lru_cache(maxsize=4096)
def _shared(codes: frozenset[str]) -> frozenset[str]:
    """One set for all that are equal: ten thousand titles tell of the same few."""
    return codes


def _joined(words: list[Sale | None]) -> Sale | None:
    if len(set(words)) == 1:
        return words[0]
    if Sale.AVAILABLE in words or Sale.PARTLY in words:
        return Sale.PARTLY
    return Sale.ON_HOLD if Sale.ON_HOLD in words else Sale.SOLD


@cache
def _divided() -> Mapping[str, frozenset[str]]:
    """The atoms of every country of which parts are sold by themselves."""
    wholes = {code: territory.expand([code]) for code in sorted(territory.all_codes())}
    return {code: atoms for code, atoms in wholes.items() if len(atoms) > 1}
