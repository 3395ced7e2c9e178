"""Why nobody grants what is asked: the deals that speak of it and yet do not grant it, or that there is none."""

from collections.abc import Iterator
from itertools import pairwise

from assets.rights.answers import Claim, Why
from assets.rights.boxes import Box, remainder
from assets.rights.cells import Cell
from assets.rights.engine import IndexedTitle, Offer
from assets.rights.model import Side

Reason = tuple[Why, Claim | None, Box]
"""Why, who says so, and of what."""


def lacking(title: IndexedTitle, side: Side, cell: Cell, *, shown: bool, only: Claim | None = None) -> Iterator[Reason]:
    """Why no deal of a side grants a cell, in which no deal of that side does; `only`: why this grant does not.

    A deal speaks of the rights and territories that it has, in whatever language and whenever.
    """
    rights, territories, languages, start, end = cell.box
    spoken_of = []
    for offer in title.offers:
        box = offer.box
        if not (box.rights & rights and box.territories & territories) or offer.claim.deal.side is not side:
            continue
        if offer.claim.deal.id in title.links and title.chains.get(offer.claim.deal.id):
            continue  # it is not ours, whatever it says; the mandate that rests on it is
        if only is None or only is offer.claim:
            part = Box(rights & box.rights, territories & box.territories, languages, start, end)
            for piece in _in_time(part, offer) if shown else (part,):
                yield _why(title, offer, piece, shown=shown), offer.claim, piece
            spoken_of.append(part)
    if left := remainder([cell.box], spoken_of):
        nobody = Why.NOT_HELD if side is Side.MANDATE else Why.NOT_LICENSED
        yield from ((nobody, None, box) for box in left)


def _in_time(part: Box, offer: Offer) -> Iterator[Box]:
    """A part before, during and after a grant: no cell is cut there if the grant is over before it may be shown."""
    inside = (at for at in (offer.box.start, offer.box.end) if part.start < at < part.end)
    for start, end in pairwise((part.start, *inside, part.end)):
        yield part._replace(start=start, end=end)


def _why(title: IndexedTitle, offer: Offer, part: Box, *, shown: bool) -> Why:
    """Why a grant does not grant a part of a cell that it speaks of."""
    grant = offer.grant
    if not offer.claim.deal.is_signed(title.as_of):
        return Why.UNSIGNED
    if not part.languages & offer.box.languages:
        return Why.LANGUAGE
    if grant.is_used_up:
        return Why.USED_UP
    return _why_not_then(offer, part, shown=shown)


def _why_not_then(offer: Offer, part: Box, *, shown: bool) -> Why:
    """Why a grant with runs left does not grant a part of a cell now, in languages that it has."""
    lifts = offer.grant.suppress_until
    if part.start >= offer.box.end:
        return Why.OVER
    if not offer.grant.scope.term.certain:
        return Why.DATE_UNKNOWN
    if part.end <= offer.box.start:
        return Why.NOT_YET
    return Why.SUPPRESSED if shown and lifts is not None and part.start < lifts else Why.CHAIN
