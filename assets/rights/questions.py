"""What may be delivered, shown, announced and sold: a question about one title, and its answer.

Nothing here can be overridden: an answer is made of the deals and of the instant asked about, and of nothing else.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import chain, starmap
from typing import NamedTuple

from assets.rights.answers import Answer, Claim, Refusal, Refusals, Why
from assets.rights.boxes import Box, made, merged, remainder
from assets.rights.cells import Cell, Standing, cut, delivering, pending
from assets.rights.engine import Entry, IndexedTitle
from assets.rights.lacking import Reason, lacking
from assets.rights.languages import Carrier
from assets.rights.model import Side
from assets.rights.sales import parts, selling
from assets.rights.signing import as_signed


class Verb(StrEnum):
    """What is to be done with a right."""

    DELIVER = "deliver"
    SHOW = "show"
    """Deliver, and be visible to the public."""
    SELL = "sell"
    SELL_EXCLUSIVELY = "sell-exclusively"


SALES = frozenset({Verb.SELL, Verb.SELL_EXCLUSIVELY})


@dataclass(frozen=True, slots=True)
class Question:
    """Whether all of some rights may be used so, in all of some territories, from `at` until just before `until`.

    Rights are leaves of the tree and territories are atoms. `until` None asks about the instant `at` alone (seconds).
    `tongues` are languages and what carries them, all of which must be allowed; None asks whether any is.
    """

    rights: frozenset[str]
    territories: frozenset[str]
    at: int
    verb: Verb = Verb.DELIVER
    until: int | None = None
    tongues: frozenset[tuple[Carrier, str]] | None = None


class Ruled(NamedTuple):
    """A cell, what the deals say in it, and how to find every reason if they forbid it."""

    cell: Cell
    standing: Standing
    find: Callable[[Cell, Standing], Sequence[Reason]]

    @property
    def reasons(self) -> Sequence[Reason]:
        """Every reason that forbids it."""
        return self.find(self.cell, self.standing)


def ask(title: IndexedTitle, question: Question) -> Answer:
    """The answer for one title."""
    asked = asked_box(title, question)
    if not asked:
        return Answer(
            title.title, allowed=False, refusals=(nothing_asked(title, question),), no_mandate=not title.has_mandate
        )
    title = as_signed(title, question.at)
    found = _for_sale(title, asked, question.verb) if question.verb in SALES else _leaving(title, asked, question.verb)
    return answer(title, found, asked, any_language=question.tongues is None)


def asked_box(title: IndexedTitle, question: Question) -> Box:
    """What a question is about; empty if it is about nothing."""
    return Box(
        title.universe.rights.mask(question.rights),
        title.universe.territories.mask(question.territories),
        tongues_mask(title, question.tongues),
        question.at,
        question.at + 1 if question.until is None else question.until,
    )


def tongues_mask(title: IndexedTitle, tongues: frozenset[tuple[Carrier, str]] | None) -> int:
    """The bits of languages and their carriers; of all if None."""
    if tongues is None:
        return title.universe.tongues.all
    found = 0
    for carrier, tag in tongues:
        found |= title.universe.tongues.one(carrier, tag)
    return found


def nothing_asked(title: IndexedTitle, question: Question) -> Refusal:
    """The refusal of a question about no right, no territory, no language or no time."""
    asked = asked_box(title, question)._replace(languages=title.universe.tongues.all)
    return Refusal(Why.NOTHING_ASKED, None, asked, title.universe)


def _leaving(title: IndexedTitle, asked: Box, verb: Verb) -> list[Ruled]:
    shown = verb is Verb.SHOW
    cells = cut([asked], title.shown if shown else title.entries)
    return _judged(title, cells, partial(delivering, title), shown=shown)


def _for_sale(title: IndexedTitle, asked: Box, verb: Verb) -> list[Ruled]:
    found: list[Ruled] = []
    for part in parts(title, asked):

        def judge(entries: Sequence[Entry], sounds: Sequence[int] = part.sounds) -> Standing:
            return selling(title, entries, sounds, exclusive=verb is Verb.SELL_EXCLUSIVELY)

        found += _judged(title, cut([part.asked], part.entries), judge, shown=False)
    return found


def _judged(
    title: IndexedTitle, cells: Iterable[Cell], judge: Callable[[Sequence[Entry]], Standing], *, shown: bool
) -> list[Ruled]:
    """Cells with what the deals say in them; those that the same entries cover are judged once."""
    standings: dict[int, Standing] = {}
    find = partial(reasons, title, shown=shown)
    found = []
    for cell in cells:
        if (standing := standings.get(id(cell.entries))) is None:
            standing = standings[id(cell.entries)] = judge(cell.entries)
        found.append(made(Ruled, (cell, standing, find)))
    return found


def reasons(
    title: IndexedTitle, cell: Cell, standing: Standing, *, shown: bool = False, only: Claim | None = None
) -> list[Reason]:
    """Every reason that forbids what lies in a cell; `only` is the grant that it is asked about, if it is one."""
    found: list[Reason] = []
    if standing.lacks_mandate and not title.has_mandate:
        found.append((Why.NO_MANDATE, None, cell.box))
    elif standing.lacks_mandate:
        found += lacking(title, Side.MANDATE, cell, shown=shown)
    elif standing.silent:
        heard = cell._replace(box=cell.box._replace(languages=standing.silent))
        silent = lacking(title, Side.MANDATE, heard, shown=shown)
        found += [(why, claim, box._replace(languages=cell.box.languages)) for why, claim, box in silent]
    if standing.lacks_licence:
        found += lacking(title, Side.LICENCE, cell, shown=shown, only=only)
    found += [(why, claim, cell.box) for why, claim in standing.forbidden]
    return found


def answer(title: IndexedTitle, cells: Iterable[Ruled], asked: Box, *, any_language: bool) -> Answer:
    """The answer that cells make together, which are all of what was asked; several may speak of the same points."""
    cells = list(cells)
    granted: list[Ruled] = []
    forbidden: list[Ruled] = []
    for item in cells:
        (granted if item.standing.allowed else forbidden).append(item)
    exactly = [item.cell.box for item in granted]
    enough = [box._replace(languages=asked.languages) for box in exactly] if any_language else exactly
    refused: list[tuple[Ruled, list[Box]]] = []
    limited: list[tuple[Ruled, list[Box]]] = []
    for item in forbidden:
        whole = item.cell.box
        if not any(map(whole.meets, enough)):
            refused.append((item, [whole]))
            continue
        if denied := remainder([whole], enough):
            refused.append((item, denied))
        if rest := remainder([whole], [*denied, *exactly]):
            limited.append((item, rest))
    return Answer(
        title.title,
        allowed=not refused,
        licences=_once(claim for item in granted for claim in item.standing.licences),
        mandates=_once(claim for item in granted for claim in item.standing.mandates),
        refusals=_refusals(title, refused),
        limits=_refusals(title, limited),
        holds=pending(chain.from_iterable({id(item.cell.entries): item.cell.entries for item in cells}.values())),
        no_mandate=not title.has_mandate,
    )


def _refusals(title: IndexedTitle, forbidden: Sequence[tuple[Ruled, Sequence[Box]]]) -> Sequence[Refusal]:
    """Why each cell is forbidden in some boxes, which are all of it or a part of it."""
    if not forbidden:
        return ()
    return Refusals(lambda: refusals(title, chain.from_iterable(starmap(_clipped, forbidden))))


def _clipped(item: Ruled, boxes: Sequence[Box]) -> Sequence[Reason]:
    """The reasons for what lies in some boxes of a cell only."""
    if boxes[0] is item.cell.box:
        return item.reasons
    return [(why, claim, box.meet(part)) for why, claim, box in item.reasons for part in boxes if box.meets(part)]


def refusals(title: IndexedTitle, reasons: Iterable[Reason]) -> tuple[Refusal, ...]:
    """Reasons as refusals: each says exactly what it forbids, in as few boxes as can say it."""
    boxes: dict[tuple[Why, Claim | None], list[Box]] = {}
    for why, claim, box in reasons:
        boxes.setdefault((why, claim), []).append(box)
    universe = title.universe
    return tuple(
        [
            made(Refusal, (why, claim, box, universe))
            for (why, claim), found in boxes.items()
            for box in (merged(found) if len(found) > 1 else found)
        ]
    )


def _once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(dict.fromkeys(claims))
