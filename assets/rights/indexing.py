"""A catalogue's deals made ready for questions, once."""

from collections.abc import Iterable, Mapping
from functools import cache

from assets import collecting, territory
from assets.rights import tree
from assets.rights.availability import make_ready
from assets.rights.engine import Index, IndexedTitle
from assets.rights.entries import Offers, Universe, entries_in, offers_in, when_shown
from assets.rights.masks import Names, Tongues, tags_of
from assets.rights.model import Deal, Side, TitleRights
from assets.rights.spans import BEGINNING
from assets.rights.voices import voices


@collecting.paused()
def index(
    titles: Iterable[TitleRights], originals: Mapping[str, str] | None = None, *, for_sales: bool = False
) -> Index:
    """Titles made ready for questions, `for_sales` also for those about everything that they have for sale.

    `originals` are the languages of their original sound, by id.
    """
    titles = list(titles)
    originals = originals or {}
    tags = tags_of(titles) | frozenset(tag for tag in originals.values() if tag)
    universe = Universe.of(Names(tree.leaves()), Names(_territories()), Tongues(tags))
    made = [_indexed(rights, universe, originals.get(rights.title, "")) for rights in titles]
    if for_sales:
        for title in made:
            make_ready(title)
    return Index({item.title: item for item in made}, universe)


@cache
def _territories() -> tuple[str, ...]:
    return tuple(sorted(territory.atoms()))


def index_title(rights: TitleRights, original: str = "") -> IndexedTitle:
    """One title made ready for questions."""
    return index([rights], {rights.title: original}).titles[rights.title]


def _indexed(rights: TitleRights, universe: Universe, original: str) -> IndexedTitle:
    mandates = {deal.id: deal for deal in rights.mandates}
    chains = {name: _chain(deal, mandates) for name, deal in mandates.items()}
    sound = universe.tongues.sound_in(original)
    offers = offers_in(rights, universe, sound)
    entries = entries_in(rights, offers, universe)
    is_suppressed = any(offer.grant.suppress_until is not None for offer in offers)
    return IndexedTitle(
        rights,
        universe,
        sound,
        offers,
        {side: Offers.of([offer for offer in offers if offer.claim.deal.side is side]) for side in Side},
        entries,
        when_shown(entries) if is_suppressed else entries,
        voices(entries, universe, sound, chains),
        chains,
        rights.links,
        max([deal.signed_from for deal in rights.deals], default=BEGINNING),
    )


def _chain(deal: Deal, mandates: Mapping[str, Deal]) -> frozenset[str] | None:
    """The mandates that a mandate rests on, itself included; None if one is unknown, does not bind, or comes twice."""
    found = {deal.id}
    while deal.under:
        if deal.under not in mandates or deal.under in found:
            return None
        deal = mandates[deal.under]
        found.add(deal.id)
    return frozenset(found) if all(mandates[name].binds for name in found) else None
