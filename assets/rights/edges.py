"""Terms that are wrong by themselves, and terms that miss each other because their time zones differ."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from assets.rights.answers import Claim
from assets.rights.boxes import Box
from assets.rights.contradictions import Kind, Met, is_settled
from assets.rights.engine import IndexedTitle
from assets.rights.entries import BARS
from assets.rights.model import Side, Status
from assets.rights.spans import BEGINNING, OPEN

WIDEST = 26 * 3600
"""Seconds between the same local midnight in the first time zone of the world and in the last (UTC+14, UTC-12)."""
NEAR = timedelta(seconds=60)
"""How far two readings of the clock may be apart: `through 23:59:59` and `from 00:00` say the same day."""


def wrong_terms(title: IndexedTitle, at: int) -> Iterator[Met]:
    """Terms that never came to be signed, that lack a date, and grants that were shown too often."""
    for offer in title.offers:
        claim, grant, status = offer.claim, offer.grant, offer.claim.deal.status
        term = grant.scope.term
        if status in {Status.DRAFT, Status.PENDING} and term.end is not None and term.end <= at:
            yield Met(Kind.UNSIGNED_AND_OVER, claim, None, (offer.box,), is_error=False)
        if status is not Status.DRAFT and (term.start is None or term.end is None):
            yield Met(Kind.DATE_UNKNOWN, claim, None, (offer.box,), is_error=False)
        if claim.deal.binds and not claim.deal.is_signed(at):
            yield Met(Kind.SIGNED_LATER, claim, None, (offer.box,), is_error=True)
        if grant.runs is not None and grant.runs_used > grant.runs:
            yield Met(Kind.RUNS_EXCEEDED, claim, None, (offer.box,), is_settled(claim))
    for entry in title.entries:
        term = entry.claim.item.scope.term
        if entry.role is BARS and (term.start is None or term.end is None):
            yield Met(Kind.DATE_UNKNOWN, entry.claim, None, (entry.box,), is_error=False)


@dataclass(frozen=True, slots=True)
class _Edge:
    """One end of a term: the instant and the zone that it was said in."""

    at: int
    zone: str
    claim: Claim
    box: Box


def zones(title: IndexedTitle) -> Iterator[Met]:
    """Ends and starts that are one date on the calendar and two instants."""
    items = [(claim, box, claim.item.scope.term.zone) for claim, box in _items(title)]
    starts = [_Edge(box.start, zone, claim, box) for claim, box, zone in items if box.start != BEGINNING]
    ends = [_Edge(box.end, zone, claim, box) for claim, box, zone in items if box.end != OPEN]
    for ending, starting in _near(ends, starts):
        if ending.claim.deal.side is starting.claim.deal.side:
            yield from _ambiguous(ending, starting)
    for edges in (starts, ends):
        sold = [edge for edge in edges if edge.claim.deal.side is Side.LICENCE]
        held = [edge for edge in edges if edge.claim.deal.side is Side.MANDATE]
        for licence, mandate in _near(sold, held):
            sticks_out = licence.at < mandate.at if edges is starts else licence.at > mandate.at
            if sticks_out:
                yield from _ambiguous(licence, mandate)


def _items(title: IndexedTitle) -> Iterator[tuple[Claim, Box]]:
    for offer in title.offers:
        if offer.claim.deal.status is not Status.DRAFT and offer.box:
            yield offer.claim, offer.box
    for entry in title.entries:
        if entry.role is BARS:
            yield entry.claim, entry.box


def _near(some: Iterable[_Edge], others: Iterable[_Edge]) -> Iterator[tuple[_Edge, _Edge]]:
    """The pairs of edges in different zones that are apart, and by no more than zones can put them."""
    ordered = sorted(others, key=_instant)
    for edge in some:
        first = bisect_left(ordered, edge.at - WIDEST, key=_instant)
        last = bisect_left(ordered, edge.at + WIDEST + 1, key=_instant)
        for other in ordered[first:last]:
            if other.at != edge.at and other.zone != edge.zone and other.claim.deal is not edge.claim.deal:
                yield edge, other


def _ambiguous(edge: _Edge, other: _Edge) -> Iterator[Met]:
    """Where two edges show the same local time, and the deals speak of the same thing."""
    start, end = sorted((edge.at, other.at))
    shared = edge.box._replace(start=start, end=end).meet(other.box._replace(start=start, end=end))
    if not shared:
        return
    here, there = _wall_clock(edge.at, edge.zone), _wall_clock(other.at, other.zone)
    if here is not None and there is not None and abs(here - there) <= NEAR:
        yield Met(Kind.ZONES, edge.claim, other.claim, (shared,), is_error=False)


def _wall_clock(at: int, zone: str) -> datetime | None:
    """What a clock in a zone shows at an instant; None beyond the years that a calendar here can say."""
    try:
        return datetime.fromtimestamp(at, UTC).astimezone(_zone(zone)).replace(tzinfo=None)
    except (OverflowError, ValueError, OSError):
        return None


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _instant(edge: _Edge) -> int:
    return edge.at
