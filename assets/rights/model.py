"""What the rights to a title are made of.

A **mandate** is what we hold, from the producer; a **licence** is what we sold. Both grant media rights in territories
for a time in languages; both may carry **holdbacks**: what must not be done meanwhile. Only what is signed binds. What
is pending may come to bind, and is told; a draft and a deal that has ended say nothing of what may leave.

A date that nobody knows yet ("90 days after the theatrical release in JP") makes a term uncertain on one side. Such a
term grants nothing outside what is certain, and forbids everything that it may come to forbid.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assets.rights.languages import Languages
from assets.rights.spans import BEGINNING, OPEN, Span

_EPOCH = date(1970, 1, 1)
_FIRST_ZONE = 14 * 3600
"""Seconds by which the first time zone of the world is ahead of UTC (UTC+14)."""


class Side(StrEnum):
    """Which way a deal goes."""

    MANDATE = "mandate"
    LICENCE = "licence"


class Status(StrEnum):
    """How far a deal has come."""

    DRAFT = "draft"
    PENDING = "pending"
    SIGNED = "signed"
    ENDED = "ended"
    """It was signed and ended before its term; its grants are cut at the day it ended."""


_BINDING = frozenset({Status.SIGNED, Status.ENDED})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a right is written: the contract and its clause, and the place in the file that says so."""

    contract: str = ""
    clause: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when, in seconds (`spans`). None: not known yet; `unknown` says which date is missing.

    `zone` is the declared zone that bare dates were read in, and `said` how the file says the term.
    """

    start: int | None
    end: int | None
    zone: str = "UTC"
    said: str = ""
    unknown: tuple[str, ...] = ()

    @property
    def is_certain(self) -> bool:
        """Whether it runs for certain at some time."""
        return self.start is not None and self.end is not None and self.start < self.end

    @property
    def certain(self) -> Span:
        """When the term runs for certain; an empty span if a date is missing."""
        if self.start is None or self.end is None:
            return Span(0, 0)
        return Span(self.start, self.end)

    @property
    def possible(self) -> Span:
        """When the term may run: what a date that is missing might make of it."""
        return Span(BEGINNING if self.start is None else self.start, OPEN if self.end is None else self.end)


@dataclass(frozen=True, slots=True)
class Scope:
    """Rights x territories x time x languages. Rights are leaves of the tree; territories are atoms (`territory`).

    `named` is how the file names the territories, such as `worldwide except KR`: a conflict through a group says so.
    `perhaps` are territories that it may have beside these, because nobody wrote down when a group was named: they are
    not given, and are taken from others.
    """

    rights: frozenset[str]
    territories: frozenset[str]
    term: Term
    languages: Languages
    named: str = ""
    perhaps: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Price:
    """What a copy is sold for by the piece, in some territories of a grant, for some of its rights.

    `kind` is a word of Avails, such as WSP, `value` an exact amount or the name of a tier, `currency` of ISO 4217.
    """

    kind: str
    value: str
    currency: str
    rights: frozenset[str]
    territories: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grant:
    """One grant of a deal. `runs` is how often it may be shown (None: no limit), `runs_used` how often it was.

    Nothing may be announced before `announce`, nor be visible to the public before `suppress_until` (seconds).
    """

    id: str
    deal: str
    scope: Scope
    exclusive: bool
    source: Source
    runs: int | None = None
    runs_used: int = 0
    announce: int | None = None
    suppress_until: int | None = None
    prices: tuple[Price, ...] = ()

    @property
    def is_used_up(self) -> bool:
        """Whether no run is left."""
        return self.runs is not None and self.runs_used >= self.runs


@dataclass(frozen=True, slots=True)
class Holdback:
    """What must not be done while it runs. In a licence: by us and by every other licensee. In a mandate: by us."""

    id: str
    deal: str
    scope: Scope
    source: Source


@dataclass(frozen=True, slots=True)
class Deal:
    """A mandate or a licence: with whom, how far it has come, and what it grants and forbids.

    `under` is the id of the mandate that a mandate rests on, where rights came to us through several hands. `signed` is
    the day of signature; None: nobody wrote it down.
    """

    id: str
    side: Side
    party: str
    status: Status
    grants: tuple[Grant, ...]
    holdbacks: tuple[Holdback, ...] = ()
    under: str = ""
    source: Source = Source()
    signed: date | None = None

    @property
    def binds(self) -> bool:
        """Whether it grants and forbids: it is signed, or was until the day it ended."""
        return self.status in _BINDING

    def is_signed(self, at: int) -> bool:
        """Whether it binds and was signed by an instant (seconds)."""
        return self.binds and (self.signed is None or self.signed_from <= at)

    @property
    def signed_from(self) -> int:
        """When the day of signature begins in the first time zone of the world (seconds): it is no instant."""
        if self.signed is None:
            return BEGINNING
        return (self.signed - _EPOCH).days * 24 * 3600 - _FIRST_ZONE


@dataclass(frozen=True, slots=True)
class TitleRights:
    """Everything that is agreed about one title. `doubts` are readings of its file that a person should look at."""

    title: str
    deals: tuple[Deal, ...] = ()
    doubts: tuple["Doubt", ...] = ()

    @property
    def mandates(self) -> tuple[Deal, ...]:
        """What we hold."""
        return tuple(deal for deal in self.deals if deal.side is Side.MANDATE)

    @property
    def links(self) -> frozenset[str]:
        """The mandates that another one rests on: they were given to whoever passed them on, and not to us."""
        return frozenset(deal.under for deal in self.mandates if deal.under and deal.status is not Status.DRAFT)

    @property
    def licences(self) -> tuple[Deal, ...]:
        """What we sold."""
        return tuple(deal for deal in self.deals if deal.side is Side.LICENCE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What could be read in two ways, such as a local midnight that does not exist; `read_as` is how it was read."""

    place: str
    what: str
    read_as: str


NO_RIGHTS = TitleRights("")
"""Of a title that nothing is agreed about."""
