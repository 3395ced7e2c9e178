"""Whether a copy may leave under one grant, and whether a title may be announced.

A copy that was delivered stays with the platform. It is therefore asked about everything that remains of the window:
what forbids it from the first instant on is a refusal, what will forbid it later is told with the day it begins. The
first instant is that of the delivery, or the opening of the window where a copy is delivered ahead of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from assets.rights.answers import Answer, Claim, Refusal, Why, refusal
from assets.rights.boxes import Box, remainder
from assets.rights.cells import Cell, cut, delivering, given_by, pending
from assets.rights.engine import IndexedTitle
from assets.rights.entries import GIVES, Offer
from assets.rights.languages import Carrier
from assets.rights.model import Grant, Side
from assets.rights.questions import Question, Ruled, answer, asked_box, in_few, nothing_asked, reasons, tongues_mask
from assets.rights.signing import as_signed


@dataclass(frozen=True, slots=True)
class Delivery:
    """A copy that is to leave under a grant, at an instant (seconds), to all of some territories.

    `tongues` are the languages that the copy carries; None: every language of the grant. `deal` is needed only where
    two deals have a grant of the same id.
    """

    grant: str
    rights: frozenset[str]
    territories: frozenset[str]
    at: int
    tongues: frozenset[tuple[Carrier, str]] | None = None
    deal: str = ""


def forbids(title: IndexedTitle, delivery: Delivery) -> Answer:
    """Everything that forbids a delivery now (`refusals`) and later in the window (`later`)."""
    title = as_signed(title, delivery.at)
    offer = _offer(title, delivery)
    begun = Question(delivery.rights, delivery.territories, delivery.at, tongues=delivery.tongues)
    asked = asked_box(title, begun)
    if offer is not None:
        asked = _remaining(title, offer, asked, delivery)
    no_mandate = not title.has_mandate
    if not asked:
        return Answer(title.title, allowed=False, refusals=(nothing_asked(title, begun),), no_mandate=no_mandate)
    if offer is None:
        nobody = refusal(Why.NOT_LICENSED, None, asked, title.universe)
        return Answer(title.title, allowed=False, refusals=(nobody,), no_mandate=no_mandate)
    claim = offer.claim
    cells = cut(asked, title.entries)
    parts = [Ruled(cell, delivering(title, cell.entries, claim)) for cell in cells]
    found = in_few(reasons(title, asked, parts, only=claim))
    now = tuple(item for item in found if asked.start in item.span)
    later = sorted((item for item in found if asked.start not in item.span), key=lambda item: item.span)
    return Answer(
        title.title,
        allowed=not now,
        licences=() if now else (claim,),
        mandates=() if now else tuple(dict.fromkeys(held for part in parts for held in part.standing.mandates)),
        refusals=now,
        later=tuple(later),
        holds=tuple(dict.fromkeys(hold for cell in cells for hold in pending(cell.entries) if hold is not claim)),
        no_mandate=no_mandate,
    )


def _offer(title: IndexedTitle, delivery: Delivery) -> Offer | None:
    """The grant of a licence that a delivery names."""
    named = (
        offer
        for offer in title.offers
        if offer.grant.id == delivery.grant
        and offer.claim.deal.side is Side.LICENCE
        and delivery.deal in {"", offer.claim.deal.id}
    )
    return next(named, None)


def _remaining(title: IndexedTitle, offer: Offer, asked: Box, delivery: Delivery) -> Box:
    """What a delivery is asked about: from the first instant on, all that remains of the window."""
    languages = offer.box.languages if delivery.tongues is None else tongues_mask(title, delivery.tongues)
    term = offer.grant.scope.term.certain
    if not term or delivery.at >= term.end:
        return asked._replace(languages=languages)
    return asked._replace(languages=languages, start=max(delivery.at, term.start), end=term.end)


def may_announce(title: IndexedTitle, question: Question) -> Answer:
    """Whether a title may be announced at an instant: it may leave when its window opens, and no embargo is on."""
    title = as_signed(title, question.at)
    asked = asked_box(title, question)._replace(end=question.at + 1)
    if not asked:
        return Answer(
            title.title, allowed=False, refusals=(nothing_asked(title, question),), no_mandate=not title.has_mandate
        )
    offered = [
        entry
        for entry in title.entries
        if entry.role is GIVES and entry.binds and not entry.of_mandate and entry.box.end > question.at
    ]
    found: list[_Opening] = []
    left = [asked]
    for entry in offered:
        opening = max(question.at, entry.box.start)
        begins = asked.meet(entry.box._replace(start=asked.start, end=asked.end))
        if begins:
            found += _openings(title, entry.claim, begins._replace(start=opening, end=opening + 1), question.at)
            left = remainder(left, [begins])
    found += [
        _Opening(box, [Ruled(cell, delivering(title, cell.entries)) for cell in cut(box, title.entries)])
        for box in left
    ]
    now = [item._replace(cell=_at(item.cell, asked)) for opening in found for item in opening.ruled]
    return answer(title, now, partial(_reasons, title, found, asked), asked, any_language=question.tongues is None)


class _Opening(NamedTuple):
    """A part of the opening of a grant, and what the deals say in it; without a grant what none opens, as it is now."""

    whole: Box
    ruled: Sequence[Ruled]
    claim: Claim | None = None


def _openings(title: IndexedTitle, claim: Claim, opening: Box, at: int) -> Iterator[_Opening]:
    """What a grant says of being announced at `at`, by cells of its opening."""
    for cell in cut(opening, title.entries):
        standing = delivering(title, cell.entries, claim)
        given = [entry for entry in cell.entries if entry.of_mandate and entry.role is GIVES and entry.binds]
        silent = [entry.claim for entry in given if _is_embargoed(entry.claim, at)]
        free = tuple(held.claim for held in given_by(title, [entry for entry in given if entry.claim not in silent]))
        embargoes = [claim] if _is_embargoed(claim, at) else []
        if standing.mandates and not free:
            embargoes += silent
        told = standing._replace(
            mandates=free, forbidden=(*standing.forbidden, *((Why.EMBARGOED, by) for by in embargoes))
        )
        yield from (_Opening(box, [Ruled(cell._replace(boxes=[box]), told)], claim) for box in cell.boxes)


def _at(cell: Cell, asked: Box) -> Cell:
    """A cell of an opening, as if it were open when it is asked about."""
    return cell._replace(boxes=[box._replace(start=asked.start, end=asked.end) for box in cell.boxes])


def _reasons(
    title: IndexedTitle, openings: Iterable[_Opening], asked: Box, without: Iterable[Box]
) -> Iterator[Refusal]:
    """The reasons of openings as reasons now, `without` what lies in some boxes."""
    for whole, ruled, claim in openings:
        then = [box._replace(start=whole.start, end=whole.end) for box in without]
        for reason in reasons(title, whole, ruled, then, only=claim):
            yield reason._replace(start=asked.start, end=asked.end)


def _is_embargoed(claim: Claim, at: int) -> bool:
    return isinstance(claim.item, Grant) and claim.item.announce is not None and at < claim.item.announce
