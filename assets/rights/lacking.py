"""Why nobody grants what is asked: the deals that speak of it and yet do not grant it, or that there is none."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from assets.rights.answers import Claim, Why
from assets.rights.boxes import Box, made, remainder
from assets.rights.cells import Cell
from assets.rights.engine import IndexedTitle, Offer
from assets.rights.model import Side

Reason = tuple[Why, Claim | None, Box]
"""Why, who says so, and of what."""


def lacking(title: IndexedTitle, side: Side, cell: Cell, *, shown: bool, only: Claim | None = None) -> list[Reason]:
    """Why no deal of a side grants a cell, in which no deal of that side does; `only`: why this grant does not.

    A deal speaks of the rights and territories that it has, in whatever language and whenever.
    """
    rights, territories, languages, start, end = cell.box
    found: list[Reason] = []
    left = [(rights, territories)]
    for offer in title.offers:
        box = offer.box
        if not (some := rights & box.rights) or not (where := territories & box.territories):
            continue
        if offer.claim.deal.side is not side or (only is not None and only is not offer.claim):
            continue
        if title.links and _is_passed_on(title, offer):
            continue
        part = made(Box, (some, where, languages, start, end))
        if shown:
            found += [(_why(title, offer, piece, shown=True), offer.claim, piece) for piece in _in_time(part, offer)]
        else:
            found.append((_why(title, offer, part, shown=False), offer.claim, part))
        left = _unspoken(left, some, where)
    nobody = [made(Box, (some, where, languages, start, end)) for some, where in left]
    if side is Side.LICENCE:
        found += [(Why.NOT_LICENSED, None, box) for box in nobody]
    elif nobody:
        found += _not_ours(title, nobody)
    return found


def _unspoken(left: Sequence[tuple[int, int]], rights: int, territories: int) -> list[tuple[int, int]]:
    """What of some rights x territories is not in others, in pieces that share no point."""
    found = []
    for some, where in left:
        if not (some & rights and where & territories):
            found.append((some, where))
            continue
        if rest := some & ~rights:
            found.append((rest, where))
        if rest := where & ~territories:
            found.append((some & rights, rest))
    return found


def _spoken_of(whole: Box, offer: Offer) -> Box:
    """What a grant speaks of: its rights and territories, in whatever language and whenever."""
    box = offer.box
    return whole._replace(rights=whole.rights & box.rights, territories=whole.territories & box.territories)


def _is_passed_on(title: IndexedTitle, offer: Offer) -> bool:
    """Whether a mandate was given to somebody else: what it gives is ours as far as another one passes it on."""
    deal = offer.claim.deal.id
    return deal in title.links and bool(title.chains.get(deal))


def _not_ours(title: IndexedTitle, left: list[Box]) -> Iterator[Reason]:
    """What none of our own mandates speaks of: those that were given to somebody else, or nobody's."""
    passed_on = [
        (offer.claim, part)
        for offer in title.offers
        if _is_passed_on(title, offer)
        for box in left
        if (part := _spoken_of(box, offer))
    ]
    yield from ((Why.NOT_PASSED_ON, claim, part) for claim, part in passed_on)
    nobody = remainder(left, [part for _, part in passed_on])
    yield from ((Why.NOT_HELD, None, box) for box in nobody)


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
    if not offer.grant.scope.term.is_certain:
        return Why.DATE_UNKNOWN
    if part.end <= offer.box.start:
        return Why.NOT_YET
    return Why.SUPPRESSED if shown and lifts is not None and part.start < lifts else Why.CHAIN
