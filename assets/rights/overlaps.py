"""Licences that meet though one is exclusive, and licences that were sold into a holdback."""

from collections.abc import Iterator
from dataclasses import dataclass

from assets.rights.answers import Claim
from assets.rights.boxes import Box
from assets.rights.contradictions import Kind, Met, is_settled
from assets.rights.engine import IndexedTitle
from assets.rights.entries import BARS
from assets.rights.model import Side, Status


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A licence's grant or a holdback: what it allows (`given`, None for a holdback) and what it takes from others."""

    claim: Claim
    given: Box | None
    taken: Box
    exclusive: bool


def overlaps(title: IndexedTitle) -> Iterator[Met]:
    """Each pair of deals of which one forbids what the other allows, found in the order of time."""
    running: list[_Stretch] = []
    for late in sorted(_stretches(title), key=lambda stretch: stretch.taken.start):
        running = [early for early in running if early.taken.end > late.taken.start]
        for early in running:
            if early.exclusive or late.exclusive:
                yield from _met(early, late)
        running.append(late)


def _stretches(title: IndexedTitle) -> Iterator[_Stretch]:
    for offer in title.offers:
        deal = offer.claim.deal
        if deal.side is Side.LICENCE and deal.status is not Status.DRAFT and offer.box:
            taken = title.universe.taken(offer.grant.scope)
            yield _Stretch(offer.claim, offer.box, taken, offer.grant.exclusive)
    for entry in title.entries:
        if entry.role is BARS:
            yield _Stretch(entry.claim, None, entry.box, exclusive=True)


def _met(early: _Stretch, late: _Stretch) -> Iterator[Met]:
    """What of either side the other forbids."""
    if early.claim.deal is late.claim.deal:
        return
    boxes = [*_forbidden(early, late), *_forbidden(late, early)]
    if not boxes:
        return
    if early.given is None or late.given is None:
        first, second = (early, late) if late.given is None else (late, early)
        kind = Kind.HOLDBACK_BROKEN
    else:
        first, second = (early, late) if late.exclusive else (late, early)
        both = early.exclusive and late.exclusive
        kind = Kind.OVERLAPPING_EXCLUSIVES if both else Kind.EXCLUSIVE_AND_OTHER
    settled = is_settled(first.claim, second.claim)
    yield Met(kind, first.claim, second.claim, tuple(boxes), settled)


def _forbidden(stretch: _Stretch, other: _Stretch) -> Iterator[Box]:
    if stretch.given is not None and other.exclusive and stretch.given.meets(other.taken):
        yield stretch.given.meet(other.taken)
