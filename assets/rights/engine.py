"""A catalogue's deals made ready for questions, once: every grant and holdback as a box of bits.

What a deal *gives* is what it grants for certain and with runs left. What it *takes* from others is what it may come to
grant: a term whose dates are not all known gives nothing, and takes all that it may take. A used-up grant gives nothing
either and still takes, because a licensee's exclusivity does not end with the last run.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from assets import collecting, territory
from assets.rights import tree
from assets.rights.answers import Claim, Why
from assets.rights.boxes import Box
from assets.rights.languages import Languages
from assets.rights.masks import Names, Tongues, lone_bits, tags_of
from assets.rights.model import Deal, Grant, Scope, Side, Status, TitleRights
from assets.rights.spans import BEGINNING, OPEN

if TYPE_CHECKING:
    from assets.rights.sweep import Ground


class Role(StrEnum):
    """What an entry does to a point that lies in its box."""

    GIVES = "gives"
    """A grant: it allows."""
    TAKES = "takes"
    """A licence, seen by the others: it forbids if it is exclusive, or if they want to be."""
    BARS = "bars"
    """A holdback: it forbids."""


GIVES, TAKES, BARS = Role
"""By names of their own, because every question looks at them often, and members of an enum are slow to find."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One grant or holdback in one role. Only what `binds` decides; the rest is pending, and is told.

    `sound` is the bit of the original sound that it speaks of, where it is looked at for what is read along with that.
    """

    role: Role
    claim: Claim
    box: Box
    deal: str
    of_mandate: bool
    binds: bool
    exclusive: bool = False
    sound: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """A grant of any deal, signed or not, and all that it grants, for as long as it may last.

    `signed` is from when on it is signed (seconds); None: it is not. `idle` is why it grants nothing in its term, too.
    """

    claim: Claim
    grant: Grant
    box: Box
    signed: int | None
    idle: Why | None


@dataclass(frozen=True, slots=True)
class Offers:
    """The grants of all deals of a side. `spoken` are the rights that they speak of, by where they do."""

    all: tuple[Offer, ...]
    spoken: Mapping[int, int]

    @classmethod
    def of(cls, offers: Iterable[Offer]) -> "Offers":
        """These offers, and what they speak of: the bits of rights, by the bits of all the territories of each."""
        found = tuple(offers)
        territories: dict[int, int] = {}
        for offer in found:
            for right in lone_bits(offer.box.rights):
                territories[right] = territories.get(right, 0) | offer.box.territories
        spoken: dict[int, int] = {}
        for right, where in territories.items():
            spoken[where] = spoken.get(where, 0) | right
        return cls(found, spoken)


@dataclass(frozen=True, slots=True)
class Universe:
    """The bits of everything that the catalogue's deals name."""

    rights: Names
    territories: Names
    tongues: Tongues

    def box(self, scope: Scope, languages: int) -> Box:
        """A deal's scope for as long as it may last."""
        span = scope.term.possible
        return Box(
            self.rights.mask(scope.rights), self.territories.mask(scope.territories), languages, span.start, span.end
        )

    def taken(self, scope: Scope) -> Box:
        """What a deal may come to take from others: more territories and languages than it gives for certain."""
        box = self.box(scope, self.tongues.taken(scope.languages))
        return (
            box._replace(territories=box.territories | self.territories.mask(scope.perhaps)) if scope.perhaps else box
        )


@dataclass(frozen=True, slots=True)
class IndexedTitle:
    """A title's deals, ready for questions.

    `offers` are the grants of all deals, drafts too, each with its box, and `offers_of` those of a side. `shown` are
    the entries for questions about what is visible to the public. `chains` are, by mandate, the mandates that must also
    cover what it grants, itself included; None if one of them does not bind or is not there. `links` are the mandates
    that another one rests on: they were given to whoever passed them on, and give us nothing by themselves.
    `last_signed` is when the last deal was signed, and `as_of` the instant as of which `signing.as_signed` has made it
    (seconds). `grounds` is what was found out for earlier questions about sales, by the rights, territories and
    languages that they asked about, and by whether what is forbidden was left out.
    """

    rights: TitleRights
    universe: Universe
    original: int
    offers: tuple[Offer, ...]
    offers_of: Mapping[Side, Offers]
    entries: tuple[Entry, ...]
    shown: tuple[Entry, ...]
    chains: Mapping[str, frozenset[str] | None]
    links: frozenset[str] = frozenset()
    last_signed: int = BEGINNING
    as_of: int = OPEN
    grounds: dict[tuple[int, int, int, bool], list["Ground[Any]"]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def title(self) -> str:
        """The title's id."""
        return self.rights.title

    @property
    def has_mandate(self) -> bool:
        """Whether any mandate is recorded, signed or not: then nothing leaves that none of them covers."""
        return bool(self.chains)

    def given_languages(self, languages: Languages) -> int:
        """The languages of a grant, with the original sound where `Languages.carries` lets it go with what is read."""
        found = self.universe.tongues.mask(languages)
        goes_along = bool(found & self.universe.tongues.written) and not languages.is_flat
        return found | self.original if goes_along else found


@dataclass(frozen=True, slots=True)
class Index:
    """A catalogue's titles by id, ready for questions."""

    titles: Mapping[str, IndexedTitle]
    universe: Universe


@collecting.paused()
def index(titles: Iterable[TitleRights], originals: Mapping[str, str] | None = None) -> Index:
    """Titles made ready for questions; `originals` are the languages of their original sound, by id."""
    titles = list(titles)
    originals = originals or {}
    tags = tags_of(titles) | frozenset(tag for tag in originals.values() if tag)
    universe = Universe(Names(tree.leaves()), Names(_territories()), Tongues(tags))
    made = (_indexed(rights, universe, originals.get(rights.title, "")) for rights in titles)
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
    last = max((deal.signed_from for deal in rights.deals), default=BEGINNING)
    bare = IndexedTitle(
        rights, universe, universe.tongues.sound_in(original), (), {}, (), (), chains, rights.links, last
    )
    offers = tuple([_offer(bare, deal, grant) for deal in rights.deals for grant in deal.grants])
    offers_of = {side: Offers.of([offer for offer in offers if offer.claim.deal.side is side]) for side in Side}
    bars = (entry for deal in rights.deals for entry in _bars(deal, universe))
    entries = tuple(entry for entry in (*_of_grants(offers, universe), *bars) if entry.box)
    shown = tuple(_when_shown(entry) for entry in entries)
    return replace(
        bare, offers=offers, offers_of=offers_of, entries=entries, shown=tuple(entry for entry in shown if entry.box)
    )


def _offer(title: IndexedTitle, deal: Deal, grant: Grant) -> Offer:
    box = title.universe.box(grant.scope, title.given_languages(grant.scope.languages))
    idle = None if grant.scope.term.is_certain else Why.DATE_UNKNOWN
    return Offer(
        Claim(deal, grant),
        grant,
        box,
        deal.signed_from if deal.binds else None,
        Why.USED_UP if grant.is_used_up else idle,
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


def _of_grants(offers: Iterable[Offer], universe: Universe) -> Iterable[Entry]:
    for offer in offers:
        deal, grant = offer.claim.deal, offer.grant
        if deal.status is Status.DRAFT:
            continue
        of_mandate = deal.side is Side.MANDATE
        if not offer.idle:
            yield Entry(GIVES, offer.claim, offer.box, deal.id, of_mandate, deal.binds, grant.exclusive)
        if not of_mandate:
            yield from _taken(offer, universe)


def _taken(offer: Offer, universe: Universe) -> Iterator[Entry]:
    """What a licence's grant takes: the languages that it names if it is exclusive, and a share in what it uses.

    The original sound that goes along with subtitles is not kept from others, and nobody can have it exclusively then.
    """
    deal, grant = offer.claim.deal, offer.grant
    named = universe.taken(grant.scope)
    used = named._replace(languages=named.languages | offer.box.languages)
    if grant.exclusive:
        yield Entry(TAKES, offer.claim, named, deal.id, of_mandate=False, binds=deal.binds, exclusive=True)
    if not grant.exclusive or named != used:
        yield Entry(TAKES, offer.claim, used, deal.id, of_mandate=False, binds=deal.binds)


def _bars(deal: Deal, universe: Universe) -> Iterable[Entry]:
    if deal.status is Status.DRAFT:
        return
    of_mandate = deal.side is Side.MANDATE
    for holdback in deal.holdbacks:
        box = universe.taken(holdback.scope)
        yield Entry(BARS, Claim(deal, holdback), box, deal.id, of_mandate, deal.binds)


def gives_for_certain(grant: Grant) -> bool:
    """Whether a grant, once signed, allows anything: its dates are known and a run is left."""
    return grant.scope.term.is_certain and not grant.is_used_up


def _when_shown(entry: Entry) -> Entry:
    """An entry for what the public may see: a grant gives nothing before its suppression is lifted."""
    item = entry.claim.item
    if entry.role is not GIVES or not isinstance(item, Grant) or item.suppress_until is None:
        return entry
    return replace(entry, box=entry.box._replace(start=max(entry.box.start, item.suppress_until)))
