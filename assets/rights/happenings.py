"""The dates on which something happens to a title's rights: openings and ends, embargoes, what is due for delivery."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from assets import territory
from assets.rights import dates, tree
from assets.rights.answers import Claim
from assets.rights.model import Deal, Grant, Holdback, Side, Status, TitleRights
from assets.rights.spans import BEGINNING, OPEN


class Kind(StrEnum):
    """What happens."""

    DELIVERY_DUE = "delivery-due"
    """The lead time of a platform begins: packages should be there by the end of the day."""
    ANNOUNCE = "announce"
    """It may be announced from now on."""
    EMBARGO_LIFTS = "embargo-lifts"
    """It may be visible to the public from now on."""
    OPENING = "opening"
    """A licence begins."""
    CLOSING = "closing"
    """A licence is over."""
    HOLDBACK_ENDS = "holdback-ends"
    """What was held back no longer is."""
    MANDATE_ENDS = "mandate-ends"
    """What we hold is over."""

    @property
    def is_end(self) -> bool:
        """Whether its instant is the first one without something: the day to look at is the one before."""
        return self in {Kind.CLOSING, Kind.HOLDBACK_ENDS, Kind.MANDATE_ENDS}


@dataclass(frozen=True, slots=True)
class LeadTime:
    """How many days before an opening a platform, which delivers under a right, wants packages."""

    platform: str
    right: str
    days: int


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens to a title at an instant (seconds), by a grant or a holdback.

    It is tentative while the deal is pending or, at `as_of` (seconds), not signed yet, and while another date of the
    same term is not known. `platforms` are those for which a delivery is due.
    """

    title: str
    kind: Kind
    at: int
    claim: Claim
    rights: frozenset[str]
    as_of: int
    platforms: tuple[str, ...] = ()

    @property
    def zone(self) -> str:
        """The declared zone of the deal's dates."""
        return self.claim.item.scope.term.zone

    @property
    def where(self) -> str:
        """The territories, in the words of the deal."""
        return where(self.claim)

    @property
    def is_tentative(self) -> bool:
        """Whether it may not happen, or not then."""
        return not self.claim.deal.is_signed(self.as_of) or bool(self.claim.item.scope.term.unknown)

    @property
    def local(self) -> datetime:
        """What a clock in the declared zone shows then."""
        return datetime.fromtimestamp(self.at, ZoneInfo(self.zone))

    @property
    def day(self) -> date | None:
        """The day that it is, where a day begins or ends with it; the last day with a right that ends. None: a time."""
        zone, local = ZoneInfo(self.zone), self.local
        if dates.read(local.date(), zone).seconds != self.at:
            return None
        return local.date() - timedelta(days=1) if self.kind.is_end else local.date()

    @property
    def uid(self) -> str:
        """What it is called for as long as its deal stands, whatever date it is moved to.

        The ids of deals may hold the name of a buyer; they are only in a digest.
        """
        parts = (self.title, self.claim.deal.id, self.claim.item.id, self.kind.value, *self.platforms)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def where(claim: Claim) -> str:
    """The territories of a grant or a holdback, in the words of its deal if it has any."""
    return claim.named or territory.describe(claim.item.scope.territories)


def happenings(rights: TitleRights, as_of: int, leads: Sequence[LeadTime] = ()) -> list[Happening]:
    """Everything that happens to a title by what is signed or pending at `as_of` (seconds), in the order of time."""
    found = (item for claim in live_claims(rights.deals) for item in _of_claim(rights.title, claim, as_of, leads))
    place = {leaf: number for number, leaf in enumerate(tree.leaves())}
    return sorted(
        found,
        key=lambda item: (item.at, item.kind.value, min(map(place.__getitem__, item.rights), default=0), item.uid),
    )


def undated(rights: TitleRights) -> list[Claim]:
    """The grants and holdbacks that wait for a date that nobody knows yet."""
    return [claim for claim in live_claims(rights.deals) if claim.item.scope.term.unknown]


def live_claims(deals: Iterable[Deal]) -> Iterator[Claim]:
    """The grants and holdbacks of deals that are signed or pending, and of ended ones those that had begun."""
    for deal in deals:
        items: tuple[Grant | Holdback, ...] = (*deal.grants, *deal.holdbacks)
        for item in items if deal.status is not Status.DRAFT else ():
            term = item.scope.term
            never = term.start == term.end and term.start is not None
            if not never and not (deal.status is Status.ENDED and term.start is None):
                yield Claim(deal, item)


def _of_claim(title: str, claim: Claim, as_of: int, leads: Sequence[LeadTime]) -> Iterator[Happening]:
    item = claim.item
    moments: list[tuple[Kind, int | None]]
    if isinstance(item, Holdback):
        moments = [(Kind.HOLDBACK_ENDS, item.scope.term.end)]
    elif claim.deal.side is Side.MANDATE:
        moments = [(Kind.MANDATE_ENDS, item.scope.term.end), *_kept_back(item)]
    else:
        moments = _of_licence(item)
        for due, rights, platforms in _deliveries(item, leads):
            yield Happening(title, Kind.DELIVERY_DUE, due, claim, rights, as_of, platforms)
    for kind, at in moments:
        if at is not None and at not in {BEGINNING, OPEN}:
            yield Happening(title, kind, at, claim, item.scope.rights, as_of)


def _of_licence(grant: Grant) -> list[tuple[Kind, int | None]]:
    """Its begin and end, and what is kept back until a day."""
    return [(Kind.OPENING, grant.scope.term.start), (Kind.CLOSING, grant.scope.term.end), *_kept_back(grant)]


def _kept_back(grant: Grant) -> list[tuple[Kind, int | None]]:
    """Until when a grant keeps the title back; that day is of no matter once the grant is over."""
    end = grant.scope.term.end
    kept_back = ((Kind.ANNOUNCE, grant.announce), (Kind.EMBARGO_LIFTS, grant.suppress_until))
    return [(kind, at) for kind, at in kept_back if at is not None and (end is None or at < end)]


def _deliveries(grant: Grant, leads: Sequence[LeadTime]) -> Iterator[tuple[int, frozenset[str], tuple[str, ...]]]:
    """When packages are due for the platforms whose whole right a grant has: one date for those of the same lead."""
    start = grant.scope.term.start
    if start in {None, BEGINNING} or grant.is_used_up:
        return
    zone = ZoneInfo(grant.scope.term.zone)
    opening = datetime.fromtimestamp(start, zone).date()
    wanting = [lead for lead in leads if tree.expand(lead.right) <= grant.scope.rights]
    for days in sorted({lead.days for lead in wanting}):
        due = [lead for lead in wanting if lead.days == days]
        at = dates.read(opening - timedelta(days=days), zone).seconds
        rights = tree.expand_all(lead.right for lead in due)
        yield at, rights, tuple(sorted(lead.platform for lead in due))
