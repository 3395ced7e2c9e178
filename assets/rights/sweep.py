"""What is true of every point of a question, and from when to when.

Points that the same entries cover, each at some time, have the same course: it is gone through once for all of them.
What is true is judged once for each set of entries. Each point is told with the whole time for which the same is true
of it, whatever changes meanwhile elsewhere.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from assets.rights.boxes import Box, made
from assets.rights.entries import Entry, Universe, meeting
from assets.rights.finding import Found
from assets.rights.grids import Grid
from assets.rights.spans import Span

T = TypeVar("T", bound=Hashable)
S = TypeVar("S", bound=tuple[object, ...])
Judge = Callable[[int], T | None]
"""What is true of the points that the entries of these bits cover; None: nothing that is to be told."""
_HIDDEN = -1
"""The number of what is not told."""


class _Course(NamedTuple):
    """A span, the marks of the boxes that are open when it begins, and what opens and closes until it ends.

    `changes` are the instants at which boxes begin or end, in order, each with the marks of these boxes.
    """

    first: int
    changes: Sequence[tuple[int, int]]
    start: int
    end: int


class Field:
    """What is asked about, by what covers it: the points that the same entries cover, each at some time.

    `changes` are all instants at which a box begins or ends, in order, each with the marks of these boxes.
    """

    __slots__ = ("changes", "grid")

    def __init__(self, asked: Box, entries: Sequence[Entry]) -> None:
        marks = meeting(asked, entries)
        self.grid = Grid(asked, marks)
        changes: dict[int, int] = {}
        for (_, _, _, start, end), mark in marks.items():
            changes[start] = changes.get(start, 0) | mark
            changes[end] = changes.get(end, 0) | mark
        self.changes = sorted(changes.items())

    def course(self, span: Span) -> _Course:
        """What happens in a span."""
        start, end = span
        first = past = 0
        for at, marks in self.changes:
            if at > start:
                break
            first ^= marks
            past += 1
        ahead = [change for change in self.changes[past:] if change[0] < end]
        return made(_Course, (first, ahead, start, end))

    def groups(self, course: _Course) -> dict[int, int]:
        """The points by what covers them at some time of a course."""
        alive = course.first
        for _, marks in course.changes:
            alive |= marks
        found: dict[int, int] = {}
        for group, bits in self.grid.groups.items():
            left = group & alive
            found[left] = found.get(left, 0) | bits
        return found


def stretches(field: Field, judge: Judge[T], span: Span, kind: type[S], universe: Universe) -> list[S]:
    """Everything that is true in a span; every point is in one of them for each of its stretches of time.

    `kind` is the named tuple to tell one by: start, end, rights, territories, languages, what is true, universe.
    """
    course = field.course(span)
    known: dict[T, int] = {}
    numbers = Found(partial(_number, judge, known))
    found: dict[tuple[int, int, int], int] = {}
    for group, bits in field.groups(course).items():
        for told in _told(group, course, numbers):
            found[told] = found.get(told, 0) | bits
    true = list(known)
    blocks = Found(field.grid.blocks)
    return [
        made(kind, (start, end, rights, territories, languages, true[number], universe))
        for (number, start, end), bits in found.items()
        for rights, territories, languages in blocks[bits]
    ]


def _told(group: int, course: _Course, numbers: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """The numbers of what is true of a group, one after the other, each from when to when."""
    first, changes, since, end = course
    found = []
    now = group & first
    number = numbers[now]
    for at, marks in changes:
        if changed := marks & group:
            now ^= changed
            if (after := numbers[now]) != number:
                if number != _HIDDEN:
                    found.append((number, since, at))
                number, since = after, at
    if number != _HIDDEN:
        found.append((number, since, end))
    return found


def _number(judge: Judge[T], known: dict[T, int], covering: int) -> int:
    """The number of what is true of points that some entries cover."""
    told = judge(covering)
    return _HIDDEN if told is None else known.setdefault(told, len(known))
