"""Why nobody grants what is asked: the deals that speak of it and yet do not grant it, or that there is none."""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_

from assets.rights.answers import Claim, Refusal, Why, refusal
from assets.rights.boxes import Box, made, remainder
from assets.rights.engine import IndexedTitle
from assets.rights.entries import Offer, Offers
from assets.rights.model import Side


def lacking(
    title: IndexedTitle, side: Side, whole: Box, apart: Sequence[Box] = (), *, shown: bool, only: Claim | None = None
) -> list[Refusal]:
    """Why no deal of a side grants what lies in `whole` and in none of the boxes `apart`, in which one may.

    A deal speaks of the rights and territories that it has, in whatever language and whenever. `only`: why this grant
    does not.
    """
    rights, territories, languages, start, end = whole
    offers = _speaking(title, side, only)
    universe = title.universe
    rights_apart = reduce(or_, [box[0] for box in apart], 0)
    found: list[Refusal] = []
    for offer in offers.all:
        if not (some := rights & offer.box[0]) or not (where := territories & offer.box[1]):
            continue
        why = _throughout(offer, whole, title)
        near = [box for box in apart if some & box[0] and where & box[1]] if some & rights_apart else ()
        if why and not near:
            found.append(made(Refusal, (why, offer.claim, some, where, languages, start, end, universe)))
            continue
        for piece in remainder([made(Box, (some, where, languages, start, end))], near):
            reasons = ((why, piece),) if why else _by_term(offer, piece, title, shown=shown)
            found += [refusal(reason, offer.claim, part, universe) for reason, part in reasons]
    return found + _nobody(title, side, whole, offers)


def _nobody(title: IndexedTitle, side: Side, whole: Box, offers: Offers) -> list[Refusal]:
    """What no deal of a side speaks of."""
    rights, territories, languages, start, end = whole
    why, universe = Why.NOT_LICENSED if side is Side.LICENCE else Why.NOT_HELD, title.universe
    found = [
        made(Refusal, (why, None, some, where, languages, start, end, universe))
        for where, some in _unspoken(rights, territories, offers.spoken).items()
    ]
    return _passed_on(title, found) if title.links and side is Side.MANDATE else found


def _speaking(title: IndexedTitle, side: Side, only: Claim | None) -> Offers:
    """The grants that could grant something to us, or `only` this one."""
    offers = title.offers_of[side]
    if only is not None:
        return Offers.of(offer for offer in offers.all if offer.claim is only)
    if title.links:
        return Offers.of(offer for offer in offers.all if not _is_passed_on(title, offer))
    return offers


def _unspoken(rights: int, territories: int, spoken: Mapping[int, int]) -> dict[int, int]:
    """What of rights x territories nobody speaks of: the rights by the territories that are left of them."""
    found: dict[int, int] = {}
    for where, names in spoken.items():
        if some := rights & names:
            rights ^= some
            if rest := territories & ~where:
                found[rest] = found.get(rest, 0) | some
    if rights:
        found[territories] = found.get(territories, 0) | rights
    return found


def _spoken_of(whole: Box, offer: Offer) -> Box:
    """What a grant speaks of: its rights and territories, in whatever language and whenever."""
    box = offer.box
    return whole._replace(rights=whole.rights & box.rights, territories=whole.territories & box.territories)


def _is_passed_on(title: IndexedTitle, offer: Offer) -> bool:
    """Whether a mandate was given to somebody else: what it gives is ours as far as another one passes it on."""
    deal = offer.claim.deal.id
    return deal in title.links and bool(title.chains.get(deal))


def _passed_on(title: IndexedTitle, unheld: list[Refusal]) -> list[Refusal]:
    """What none of our own mandates speaks of: those that were given to somebody else, or nobody's."""
    boxes = [item.box for item in unheld]
    found = [
        refusal(Why.NOT_PASSED_ON, offer.claim, part, title.universe)
        for offer in title.offers_of[Side.MANDATE].all
        if _is_passed_on(title, offer)
        for box in boxes
        if (part := _spoken_of(box, offer))
    ]
    nobody = remainder(boxes, [item.box for item in found])
    return found + [refusal(Why.NOT_HELD, None, box, title.universe) for box in nobody]


def _throughout(offer: Offer, whole: Box, title: IndexedTitle) -> Why | None:
    """Why a grant grants nothing of a box, if it is the same in all of it; None: it may, or it is not.

    Where any language would do, a grant that grants nothing at the time is told as that, in whatever language it was.
    """
    if offer.signed is None or offer.signed > title.as_of:
        return Why.UNSIGNED
    _, _, spoken, since, until = offer.box
    _, _, languages, start, end = whole
    if not languages & spoken:
        return Why.LANGUAGE
    if start < until and since < end:
        return None
    if languages & ~spoken and languages != title.universe.tongues.all:
        return None
    return _out_of_term(offer, is_over=until <= start)


def _out_of_term(offer: Offer, *, is_over: bool) -> Why:
    if offer.idle is Why.USED_UP:
        return Why.USED_UP
    return Why.OVER if is_over else offer.idle or Why.NOT_YET


def _by_term(offer: Offer, part: Box, title: IndexedTitle, *, shown: bool) -> Iterator[tuple[Why, Box]]:
    """Why a signed grant does not grant what it speaks of, before, during and after its term."""
    _, _, spoken, since, until = offer.box
    other = 0 if part.languages == title.universe.tongues.all else part.languages & ~spoken
    own = part._replace(languages=part.languages & ~other)
    for piece in _in_time(own, offer, shown=shown) if own.languages else ():
        if piece.end <= since or until <= piece.start:
            yield _out_of_term(offer, is_over=until <= piece.start), piece
        elif offer.idle:
            yield offer.idle, piece
        else:
            if granted := piece.languages & spoken:
                yield _in_term(offer, piece, shown=shown), piece._replace(languages=granted)
            if rest := piece.languages & ~spoken:
                yield Why.LANGUAGE, piece._replace(languages=rest)
    if other:
        yield Why.LANGUAGE, part._replace(languages=other)


def _in_time(part: Box, offer: Offer, *, shown: bool) -> Iterator[Box]:
    """A part of which a grant speaks, cut where its term begins and ends, and where it may be shown."""
    lifts = offer.grant.suppress_until if shown else None
    instants = {offer.box.start, offer.box.end, part.start if lifts is None else lifts}
    inside = sorted(at for at in instants if part.start < at < part.end)
    return (part._replace(start=start, end=end) for start, end in pairwise((part.start, *inside, part.end)))


def _in_term(offer: Offer, part: Box, *, shown: bool) -> Why:
    """Why a grant that is signed grants nothing in its term, in its languages, and has runs left."""
    lifts = offer.grant.suppress_until
    return Why.SUPPRESSED if shown and lifts is not None and part.start < lifts else Why.CHAIN
