"""2:3 pull-down: film at 24 pictures a second shown in fields, two of one picture and three of the next.

Of five pictures one has its top field, and the one two pictures later its bottom field, from the picture before; all
other fields are new. That rhythm is looked for, not single repetitions.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from assets.signals.model import Stretch

if TYPE_CHECKING:
    from assets.signals.meters import Picture
    from assets.timing import Time

_CYCLE = 5
_STANDS = 0.6
_MOTION = 0.3
_CYCLES = 3
_PATIENCE = 2 * _CYCLE


class Pulldown:
    """Follows which field stood while the other moved, and when in the rhythm of five."""

    def __init__(self) -> None:
        self._number = 0
        self._marks: list[tuple[int, bool]] = []
        self._starts: list[Time] = []
        self._since: Time | None = None
        self._until: Time = 0
        self._last_mark = 0
        self._beats: set[tuple[int, bool]] = set()
        self._found: list[Stretch] = []

    def see(self, picture: Picture, top_change: float, bottom_change: float) -> None:
        """One more picture, and by how much each of its fields changed."""
        self._number += 1
        self._starts = [*self._starts[-_CYCLE * _CYCLES :], picture.start]
        least, most = sorted((top_change, bottom_change))
        if most >= _MOTION and least < _STANDS * most:
            self._marks = [*self._marks[-2 * _CYCLES :], (self._number, top_change < bottom_change)]
            if self._is_rhythm():
                self._begin()
            if (self._number % _CYCLE, top_change < bottom_change) in self._beats:
                self._last_mark = self._number
        if self._since is not None and self._number - self._last_mark > _PATIENCE:
            self._end()
        elif self._number - self._last_mark <= 1:
            self._until = picture.end

    def _is_rhythm(self) -> bool:
        """Whether the last marks are of alternate fields, two and three pictures apart, for some cycles."""
        marks = self._marks[-2 * _CYCLES :]
        if len(marks) < 2 * _CYCLES:
            return False
        steps = [(later[0] - earlier[0], earlier[1]) for earlier, later in pairwise(marks)]
        is_alternate = all(earlier[1] != later[1] for earlier, later in pairwise(marks))
        by_field = {field: {step for step, of in steps if of == field} for field in (True, False)}
        return is_alternate and by_field in ({True: {2}, False: {3}}, {True: {3}, False: {2}})

    def _begin(self) -> None:
        """The rhythm began with the first of the marks that show it; one that is missed later does not end it."""
        self._beats = {(number % _CYCLE, is_top) for number, is_top in self._marks[-2:]}
        if self._since is None:
            first = self._marks[-2 * _CYCLES][0]
            self._since = self._starts[max(0, len(self._starts) - 1 - (self._number - first))]

    def _end(self) -> None:
        if self._since is not None and self._until > self._since:
            self._found.append(Stretch(self._since, self._until))
        self._since = None
        self._beats = set()

    def found(self) -> tuple[Stretch, ...]:
        """The stretches of pull-down. No picture may follow."""
        self._end()
        return tuple(self._found)
