"""A title's rights as a grid over time: what may leave, what can still be sold, and what ends soon."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from assets.rights.answers import Claim, Named, Why
from assets.rights.boxes import IN_ORDER, Box, made
from assets.rights.cells import delivering, pending
from assets.rights.engine import BARS, GIVES, TAKES, Entry, IndexedTitle, Universe
from assets.rights.questions import Question, asked_box
from assets.rights.sales import Part, exclusively, forbids_sale, parts, sale
from assets.rights.signing import as_signed
from assets.rights.spans import OPEN, Span
from assets.rights.sweep import Ground


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


Known = tuple[State, tuple[Claim, ...], tuple[Claim, ...]]
"""What is true of a point: its state, the deals that make it so, and pending deals."""


class _Patched(NamedTuple):
    known: Known
    box: Box
    universe: Universe


class Patch(Named, _Patched):
    """Some rights in some territories and languages for some time, in which one thing is true."""

    __slots__ = ()

    @property
    def state(self) -> State:
        """What is true."""
        return self.known[0]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The deals that make it so: those that allow it, or those that forbid it."""
        return self.known[1]

    @property
    def holds(self) -> tuple[Claim, ...]:
        """The deals that are not signed and would change it."""
        return self.known[2]


def deliverable(title: IndexedTitle, question: Question) -> tuple[Patch, ...]:
    """What may leave and what may not of what is asked about, from `at` until `until`, cut where the answer changes."""
    title = as_signed(title, question.at)
    asked = asked_box(title, question)
    if not asked:
        return ()

    return _patches(title, Ground(asked, title.entries, partial(_leaving, title)).stretches(asked.span))


def sellable(title: IndexedTitle, question: Question, only: Collection[State] = frozenset(State)) -> tuple[Patch, ...]:
    """What can still be sold of what is asked about, from `at` until `until`, cut where the answer changes.

    Of `only` these states; the others are not worked out in full. To ask once more what can be sold for ever from
    another day on takes less than half the time.
    """
    title = as_signed(title, question.at)
    asked = asked_box(title, question)
    if not asked:
        return ()
    grounds = _grounds(title, asked, hiding=_FORBIDDEN.isdisjoint(only))
    found = [stretch for ground in grounds for stretch in ground.stretches(asked.span) if stretch[0][0] in only]
    return _patches(title, found if len(grounds) == 1 else _together(found))


def _grounds(title: IndexedTitle, asked: Box, *, hiding: bool) -> list[Ground[Known]]:
    """What can be sold, in what is heard and what is read if they differ; when `hiding`, not what is forbidden.

    What can be sold from some day on is asked as of many days: what was found for one is kept for those after it.
    """
    what = (*asked[:3], hiding)
    if asked.end == OPEN and (known := title.grounds.get(what)) and known[0].start <= asked.start:
        return known
    found = [_ground(title, part, hiding=hiding) for part in parts(title, asked)]
    if asked.end == OPEN:
        title.grounds[what] = found
    return found


def _ground(title: IndexedTitle, part: Part, *, hiding: bool) -> Ground[Known]:
    judge = partial(_for_sale, title, part.sounds)
    return Ground(part.asked, part.entries, judge, forbids_sale if hiding else None)


_FORBIDDEN = frozenset({State.SOLD, State.HELD_BACK})


def _together(found: Iterable[tuple[Known, Box]]) -> list[tuple[Known, Box]]:
    """What is heard and what is read, told together where the same is true of both."""
    tongues: dict[tuple[Known, Box], int] = {}
    for known, box in found:
        same = known, box._replace(languages=0)
        tongues[same] = tongues.get(same, 0) | box.languages
    return [(known, box._replace(languages=languages)) for (known, box), languages in tongues.items()]


def _patches(title: IndexedTitle, found: Iterable[tuple[Known, Box]]) -> tuple[Patch, ...]:
    """Patches in the order of time, then of rights and territories."""
    universe = title.universe
    return tuple(sorted([made(Patch, (known, box, universe)) for known, box in found], key=_place))


def _place(patch: Patch) -> tuple[int, ...]:
    place: tuple[int, ...] = IN_ORDER(patch.box)
    return place


def _leaving(title: IndexedTitle, entries: Sequence[Entry]) -> Known:
    standing = delivering(title, entries)
    holds = pending(entries)
    if standing.allowed:
        return State.LICENSED, (*standing.licences, *standing.mandates), holds
    if standing.lacks_mandate:
        return State.NOT_HELD, (), holds
    if standing.lacks_licence:
        return State.NOT_LICENSED, (), holds
    return _forbidden(standing.forbidden), tuple(claim for _, claim in standing.forbidden), holds


def _for_sale(title: IndexedTitle, sounds: Sequence[int], entries: Sequence[Entry]) -> Known:
    found = sale(title, entries, sounds)
    holds = tuple(found.holds)
    if found.lacks:
        return State.NOT_HELD, (), holds
    if found.forbidden:
        return _forbidden(found.forbidden), tuple([claim for _, claim in found.forbidden]), holds
    if found.wanted:
        return State.ON_HOLD, tuple([entry.claim for entry in found.held]), holds
    if wholly := exclusively(title, found):
        return State.EXCLUSIVE, tuple([entry.claim for entry in wholly]), holds
    return State.NON_EXCLUSIVE, (*[entry.claim for entry in found.held], *found.sold), holds


def _forbidden(forbidden: Iterable[tuple[Why, Claim]]) -> State:
    """What the deals that forbid make of a cell: a sale tells more than a holdback."""
    return State.SOLD if any(why is Why.EXCLUSIVE for why, _ in forbidden) else State.HELD_BACK


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
            Ending(title.title, box.end, claim)
            for title in titles
            for claim, box in {entry.claim: entry.box for entry in title.entries if _is_own(entry)}.items()
        )
        self._endings = sorted(found, key=lambda ending: (ending.end, ending.title))

    def within(self, span: Span) -> tuple[Ending, ...]:
        """What ends at an instant of a span. What has no end is not in any."""
        first = bisect_left(self._endings, span.start, key=_end)
        return tuple(self._endings[first : bisect_left(self._endings, span.end, key=_end)])


def _is_own(entry: Entry) -> bool:
    """Whether an entry stands for what it says itself: every licence takes, every mandate that is certain gives."""
    own = GIVES if entry.of_mandate else TAKES
    return entry.binds and (entry.role is BARS or entry.role is own)


def _end(ending: Ending) -> int:
    return ending.end
