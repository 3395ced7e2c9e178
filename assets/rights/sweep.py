"""What is true of every point of a question, and from when to when.

Points that the same entries cover, each at some time, have the same course: it is gone through once for all of them.
What is true is judged once for each set of entries. Each point is told with the whole time for which the same is true
of it, whatever changes meanwhile elsewhere.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import Generic, TypeVar

from assets.rights.boxes import Box, made
from assets.rights.cells import meeting
from assets.rights.engine import Entry
from assets.rights.finding import Found
from assets.rights.grids import Grid
from assets.rights.masks import set_bits
from assets.rights.spans import Span

T = TypeVar("T", bound=Hashable)
Judge = Callable[[Sequence[Entry]], T]
"""What is true of the points that some entries cover."""
_HIDDEN = -1
"""The number of what is not told."""
_Course = Sequence[tuple[int, int]]
"""The instants at which boxes begin or end, in order, each with the marks of these boxes."""


class Ground(Generic[T]):
    """What is asked about, with all that is true of it; it can be asked for one stretch of its time after the other."""

    def __init__(
        self, asked: Box, entries: Sequence[Entry], judge: Judge[T], hides: Callable[[Entry], bool] | None = None
    ) -> None:
        """`hides` says of an entry whether nothing is to be told, nor judged, of what it covers."""
        self.start = asked.start
        self._marks = meeting(asked, entries)
        hidden = sum([1 << number for number, entry in enumerate(entries) if hides(entry)]) if hides else 0
        self._grid = Grid(asked, self._marks)
        self._groups = {0: self._grid.whole}
        for box, mark in self._marks.items():
            self._groups = _divided(self._groups, mark, self._grid.bits(box))
        self._known: dict[T, int] = {}
        self._numbers = Found(partial(_number, entries, judge, hidden, self._known))

    def stretches(self, span: Span) -> list[tuple[T, Box]]:
        """Everything that is true in a span; every point is in one box for each of its stretches of time."""
        first, course = _course(self._marks, span)
        found: dict[tuple[int, int, int], int] = {}
        for group, bits in self._groups.items():
            for told in self._told(group, first, course, span):
                found[told] = found.get(told, 0) | bits
        known = list(self._known)
        blocks = self._grid.blocks
        return [
            (known[number], made(Box, (*block, start, end)))
            for (number, start, end), bits in found.items()
            for block in blocks[bits]
        ]

    def _told(self, group: int, first: int, course: _Course, span: Span) -> list[tuple[int, int, int]]:
        """The numbers of what is true of a group one after the other, each from when to when."""
        numbers = self._numbers
        found = []
        now = group & first
        since, number = span.start, numbers[now]
        for at, marks in course:
            if changed := marks & group:
                now ^= changed
                if (after := numbers[now]) != number:
                    if number != _HIDDEN:
                        found.append((number, since, at))
                    number, since = after, at
        if number != _HIDDEN:
            found.append((number, since, span.end))
        return found


def _number(entries: Sequence[Entry], judge: Judge[T], hidden: int, known: dict[T, int], covering: int) -> int:
    """The number of what is true of points that some entries cover."""
    if covering & hidden:
        return _HIDDEN
    return known.setdefault(judge([entries[bit] for bit in set_bits(covering)]), len(known))


def _divided(groups: Mapping[int, int], mark: int, points: int) -> dict[int, int]:
    """Points by the entries that cover them, once some of them are covered by more."""
    found = {}
    for group, bits in groups.items():
        inside = bits & points
        if inside:
            found[group | mark] = inside
        if inside != bits:
            found[group] = bits ^ inside
    return found


def _course(marks: Mapping[Box, int], span: Span) -> tuple[int, _Course]:
    """The marks of the boxes that are open when a span begins, and what opens and closes until it ends."""
    first = 0
    changes: dict[int, int] = {}
    for (_, _, _, start, end), mark in marks.items():
        if start >= span.end or end <= span.start:
            continue
        if start <= span.start:
            first |= mark
        else:
            changes[start] = changes.get(start, 0) | mark
        if end < span.end:
            changes[end] = changes.get(end, 0) | mark
    return first, sorted(changes.items())
