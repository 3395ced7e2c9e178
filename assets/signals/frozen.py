"""Frozen pictures: half a second or more in which nothing moves, not even grain.

Coding leaves traces on a frozen picture: a faint shimmer, and a jump at each key frame. Both are small everywhere, where
a face that only moves its lips changes one place much. So a picture belongs to a freeze if no block of it differs
from the picture before by more than a shimmer, nor from the freeze's first picture by more than a jump; a jump itself is
let pass if none came shortly before. (ffmpeg's freezedetect takes the mean of the whole picture, and misses the lips.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assets.signals.black import is_black
from assets.signals.stretches import Stretches
from assets.timing import TICKS_PER_SECOND

if TYPE_CHECKING:
    from assets.signals.meters import Picture, Small

SHORTEST = TICKS_PER_SECOND // 2

_BLOCK = 16
_SHIMMER = 1.0
_SHIMMER_MEAN = 0.1
_JUMP = 2.5
_JUMP_MEAN = 0.6
_BETWEEN_JUMPS = 6


class FrozenMeter:
    """Finds freezes: what is black is none."""

    def __init__(self) -> None:
        self._stretches = Stretches(SHORTEST)
        self._first: Picture | None = None
        self._last: Small | None = None
        self._since_jump = 0
        self._is_frozen = False

    def see(self, picture: Picture) -> None:
        """One more picture. A freeze begins with its first picture, which is only known when the second is seen."""
        self._since_jump += 1
        if picture.still and self._first is not None:
            goes_on = True
        else:
            goes_on = self._goes_on(picture)
        if not goes_on:
            self._stretches.see(picture.start, picture.end, holds=False)
            self._first = None if is_black(picture) else picture
        elif self._first is not None:
            self._stretches.see(self._first.start, picture.end, holds=True)
        self._last = picture.small

    def _goes_on(self, picture: Picture) -> bool:
        """Whether this picture is the one before, and the first of the freeze, as far as coding lets one tell."""
        if self._first is None or self._last is None or self._last.shape != picture.small.shape:
            return False
        mean, worst = difference(self._last, picture.small)
        if mean > _JUMP_MEAN or worst > _JUMP or difference(self._first.small, picture.small)[1] > _JUMP:
            return False
        if mean > _SHIMMER_MEAN or worst > _SHIMMER:
            is_jump, self._since_jump = self._since_jump > _BETWEEN_JUMPS, 0
            return is_jump
        return True

    def result(self) -> dict[str, Any]:
        """The field `frozen`."""
        return {"frozen": self._stretches.found()}


def difference(one: Small, other: Small) -> tuple[float, float]:
    """The mean absolute difference of two pictures, and that of the block that differs most."""
    import numpy as np

    change = np.maximum(one, other) - np.minimum(one, other)
    mean = float(change.mean())
    if mean > _JUMP_MEAN:
        return mean, mean  # no freeze anyhow
    height, width = (size - size % _BLOCK for size in change.shape)
    if not height or not width:
        return mean, mean
    blocks = change[:height, :width].reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK)
    return mean, float(blocks.sum(axis=(1, 3), dtype=np.uint32).max()) / _BLOCK**2
