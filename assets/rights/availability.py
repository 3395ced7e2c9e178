"""A title's rights as a grid over time: what may leave, what can still be sold, and what ends soon."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assets.rights.answers import Claim, Why
from assets.rights.boxes import Box, merged
from assets.rights.cells import Standing, cut, delivering, forbids_others, pending, selling
from assets.rights.engine import Entry, IndexedTitle, Role
from assets.rights.questions import Question, asked_box
from assets.rights.signing import as_signed
from assets.rights.spans import Span


class State(StrEnum):
    """What can be done with a right, from most to least."""

    EXCLUSIVE = "exclusive"
    """It can be sold, exclusively too."""
    NON_EXCLUSIVE = "non-exclusive"
    """It can be sold, but not exclusively."""
    ON_HOLD = "on-hold"
    """A pending deal would take it."""
    LICENSED = "licensed"
    """It may be delivered under a licence."""
    SOLD = "sold"
    """An exclusive licence has it."""
    HELD_BACK = "held-back"
    """A holdback forbids it."""
    NOT_HELD = "not-held"
    """No mandate gives it to us."""
    NOT_LICENSED = "not-licensed"
    """No licence allows it to leave."""


FOR_SALE = (State.EXCLUSIVE, State.NON_EXCLUSIVE, State.ON_HOLD)
"""What can be sold, or could if a pending deal came to nothing."""


@dataclass(frozen=True, slots=True)
class Patch:
    """Some rights in some territories and languages for some time, in which one thing is true.

    `claims` are the deals that make it so: those that allow it, or those that forbid it. `languages` are words, empty
    for all languages.
    """

    state: State
    rights: frozenset[str]
    territories: frozenset[str]
    span: Span
    languages: tuple[str, ...]
    claims: tuple[Claim, ...]
    holds: tuple[Claim, ...]


Known = tuple[State, tuple[Claim, ...], tuple[Claim, ...]]
"""What is true of a cell: its state, the deals that make it so, and pending deals."""


def deliverable(title: IndexedTitle, question: Question) -> tuple[Patch, ...]:
    """What may leave and what may not of what is asked about, from `at` until `until`, cut where the answer changes."""
    return _patches(title, question, _leaving, frozenset(State))


def sellable(title: IndexedTitle, question: Question, only: Collection[State] = frozenset(State)) -> tuple[Patch, ...]:
    """What can still be sold of what is asked about, from `at` until `until`, cut where the answer changes.

    Of `only` these states; the others are not worked out in full.
    """
    return _patches(title, question, _for_sale, only)


def _patches(
    title: IndexedTitle,
    question: Question,
    judge: Callable[[IndexedTitle, Sequence[Entry]], Known],
    only: Collection[State],
) -> tuple[Patch, ...]:
    title = as_signed(title, question.at)
    asked = asked_box(title, question)
    if not asked:
        return ()
    boxes: dict[Known, list[Box]] = {}
    judged: dict[int, list[Box]] = {}  # by the identity of the entries: all cells that they cover are alike
    for cell in cut([asked], title.entries):
        if (same := judged.get(id(cell.entries))) is None:
            same = judged[id(cell.entries)] = boxes.setdefault(judge(title, cell.entries), [])
        same.append(cell.box)
    rights, territories, tongues = title.universe.rights, title.universe.territories, title.universe.tongues
    found = [
        (box.start, box.end, rights.ordered(box.rights), territories.ordered(box.territories), box, known)
        for known, same in boxes.items()
        if known[0] in only
        for box in merged(same)
    ]
    found.sort(key=_place)
    return tuple(
        [
            Patch(
                known[0],
                rights.names(box.rights),
                territories.names(box.territories),
                box.span,
                tongues.words(box.languages),
                known[1],
                known[2],
            )
            for *_, box, known in found
        ]
    )


def _place(item: tuple[int, int, tuple[str, ...], tuple[str, ...], Box, Known]) -> tuple[object, ...]:
    """Patches stand in the order of time, then of rights and territories."""
    return item[:4]


def _leaving(title: IndexedTitle, entries: Sequence[Entry]) -> Known:
    standing = delivering(title, entries)
    holds = pending(entries)
    if standing.allowed:
        return State.LICENSED, (*standing.licences, *standing.mandates), holds
    if standing.lacks_mandate:
        return State.NOT_HELD, (), holds
    if standing.lacks_licence:
        return State.NOT_LICENSED, (), holds
    return _forbidden(standing), tuple(claim for _, claim in standing.forbidden), holds


def _for_sale(title: IndexedTitle, entries: Sequence[Entry]) -> Known:
    holds = pending(entries)
    at_all = selling(title, entries, exclusive=False)
    if at_all.lacks_mandate:
        return State.NOT_HELD, (), holds
    if not at_all.allowed:
        return _forbidden(at_all), tuple(claim for _, claim in at_all.forbidden), holds
    wanted = [entry for entry in entries if not entry.binds and not entry.of_mandate and forbids_others(entry)]
    if wanted:
        return State.ON_HOLD, at_all.mandates, holds
    exclusively = selling(title, entries, exclusive=True)
    if exclusively.allowed:
        return State.EXCLUSIVE, exclusively.mandates, holds
    return State.NON_EXCLUSIVE, (*at_all.mandates, *(claim for _, claim in exclusively.forbidden)), holds


def _forbidden(standing: Standing) -> State:
    """What the deals that forbid make of a cell: a sale tells more than a holdback."""
    return State.SOLD if any(why is Why.EXCLUSIVE for why, _ in standing.forbidden) else State.HELD_BACK


@dataclass(frozen=True, slots=True)
class Ending:
    """A grant or a holdback of a title that ends at an instant (seconds)."""

    title: str
    end: int
    claim: Claim


class Endings:
    """Everything signed of a catalogue in the order in which it ends."""

    def __init__(self, titles: Iterable[IndexedTitle]) -> None:
        found = (
            Ending(title.title, entry.box.end, entry.claim)
            for title in titles
            for entry in title.entries
            if entry.binds and (entry.role is Role.BARS or entry.role is _own_role(entry))
        )
        self._endings = sorted(found, key=lambda ending: (ending.end, ending.title))

    def within(self, span: Span) -> tuple[Ending, ...]:
        """What ends at an instant of a span. What has no end is not in any."""
        first = bisect_left(self._endings, span.start, key=_end)
        return tuple(self._endings[first : bisect_left(self._endings, span.end, key=_end)])


def _own_role(entry: Entry) -> Role:
    """The one role of a grant by which it is counted: every licence takes, every mandate that is certain gives."""
    return Role.GIVES if entry.of_mandate else Role.TAKES


def _end(ending: Ending) -> int:
    return ending.end
