"""Cuts: the first picture of each new shot.

Two pictures of one shot show the same things, perhaps a little moved, brighter or darker; two of different shots do
not. So small pictures are compared block by block, each block at the place where it fits best and whatever the light
(likeness.py). That is dear, and only done where the change from one picture to the next stands out. It is a cut if no
picture shortly before is like one shortly after: a flash, a black frame or a single wrong frame comes back to what was
there; and if the likeness drops there and not all around: in a fast pan, in noise and in an explosion no picture is
like the one before.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from assets.signals.likeness import change_of, thumb_of, unlikeness
from assets.timing import TICKS_PER_SECOND

if TYPE_CHECKING:
    from assets.signals.likeness import Thumb
    from assets.signals.meters import Picture
    from assets.timing import Time

AROUND = TICKS_PER_SECOND // 6
"""What lasts no longer is a flash, not a shot."""

SHORTEST = TICKS_PER_SECOND // 15
"""What a file begins with is a shot only if it is longer."""

_LEAST_CHANGE = 2.5
_OUTSTANDING = 1.3
_FAR_OUTSTANDING = 3.0
_NEIGHBOURS = 2
_CUT = 0.6
_SAME = 0.4
_DROP = 0.25
_COMPARED = 6
_MOST = 24
_STANDING = 0.5


@dataclass(slots=True)
class _Seen:
    """A picture, and how much it differs from the one before."""

    time: Time
    thumb: Thumb
    change: float


class CutsMeter:
    """Keeps the pictures of a third of a second, and judges the one in the middle."""

    def __init__(self) -> None:
        self._before: deque[_Seen] = deque(maxlen=_MOST)
        self._after: deque[_Seen] = deque()
        self._cuts: list[Time] = []
        self._first: Time | None = None

    def see(self, picture: Picture) -> None:
        """One more picture. A repetition of the one before says nothing, and is left out."""
        if self._first is None:
            self._first = picture.start
        last = self._after[-1] if self._after else self._before[-1] if self._before else None
        if last is not None and picture.still:
            self._judge_until(picture.start)
            return
        thumb = thumb_of(picture)
        if last is not None and last.thumb.shape != thumb.shape:
            self._judge_all()
            self._before.clear()
            last = None
        change = change_of(last.thumb, thumb) if last is not None else 0.0
        if last is None or change >= _STANDING:
            self._after.append(_Seen(picture.start, thumb, change))
        self._judge_until(picture.start)

    def _judge_until(self, now: Time) -> None:
        while self._after and (now - self._after[0].time >= AROUND or len(self._after) > _MOST):
            self._judge()

    def _judge_all(self) -> None:
        while self._after:
            self._judge()

    def _judge(self) -> None:
        """Is the oldest picture that waits the first of a shot?"""
        seen = self._after[0]
        if self._before and self._stands_out(seen, _OUTSTANDING) and self._is_cut(seen):
            self._cuts.append(seen.time)
        self._before.append(self._after.popleft())

    def _stands_out(self, seen: _Seen, times: float) -> bool:
        """Whether a picture changes more, so many times, than those before it or those after it.

        One of two is enough: the picture beside a cut may be part of it, as when fields of two shots are woven.
        """
        if seen.change < _LEAST_CHANGE or self._first is None or seen.time - self._first < SHORTEST:
            return False
        before = [other.change for other in self._recent(seen)[-_NEIGHBOURS:]]
        after = [other.change for other in list(self._after)[1 : 1 + _NEIGHBOURS]]
        return seen.change >= times * max(min(before, default=0.0), min(after, default=0.0))

    def _is_cut(self, seen: _Seen) -> bool:
        before, after = self._recent(seen), list(self._after)
        last = self._before[-1]
        here = unlikeness(last.thumb, seen.thumb)
        if here < _CUT:
            return False
        around = [unlikeness(a.thumb, b.thumb) for a, b in _pairs(before[-2:]) + _pairs(after[:2])]
        if max(around, default=0.0) > here - _DROP and not self._stands_out(seen, _FAR_OUTSTANDING):
            return False
        earlier, later = _spread(before or [last]), _spread(after)
        return all(unlikeness(a.thumb, b.thumb) >= _SAME for a in earlier for b in later)

    def _recent(self, seen: _Seen) -> list[_Seen]:
        """The pictures shortly before one, repetitions apart."""
        return [other for other in self._before if seen.time - other.time <= AROUND]

    def result(self) -> dict[str, Any]:
        """The field `cuts`."""
        self._judge_all()
        return {"cuts": tuple(self._cuts)}


def _pairs(seen: list[_Seen]) -> list[tuple[_Seen, _Seen]]:
    return list(pairwise(seen))


def _spread(seen: list[_Seen]) -> list[_Seen]:
    """A few of them, first and last among them."""
    if len(seen) <= _COMPARED:
        return seen
    return [seen[number * (len(seen) - 1) // (_COMPARED - 1)] for number in range(_COMPARED)]
