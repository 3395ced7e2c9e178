"""Licences that sell more than the mandates give, mandates that give more than they rest on, and gaps between them."""

from collections.abc import Iterable, Iterator

from assets.rights.answers import Why
from assets.rights.boxes import Box, merged, remainder
from assets.rights.contradictions import Kind, Met, gives, is_settled
from assets.rights.engine import IndexedTitle
from assets.rights.entries import Offer
from assets.rights.lacking import lacking
from assets.rights.model import Side, Status
from assets.rights.spans import BEGINNING, OPEN


def coverage(title: IndexedTitle) -> Iterator[Met]:
    """Everything that is granted and not covered, for a title that has mandates."""
    if not title.has_mandate:
        return
    mandates = [offer for offer in title.offers if offer.claim.deal.side is Side.MANDATE]
    covered = {id(offer): _held(title, mandates, offer) for offer in mandates}
    held = [box for offer in mandates if offer.claim.deal.id not in title.links for box in covered[id(offer)]]
    for offer in title.offers:
        if offer.claim.deal.status is Status.DRAFT:
            continue
        if offer.claim.deal.side is Side.LICENCE:
            yield from _outside(title, offer, held)
        elif offer.claim.deal.under:
            yield from _chain(title, mandates, offer)
    everything = [box for boxes in covered.values() for box in boxes]
    giving = [offer for offer in mandates if offer.claim.deal.binds and gives(offer.claim)]
    yield from _gaps([offer for offer in giving if offer.claim.deal.id not in title.links], held)
    yield from _gaps([offer for offer in giving if offer.claim.deal.id in title.links], everything)


def _held(title: IndexedTitle, mandates: Iterable[Offer], offer: Offer) -> list[Box]:
    """What a mandate's grant gives whom it was given to: what the grants of all mandates of its chain cover too."""
    chain = title.chains[offer.claim.deal.id]
    if chain is None or not offer.claim.deal.binds or not gives(offer.claim):
        return []
    boxes = [offer.box]
    for mandate in chain - {offer.claim.deal.id}:
        given = [item.box for item in mandates if item.claim.deal.id == mandate and gives(item.claim)]
        boxes = [box.meet(other) for box in boxes for other in given if box.meets(other)]
    return boxes


def _outside(title: IndexedTitle, offer: Offer, held: Iterable[Box]) -> Iterator[Met]:
    """What a licence's grant sells that we do not hold. Where its dates are not known, what we never hold."""
    if not offer.grant.scope.term.certain:
        held = [box._replace(start=BEGINNING, end=OPEN) for box in held]
    found: dict[tuple[Why, int], list[Box]] = {}
    claims = {}
    for piece in remainder([offer.box] if offer.box else [], held):
        for item in lacking(title, Side.MANDATE, piece, shown=False):
            found.setdefault((item.why, id(item.claim)), []).append(item.box)
            claims[id(item.claim)] = item.claim
    for (why, key), boxes in found.items():
        kind = Kind.LANGUAGES_OUTSIDE_MANDATE if why is Why.LANGUAGE else Kind.OUTSIDE_MANDATE
        yield Met(kind, offer.claim, claims[key], tuple(boxes), is_settled(offer.claim), why)


def _chain(title: IndexedTitle, mandates: Iterable[Offer], offer: Offer) -> Iterator[Met]:
    """What a mandate's grant gives that the mandate it rests on does not."""
    deal = offer.claim.deal
    if not offer.box:
        return
    if title.chains.get(deal.under) is None or title.chains[deal.id] is None:
        above = next((item.claim for item in mandates if item.claim.deal.id == deal.under), None)
        yield Met(Kind.BROKEN_CHAIN, offer.claim, above, (offer.box,), is_settled(offer.claim))
        return
    over = [item for item in mandates if item.claim.deal.id == deal.under]
    given = [box for item in over for box in _held(title, mandates, item)]
    if not offer.grant.scope.term.certain:
        given = [box._replace(start=BEGINNING, end=OPEN) for box in given]
    left = remainder([offer.box], given)
    if left:
        second = over[0].claim if over else None
        yield Met(Kind.OUTSIDE_CHAIN, offer.claim, second, tuple(left), is_settled(offer.claim))


def _gaps(mandates: list[Offer], held: list[Box]) -> Iterator[Met]:
    """Between the end of a mandate's grant and the start of its renewal: what nobody gives us meanwhile."""
    begins = sorted(mandates, key=lambda offer: offer.box.start)
    for number, renewal in enumerate(begins):
        for ended in begins[:number]:
            if ended.box.end >= renewal.box.start:
                continue
            between = renewal.box.meet(ended.box._replace(start=renewal.box.start, end=OPEN))
            if not between:
                continue
            start, end = ended.box.end, renewal.box.start
            left = merged(remainder([between._replace(start=start, end=end)], held))
            gaps = tuple(box for box in left if box.start == start and box.end == end)
            if gaps:
                yield Met(Kind.MANDATE_GAP, ended.claim, renewal.claim, gaps, is_error=False)
