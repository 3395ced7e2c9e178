"""What a title's deals say, deal by deal: every grant and holdback as a box of bits, in each of its roles.

What a deal *gives* is what it grants for certain and with runs left. What it *takes* from others is what it may come to
grant: a term whose dates are not all known gives nothing, and takes all that it may take. A used-up grant gives nothing
either and still takes, because a licensee's exclusivity does not end with the last run.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from assets.rights.answers import Claim, Why
from assets.rights.boxes import Box, made
from assets.rights.languages import Languages
from assets.rights.masks import Names, Tongues, lone_bits
from assets.rights.model import Deal, Grant, Scope, Side, Status, TitleRights
from assets.rights.spans import BEGINNING, OPEN


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


class Entry(NamedTuple):
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


@dataclass(frozen=True, slots=True, eq=False)
class Universe:
    """The bits of everything that the catalogue's deals name."""

    rights: Names
    territories: Names
    tongues: Tongues
    everything: tuple[int, int, int]
    right_names: Mapping[int, frozenset[str]]
    territory_names: Mapping[int, frozenset[str]]
    language_words: Mapping[int, tuple[str, ...]]

    @classmethod
    def of(cls, rights: Names, territories: Names, tongues: Tongues) -> "Universe":
        """These names and their bits; `everything` are all of these that there are now."""
        everything = (rights.all, territories.all, tongues.all)
        return cls(rights, territories, tongues, everything, rights.names, territories.names, tongues.words)

    def box(self, scope: Scope, languages: int) -> Box:
        """A deal's scope for as long as it may last."""
        start, end = scope.term.start, scope.term.end
        return made(
            Box,
            (
                self.rights.mask(scope.rights),
                self.territories.mask(scope.territories),
                languages,
                BEGINNING if start is None else start,
                OPEN if end is None else end,
            ),
        )

    def taken(self, scope: Scope) -> Box:
        """What a deal may come to take from others: more territories and languages than it gives for certain."""
        box = self.box(scope, self.tongues.taken(scope.languages))
        return (
            box._replace(territories=box.territories | self.territories.mask(scope.perhaps)) if scope.perhaps else box
        )

    def given_languages(self, languages: Languages, original: int) -> int:
        """The languages of a grant, with the original sound where `Languages.carries` lets it go with what is read."""
        found = self.tongues.mask(languages)
        goes_along = original and found & self.tongues.written and not languages.is_flat
        return found | original if goes_along else found


def offers_in(rights: TitleRights, universe: Universe, original: int) -> tuple[Offer, ...]:
    """The grants of all deals of a title; `original` are the bits of its original sound."""
    found: list[Offer] = []
    for deal in rights.deals:
        signed = deal.signed_from if deal.binds else None
        for grant in deal.grants:
            box = universe.box(grant.scope, universe.given_languages(grant.scope.languages, original))
            found.append(Offer(Claim(deal, grant), grant, box, signed, idle(grant)))
    return tuple(found)


def entries_in(rights: TitleRights, offers: Iterable[Offer], universe: Universe) -> tuple[Entry, ...]:
    """What grants and holdbacks do to what lies in their boxes; those of drafts do nothing."""
    found = [entry for offer in offers for entry in _of_grant(offer, universe)]
    found += [entry for deal in rights.deals if deal.holdbacks for entry in _bars(deal, universe)]
    return tuple([entry for entry in found if entry.box])


def _of_grant(offer: Offer, universe: Universe) -> Iterator[Entry]:
    deal = offer.claim.deal
    if deal.status is Status.DRAFT:
        return
    of_mandate = deal.side is Side.MANDATE
    if not offer.idle:
        yield made(Entry, (GIVES, offer.claim, offer.box, deal.id, of_mandate, deal.binds, offer.grant.exclusive, 0))
    if not of_mandate:
        yield from _taken(offer, universe)


def _taken(offer: Offer, universe: Universe) -> Iterator[Entry]:
    """What a licence's grant takes: the languages that it names if it is exclusive, and a share in what it uses.

    The original sound that goes along with subtitles is not kept from others, and nobody can have it exclusively then.
    """
    deal, grant = offer.claim.deal, offer.grant
    named = universe.taken(grant.scope)
    rights, territories, languages, start, end = named
    used = made(Box, (rights, territories, languages | offer.box.languages, start, end))
    if grant.exclusive:
        yield made(Entry, (TAKES, offer.claim, named, deal.id, False, deal.binds, True, 0))
    if not grant.exclusive or named != used:
        yield made(Entry, (TAKES, offer.claim, used, deal.id, False, deal.binds, False, 0))


def _bars(deal: Deal, universe: Universe) -> Iterator[Entry]:
    if deal.status is Status.DRAFT:
        return
    of_mandate = deal.side is Side.MANDATE
    for holdback in deal.holdbacks:
        box = universe.taken(holdback.scope)
        yield made(Entry, (BARS, Claim(deal, holdback), box, deal.id, of_mandate, deal.binds, False, 0))


def meeting(whole: Box, entries: Sequence[Entry]) -> dict[Box, int]:
    """The boxes that meet what is asked about, each with its entries as bits: those of one box are cut at once."""
    rights, territories, languages, start, end = whole
    marks: dict[Box, int] = {}
    for number, entry in enumerate(entries):
        box = entry.box
        some, where, spoken, since, until = box  # as Box.meets, without a call for each entry of a catalogue
        if since < end and start < until and some & rights and where & territories and spoken & languages:
            marks[box] = marks.get(box, 0) | 1 << number
    return marks


def forbids_others(entry: Entry) -> bool:
    """Whether a licence's entry forbids the same to everyone else."""
    return entry.role is BARS or (entry.role is TAKES and entry.exclusive)


def idle(grant: Grant) -> Why | None:
    """Why a grant, once signed, allows nothing even in its term; None: it allows."""
    if grant.is_used_up:
        return Why.USED_UP
    return None if grant.scope.term.is_certain else Why.DATE_UNKNOWN


def when_shown(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Entries for what the public may see: a grant gives nothing before its suppression is lifted."""
    return tuple([shown for entry in entries if (shown := _when_shown(entry)).box])


def _when_shown(entry: Entry) -> Entry:
    item = entry.claim.item
    if entry.role is not GIVES or not isinstance(item, Grant) or item.suppress_until is None:
        return entry
    return entry._replace(box=entry.box._replace(start=max(entry.box.start, item.suppress_until)))
