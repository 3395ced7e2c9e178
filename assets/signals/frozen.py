"""Frozen pictures: half a second or more in which nothing moves, not even grain.

Coding leaves traces on a frozen picture: for some pictures it still gets sharper, then there is a faint shimmer or
nothing, and a jump at each key frame. All of that is small everywhere, where a face that only moves its lips changes
one place much. So a picture belongs to a freeze if no block of it differs from the picture before by more than a
shimmer, nor from the freeze's first picture by more than a jump; a jump itself is let pass if none came shortly before.
A slow drift never calms down, which a freeze does. (ffmpeg's freezedetect takes the mean of the whole picture: it
misses the lips.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assets.signals.black import is_black
from assets.signals.model import Stretch
from assets.timing import TICKS_PER_SECOND

if TYPE_CHECKING:
    from assets.signals.meters import Picture, Small
    from assets.timing import Time

SHORTEST = TICKS_PER_SECOND // 2

_BLOCK = 16
_SHIMMER = 1.0
_SHIMMER_MEAN = 0.1
_JUMP = 2.5
_JUMP_MEAN = 0.6
_BETWEEN_JUMPS = 6
_SETTLING = 5
_CALM = 0.012


class FrozenMeter:
    """Finds freezes: what is black is none."""

    def __init__(self) -> None:
        self._found: list[Stretch] = []
        self._first: Picture | None = None
        self._last: Small | None = None
        self._end: Time = 0
        self._changes: list[float] = []
        self._since_jump = 0

    def see(self, picture: Picture) -> None:
        """One more picture. A freeze begins with its first picture, which is only known when the second is seen."""
        self._since_jump += 1
        if not self._goes_on(picture):
            self._close(picture.start)
            self._first = None if is_black(picture) else picture
        self._last, self._end = picture.small, picture.end

    def _goes_on(self, picture: Picture) -> bool:
        """Whether this picture is the one before, and the first of the freeze, as far as coding lets one tell."""
        if self._first is None or self._last is None or self._last.shape != picture.small.shape:
            return False
        if picture.still:
            self._changes.append(0.0)
            return True
        mean, worst = difference(self._last, picture.small)
        if mean > _JUMP_MEAN or worst > _JUMP or difference(self._first.small, picture.small)[1] > _JUMP:
            return False
        self._changes.append(mean)
        if (mean > _SHIMMER_MEAN or worst > _SHIMMER) and len(self._changes) > _SETTLING:
            is_jump, self._since_jump = self._since_jump > _BETWEEN_JUMPS, 0
            return is_jump
        return True

    def _close(self, end: Time) -> None:
        """The end of what may have been a freeze: it was if half of its pictures hardly differ from those before."""
        calm = sum(change <= _CALM for change in self._changes)
        if self._first is not None and 2 * calm > len(self._changes) and end - self._first.start >= SHORTEST:
            self._found.append(Stretch(self._first.start, end))
        self._changes = []

    def result(self) -> dict[str, Any]:
        """The field `frozen`."""
        self._close(self._end)
        return {"frozen": tuple(self._found)}


def difference(one: Small, other: Small) -> tuple[float, float]:
    """The mean absolute difference of two pictures, and that of the block that differs most."""
    import numpy as np

    few = np.maximum(one[::4, ::4], other[::4, ::4]) - np.minimum(one[::4, ::4], other[::4, ::4])
    mean = float(few.mean())
    if mean > 2 * _JUMP_MEAN:
        return mean, mean  # no freeze at all, as most pictures
    change = np.maximum(one, other) - np.minimum(one, other)
    mean = float(change.mean())
    if mean > _JUMP_MEAN:
        return mean, mean
    height, width = (size - size % _BLOCK for size in change.shape)
    if not height or not width:
        return mean, mean
    blocks = change[:height, :width].reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK)
    return mean, float(blocks.sum(axis=(1, 3), dtype=np.uint32).max()) / _BLOCK**2
