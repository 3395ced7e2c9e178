"""What is true of every point of a question, and from when to when, found in one passage through time.

At each instant the points are in groups that the same entries cover. Where an entry begins or ends, some points go from
one group to another, and nothing else changes. What is true is judged once for each group of a title. Each point is
told with the whole time for which the same is true of it, whatever changes meanwhile elsewhere.
"""

from collections.abc import Callable, Hashable, Sequence
from operator import itemgetter
from typing import Generic, TypeVar

from assets.rights.boxes import Box
from assets.rights.engine import Entry
from assets.rights.grids import Grid

T = TypeVar("T", bound=Hashable)
Judge = Callable[[Sequence[Entry]], T | None]
"""What is true of the points that some entries cover; None: nothing that is to be told."""
_NOTHING = -1
"""The number of what is not to be told."""
_instant = itemgetter(0)


def stretches(
    asked: Box, entries: Sequence[Entry], judge: Judge[T], untold: Callable[[Entry], bool] | None = None
) -> list[tuple[T, Box]]:
    """Everything that is true of what is asked about; every point is in one box for each of its stretches of time.

    Of what an `untold` entry covers nothing is told, and nothing is judged.
    """
    marks: dict[Box, int] = {}
    hidden = 0
    for number, entry in enumerate(entries):
        box = entry.box
        if asked.meets(box):
            marks[box] = marks.get(box, 0) | 1 << number
            if untold is not None and untold(entry):
                hidden |= 1 << number
    grid = Grid(asked, marks)
    groups, changes = {0: grid.whole}, []
    for box, mark in marks.items():
        points = grid.bits(box)
        if box.start <= asked.start:
            groups = _divided(groups, mark, points)
        else:
            changes.append((box.start, mark, points))
        if box.end < asked.end:
            changes.append((box.end, mark, points))
    changes.sort(key=_instant)
    sweep = _Sweep(_Judged(entries, judge, hidden), groups, asked.start)
    for change in changes:
        sweep.pass_by(*change)
    return [(known, box) for known, since, end, bits in sweep.told(asked.end) for box in grid.boxes(bits, since, end)]


def _divided(groups: dict[int, int], mark: int, points: int) -> dict[int, int]:
    """Groups at an instant, once an entry covers some points too."""
    found = {}
    for group, bits in groups.items():
        inside = bits & points
        if inside:
            found[group | mark] = inside
        if inside != bits:
            found[group] = bits ^ inside
    return found


class _Judged(Generic[T]):
    """What is true of groups, each distinct thing with a number. Of `hidden` entries nothing is told."""

    def __init__(self, entries: Sequence[Entry], judge: Judge[T], hidden: int) -> None:
        self._entries, self._judge, self._hidden = entries, judge, hidden
        self._numbers: dict[int, int] = {}
        self.known: dict[T, int] = {}

    def number(self, group: int) -> int:
        """The number of what is true of a group, `_NOTHING` if that is not to be told."""
        if group & self._hidden:
            return _NOTHING
        if (number := self._numbers.get(group)) is None:
            known = self._judge([entry for bit, entry in enumerate(self._entries) if group >> bit & 1])
            number = _NOTHING if known is None else self.known.setdefault(known, len(self.known))
            self._numbers[group] = number
        return number


class _Sweep(Generic[T]):
    """The groups at an instant, by the mark of their entries, and since when what is true of their points is true."""

    def __init__(self, judged: _Judged[T], groups: dict[int, int], start: int) -> None:
        self._judged, self._groups = judged, groups
        self._since: dict[int, dict[int, int]] = {}
        self._over: list[tuple[int, int, int, int]] = []
        for group, bits in groups.items():
            self._open(judged.number(group), start, bits)

    def pass_by(self, at: int, mark: int, points: int) -> None:
        """Go past the begin or the end of a box: its points go to other groups."""
        groups, number = self._groups, self._judged.number
        for group, bits in [item for item in groups.items() if item[1] & points]:
            moved = bits & points
            if moved == bits:
                del groups[group]
            else:
                groups[group] = bits ^ moved
            other = group ^ mark
            groups[other] = groups.get(other, 0) | moved
            before, after = number(group), number(other)
            if before != after:
                self._close(before, at, moved)
                self._open(after, at, moved)

    def _open(self, number: int, at: int, bits: int) -> None:
        if number != _NOTHING:
            since = self._since.setdefault(number, {})
            since[at] = since.get(at, 0) | bits

    def _close(self, number: int, at: int, bits: int) -> None:
        if number == _NOTHING:
            return
        since = self._since[number]
        for start in list(since):
            if over := since[start] & bits:
                if start < at:
                    self._over.append((number, start, at, over))
                since[start] ^= over
                if not since[start]:
                    del since[start]

    def told(self, end: int) -> list[tuple[T, int, int, int]]:
        """What is true, from when to when and of which points, all of it up to an instant."""
        known = list(self._judged.known)
        last = [(number, start, end, bits) for number, since in self._since.items() for start, bits in since.items()]
        return [(known[number], start, over, bits) for number, start, over, bits in (*self._over, *last)]
