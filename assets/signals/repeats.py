"""Pictures that are shown again in the middle of motion.

A picture is a repetition if next to nothing changed since the one before while things moved before and after. Coding
changes a repeated picture a little, so what is counted is the share of points that changed by more than a few codes.
Points are taken from rows of both fields: 2:3 pull-down repeats one field and not the other.
"""

from __future__ import annotations

from collections import Counter, deque
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from assets.signals.meters import STEP
from assets.signals.model import Repeats

if TYPE_CHECKING:
    from assets.signals.meters import Picture, Small
    from assets.timing import Time

_NOTICEABLE = 6
_REACH = 5
_MOVES = 0.012
_STANDS = 0.06
_NEAR = 3
_FLAT = 4
_LONGEST_PERIOD = 100
_REGULAR = 4


class _Change(NamedTuple):
    """The time of a picture, the share of its points that changed, and whether it shows nothing."""

    time: Time
    share: float
    is_flat: bool


class RepeatsMeter:
    """Compares each picture with the one before, and that change with those of five pictures on either side."""

    def __init__(self) -> None:
        self._small: Small | None = None
        self._other: Small | None = None
        self._window: deque[_Change] = deque(maxlen=2 * _REACH + 1)
        self._number = 0
        self._found: list[tuple[int, Time]] = []

    def see(self, picture: Picture) -> None:
        """One more picture."""
        change = 0.0 if picture.still and self._small is not None else self._change(picture)
        is_flat = change < _MOVES and int(picture.small[::STEP, ::STEP].std()) < _FLAT
        self._window.append(_Change(picture.start, change, is_flat))
        self._number += 1
        if len(self._window) == 2 * _REACH + 1:
            self._judge()

    def _change(self, picture: Picture) -> float:
        """The share of points that changed noticeably, of the field that changed more. 1 for the first picture."""
        import numpy as np

        last, last_other = self._small, self._other
        other = picture.planes[0][1 :: 2 * STEP, ::STEP] >> (picture.depth - 8)
        self._small, self._other = picture.small, other.astype(np.uint8)
        if last is None or last_other is None or last.shape != self._small.shape:
            return 1.0
        return max(_share(last, self._small), _share(last_other, self._other))

    def _judge(self) -> None:
        """Is the picture in the middle of the window a repetition?"""
        changes = [change.share for change in self._window]
        moves = sorted(change for change in changes if change >= _MOVES)
        if len(moves) < _NEAR:
            return
        motion = moves[len(moves) // 2]  # the median: cuts and flashes in the window are no motion
        if changes[_REACH] > _STANDS * motion:
            return
        if self._window[_REACH].is_flat:
            return  # black or white in the middle of motion is a flash
        before, after = changes[_REACH - _NEAR : _REACH], changes[_REACH + 1 : _REACH + 1 + _NEAR]
        if (
            max(before) > motion / 4
            and max(after) > motion / 4
            and _moves(changes[:_REACH], changes[_REACH + 1 :], motion)
        ):
            self._found.append((self._number - _REACH - 1, self._window[_REACH].time))

    def result(self) -> dict[str, Any]:
        """The field `repeats`."""
        numbers = [number for number, _ in self._found]
        every = _period(numbers)
        known = set(numbers)
        near = {step for distance in _steps(every) for step in (-distance, distance)}
        single = (time for number, time in self._found if not any(number + step in known for step in near))
        return {"repeats": Repeats(tuple(single), every)}


def _moves(before: list[float], after: list[float], motion: float) -> bool:
    """Whether motion goes on through the window: a thing that starts, stops or stands for long is no repetition."""
    return all(sum(change > motion / 4 for change in side) >= _NEAR - 1 for side in (before, after))


def _period(numbers: list[int]) -> int:
    """The usual distance from one repetition to the next, in pictures; 0 if they are too few or not regular.

    Where one rate is no multiple of the other, the distances are rounded, and differ by one from the usual one.
    """
    distances = [later - earlier for earlier, later in pairwise(numbers) if later - earlier <= _LONGEST_PERIOD]
    counts, pairs = Counter(distances), Counter(pairwise(distances))
    same = max(counts, key=lambda distance: (counts[distance], -distance), default=0)
    if same > 1 and counts[same] >= _REGULAR - 1 and 2 * counts[same] >= len(distances):
        return same
    even = {usual: sum(count for pair, count in pairs.items() if _rounds(pair, usual)) for usual in counts if usual > 1}
    usual = max(even, key=lambda distance: (even[distance], counts[distance], -distance), default=0)
    # Chance comes near by one more often than it hits: that asks for more of them, and for a greater share.
    return usual if usual and even[usual] >= 2 * _REGULAR and 5 * even[usual] >= 3 * pairs.total() else 0


def _rounds(pair: tuple[int, int], usual: int) -> bool:
    """Whether two distances in a row are the usual one but for rounding, which does not add up as chance does."""
    return max(abs(pair[0] - usual), abs(pair[1] - usual), abs(sum(pair) - 2 * usual)) <= 1


def _steps(every: int) -> range:
    """The distances at which another repetition shows that one is regular."""
    if not every:
        return range(0)
    if every < _REACH - 1:  # 2:3 repetition has distances of one and two, and is regular by fives
        return range(1, _REACH + 1)
    return range(every - 1, every + 2)


def _share(one: Small, other: Small) -> float:
    import numpy as np

    change = np.maximum(one, other) - np.minimum(one, other)
    return float(np.count_nonzero(change > _NOTICEABLE)) / change.size
