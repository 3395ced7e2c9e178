"""A title's rights as a grid over time: what may leave, what can still be sold, and what ends soon."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import chain
from typing import NamedTuple

from assets.rights.answers import Claim, Named, Why
from assets.rights.boxes import Box, made
from assets.rights.cells import Standing, delivering, pending
from assets.rights.engine import IndexedTitle
from assets.rights.entries import BARS, GIVES, TAKES, Entry, Universe
from assets.rights.masks import set_bits
from assets.rights.questions import Question, asked_box
from assets.rights.sales import claims, parts, sale, wholly
from assets.rights.signing import as_signed
from assets.rights.spans import BEGINNING, OPEN, Span
from assets.rights.sweep import Field, Judge, stretches
from assets.rights.voices import Voices


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


ALL_STATES = frozenset(State)
FOR_SALE = frozenset({State.EXCLUSIVE, State.NON_EXCLUSIVE, State.ON_HOLD})
"""What can be sold, or could if a pending deal came to nothing."""


class Known(NamedTuple):
    """What is true of a point: its state, the deals that make it so, and pending deals."""

    state: State
    claims: tuple[Claim, ...]
    holds: tuple[Claim, ...]


class _Patched(NamedTuple):
    start: int
    end: int
    rights_bits: int
    territory_bits: int
    language_bits: int
    known: Known
    universe: Universe


class Patch(Named, _Patched):
    """Some rights in some territories and languages for some time, in which one thing is true."""

    __slots__ = ()

    @property
    def state(self) -> State:
        """What is true."""
        return self.known.state

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The deals that make it so: those that allow it, or those that forbid it."""
        return self.known.claims

    @property
    def holds(self) -> tuple[Claim, ...]:
        """The deals that are not signed and would change it."""
        return self.known.holds


def deliverable(title: IndexedTitle, question: Question) -> tuple[Patch, ...]:
    """What may leave and what may not of what is asked about, from `at` until `until`, cut where the answer changes."""
    title = as_signed(title, question.at)
    asked = asked_box(title, question)
    if not asked:
        return ()
    field = Field(asked, title.entries)
    return tuple(sorted(stretches(field, partial(_leaving, title), asked.span, Patch, title.universe)))


def sellable(title: IndexedTitle, question: Question, only: frozenset[State] = ALL_STATES) -> tuple[Patch, ...]:
    """What can still be sold of what is asked about, from `at` until `until`, cut where the answer changes.

    Of `only` these states; the others are not worked out in full.
    """
    title = as_signed(title, question.at)
    asked = asked_box(title, question)
    if not asked:
        return ()
    found = [
        stretches(field, _judge(title, voices, only), asked.span, Patch, title.universe)
        for field, voices in _fields(title, asked)
    ]
    return tuple(sorted(found[0] if len(found) == 1 else _together(chain.from_iterable(found))))


def make_ready(title: IndexedTitle) -> None:
    """Cut all that a title could sell, from the beginning on, for questions about that: they ask of any day."""
    title.fields.extend(_cut(title, Box(*title.universe.everything, BEGINNING, OPEN)))


def _fields(title: IndexedTitle, asked: Box) -> list[tuple[Field, Voices]]:
    """What is asked about, in what is heard and what is read if they differ."""
    is_ready = title.fields and asked[:3] == title.universe.everything
    return title.fields if is_ready else _cut(title, asked)


def _cut(title: IndexedTitle, asked: Box) -> list[tuple[Field, Voices]]:
    return [(Field(part, voices.entries), voices) for part, voices in parts(title, asked)]


_FORBIDDEN = frozenset({State.SOLD, State.HELD_BACK})


def _judge(title: IndexedTitle, voices: Voices, only: frozenset[State]) -> Judge[Known]:
    hidden = 0
    if _FORBIDDEN.isdisjoint(only):
        for layer in voices.layers.values():
            hidden |= layer.forbidding
    return partial(_for_sale, title, voices, only, hidden)


def _together(found: Iterable[Patch]) -> list[Patch]:
    """What is heard and what is read, told together where the same is true of both."""
    tongues: dict[Patch, int] = {}
    for patch in found:
        same = patch._replace(language_bits=0)
        tongues[same] = tongues.get(same, 0) | patch.language_bits
    return [patch._replace(language_bits=languages) for patch, languages in tongues.items()]


def _leaving(title: IndexedTitle, covering: int) -> Known:
    entries = [title.entries[bit] for bit in set_bits(covering)]
    return Known(*_state_of(delivering(title, entries)), pending(entries))


def _state_of(standing: Standing) -> tuple[State, tuple[Claim, ...]]:
    """What the deals say of a delivery as a state, and the deals that make it so."""
    if standing.allowed:
        return State.LICENSED, (*standing.licences, *standing.mandates)
    if standing.lacks_mandate:
        return State.NOT_HELD, ()
    if standing.lacks_licence:
        return State.NOT_LICENSED, ()
    return _forbidden(standing.forbidden), tuple(claim for _, claim in standing.forbidden)


def _for_sale(title: IndexedTitle, voices: Voices, only: frozenset[State], hidden: int, covering: int) -> Known | None:
    """What is true of a sale, if it is one of these states; it is none of them where a `hidden` voice speaks."""
    if covering & hidden:
        return None
    found = sale(title, voices, covering)
    said: tuple[Claim, ...] = ()
    if found.lacks:
        state = State.NOT_HELD
    elif found.forbidden:
        state = State.SOLD if found.forbidden & ~voices.bars else State.HELD_BACK  # a sale tells more than a holdback
        said = claims(voices, found.forbidden)
    elif found.wanted:
        state, said = State.ON_HOLD, claims(voices, found.held)
    elif not found.sold and (alone := wholly(title, voices, covering)):
        state, said = State.EXCLUSIVE, claims(voices, alone)
    else:
        state, said = State.NON_EXCLUSIVE, claims(voices, found.held) + claims(voices, found.sold)
    return made(Known, (state, said, claims(voices, found.holds))) if state in only else None


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
