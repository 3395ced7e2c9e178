"""Whether a named person may be given a copy to look at, and until when.

A screener shows a title to somebody who may buy, programme or write about it; it uses none of the rights that are sold.
It is therefore allowed, at every instant and in every territory and language, where we hold some right for certain that
no holdback of a mandate takes from us. A title without any mandate needs some licence of its own there. Another one's
exclusivity does not forbid it. A holdback of any deal that names screenings (SCREENINGS, or a group that they are in)
does. What is not known yet forbids all that it may come to forbid.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assets.rights import tree
from assets.rights.answers import Claim, Refusal, Why, refusal
from assets.rights.boxes import Box, remainder
from assets.rights.cells import Cell, Standing, cut, holding
from assets.rights.engine import IndexedTitle
from assets.rights.entries import BARS, GIVES, Entry
from assets.rights.languages import Carrier
from assets.rights.questions import Question, Ruled, asked_box, in_few, nothing_asked, reasons
from assets.rights.signing import as_signed
from assets.rights.spans import OPEN

SCREENINGS = frozenset({"festival", "public-screenings"})
"""The rights that a holdback names where it means that nobody may be shown the title."""

_ANY = 1
"""Some right, whichever: the bit that stands for all of them where only time, territory and language count."""


@dataclass(frozen=True, slots=True)
class Screening:
    """Whether a copy may be given now, by which grants, and until which instant (seconds) that lasts.

    `refusals` are every reason why not, now; `holds` are holdbacks that are not signed and would forbid it.
    """

    until: int = 0
    grants: tuple[Claim, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    holds: tuple[Claim, ...] = ()
    no_mandate: bool = False

    @property
    def allowed(self) -> bool:
        """Whether it may be given."""
        return not self.refusals


def may_screen(
    title: IndexedTitle, territories: frozenset[str], at: int, tongues: frozenset[tuple[Carrier, str]] | None = None
) -> Screening:
    """Whether a copy may be given to somebody in all of some territories at an instant.

    `tongues` are the languages that the copy carries; None asks for all.
    """
    title = as_signed(title, at)
    question = Question(frozenset(tree.leaves()), territories, at, until=OPEN, tongues=tongues)
    asked = asked_box(title, question)
    if not asked:
        return Screening(refusals=(nothing_asked(title, question),), no_mandate=not title.has_mandate)
    cells = [(cell, _standing(title, cell)) for cell in cut(asked, title.entries)]
    shown = asked._replace(rights=title.universe.rights.mask(SCREENINGS))
    bars = [entry for entry in title.entries if entry.role is BARS and entry.box.meets(shown)]
    binding = [entry for entry in bars if entry.binds]
    wrong = (*_barred(title, binding, shown), *_unheld(title, cells, asked))
    ends = [*_lapses(cells, asked), *(entry.box.start for entry in binding)]
    return Screening(
        until=0 if wrong else min(ends, default=OPEN),
        grants=() if wrong else _grants(cells, at),
        refusals=wrong,
        holds=_once(entry.claim for entry in bars if not entry.binds),
        no_mandate=not title.has_mandate,
    )


def _standing(title: IndexedTitle, cell: Cell) -> Standing:
    """What lets a copy be seen in a cell: what we hold, or, where no mandate is recorded, what was licensed."""
    entries = cell.entries
    barring = tuple(
        (Why.HELD_BACK, entry.claim) for entry in entries if entry.of_mandate and entry.role is BARS and entry.binds
    )
    if title.has_mandate:
        held = tuple(entry.claim for entry in holding(title, entries))
        return Standing(held, (), barring, lacks_mandate=not held, lacks_licence=False)
    given = tuple(entry.claim for entry in entries if entry.role is GIVES and entry.binds)
    return Standing((), given, (), lacks_mandate=False, lacks_licence=not given)


Cells = Sequence[tuple[Cell, Standing]]


def _lapses(cells: Cells, asked: Box) -> list[int]:
    """When nothing is held any more, somewhere, in some language."""
    return [box.start for box in remainder([asked._replace(rights=_ANY)], _free(cells))]


def _free(cells: Cells) -> list[Box]:
    return [box._replace(rights=_ANY) for cell, standing in cells if standing.allowed for box in cell.boxes]


def _grants(cells: Cells, at: int) -> tuple[Claim, ...]:
    """Who allows it at an instant."""
    found = (standing for cell, standing in cells if standing.allowed and any(at in box.span for box in cell.boxes))
    return _once(claim for standing in found for claim in (*standing.mandates, *standing.licences))


def _unheld(title: IndexedTitle, cells: Cells, asked: Box) -> tuple[Refusal, ...]:
    """Why nothing is held at the first instant, where nothing is; the deals that say so before what none speaks of."""
    first = asked._replace(end=asked.start + 1)
    left = remainder([first._replace(rights=_ANY)], _free(cells))
    found: list[Refusal] = []
    for box in left:
        whole = box._replace(rights=asked.rights)
        for cell, standing in cells:
            for part in (box.meet(whole) for box in cell.boxes if box.meets(whole)):
                found += reasons(title, part, [Ruled(cell._replace(boxes=[part]), standing)])
    told = 0
    for reason in found:
        told |= reason.territory_bits if reason.claim else 0
    nobody = [reason._replace(territory_bits=reason.territory_bits & ~told) for reason in found if not reason.claim]
    return in_few([*(reason for reason in found if reason.claim), *(reason for reason in nobody if reason.box)])


def _barred(title: IndexedTitle, binding: Iterable[Entry], shown: Box) -> tuple[Refusal, ...]:
    """The holdbacks of screenings that bind at the first instant."""
    first = shown._replace(end=shown.start + 1)
    return in_few(
        refusal(Why.HELD_BACK, entry.claim, entry.box.meet(first), title.universe)
        for entry in binding
        if entry.box.meets(first)
    )


def _once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(dict.fromkeys(claims))
