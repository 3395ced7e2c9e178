"""Something like lettering that stands still while the picture behind it moves: burnt-in subtitles, a logo, a clock.

Lettering has edges of high contrast, close together, that do not move; above and below it the picture does. A
shelf behind a speaker has such edges too, but nothing moves above and below. What is found is a suspicion:
a title over a moving picture is lettering as well, and a subtitle over a still picture is not found.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from assets.signals.model import Stretch
from assets.timing import TICKS_PER_SECOND

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assets.signals.meters import Picture, Small
    from assets.timing import Time

    Mask = NDArray[np.bool_]
    Ages = NDArray[np.uint8]

LONG_ENOUGH = TICKS_PER_SECOND * 2 // 5

_MOVED = 12
_CONTRAST = 60
_TILE = 8
_LETTERED = 0.12
_STROKES = 4
_MOVING = 0.35
_REACH = 4
_EVERY = 5
_LOOKS = 2
_OLDEST = 255
_LEFT = 0.5


class LetteringMeter:
    """Keeps for how many pictures each point of the upper and the lower part has stood, and looks for lettering there.

    Lettering is looked for in every fifth picture and dated back to where it began to stand; its end is seen at once.
    """

    def __init__(self) -> None:
        self._last: Small | None = None
        self._ages: Ages | None = None
        self._looked: Small | None = None
        self._calm: Ages | None = None
        self._times: deque[Time] = deque(maxlen=_OLDEST + 1)
        self._number = 0
        self._since: Time = 0
        self._mask: Mask | None = None
        self._shown: Small | None = None
        self._end: Time = 0
        self._found: list[Stretch] = []

    def see(self, picture: Picture) -> None:
        """One more picture."""
        import numpy as np

        self._number += 1
        self._end = picture.end
        if self._last is None or self._ages is None or self._last.shape != picture.small.shape:
            self._close(picture.start)
            self._last = self._looked = picture.small
            self._ages, self._calm = np.zeros(picture.small.shape, np.uint8), np.zeros(picture.small.shape, np.uint8)
            self._times.clear()
            self._times.append(picture.start)
            return
        self._times.append(picture.start)
        _age(self._ages, self._last, picture.small)
        self._last = picture.small
        if self._shown is not None and _is_gone(self._shown, picture.small[self._mask]):
            self._close(picture.start)
        if self._number % _EVERY == 0:
            self._look(picture.small, self._ages)
            self._looked = picture.small

    def _look(self, small: Small, ages: Ages) -> None:
        import numpy as np

        if self._calm is not None and self._looked is not None:
            _age(self._calm, self._looked, small)  # what moves so slowly that it only shows over some pictures
        wait = sum(time > self._times[-1] - LONG_ENOUGH for time in self._times)
        if len(self._times) <= wait or self._calm is None:
            return
        mask = lettering(small, (ages >= wait) & (self._calm >= _LOOKS))
        if mask is None:
            return
        if self._mask is None:
            age = min(int(np.median(ages[mask])), len(self._times) - 1)
            begun = self._times[len(self._times) - 1 - age]
            self._since = max(begun, self._found[-1].end) if self._found else begun
        self._mask, self._shown = mask, small[mask]

    def _close(self, end: Time) -> None:
        if self._mask is not None and end > self._since:
            self._found.append(Stretch(self._since, end))
        self._mask = self._shown = None

    def result(self) -> dict[str, Any]:
        """The field `burnt_in`."""
        self._close(self._end)
        return {"burnt_in": tuple(self._found)}


def _age(ages: Ages, last: Small, now: Small) -> None:
    """Makes each point older that has not changed, and those that have new."""
    import numpy as np

    ages += ages < _OLDEST
    ages *= np.maximum(last, now) - np.minimum(last, now) <= _MOVED


def lettering(small: Small, standing: Mask) -> Mask | None:
    """The points of lettering in the upper and lower part; `standing` are those that have not changed for long."""
    import numpy as np

    rows, columns = (size // _TILE for size in small.shape)
    if rows < 2 * _REACH or columns < _REACH:
        return None
    height, width = rows * _TILE, columns * _TILE
    part = small[:height, :width]
    edges = np.zeros((height, width), np.bool_)
    edges[:, 1:] = np.maximum(part[:, 1:], part[:, :-1]) - np.minimum(part[:, 1:], part[:, :-1]) > _CONTRAST
    edges &= standing[:height, :width]
    lettered = (_share(edges) >= _LETTERED) & (_columns(edges) >= _STROKES)
    # What stands in the middle of the picture is a title card or a thing that is shown.
    lettered[rows * 2 // 5 : rows * 3 // 5] = False
    moving = _share(~standing[:height, :width]) >= _MOVING
    found = lettered & _beside(moving, lettered)
    found = _in_row(found)
    if not found.any():
        return None
    mask = np.zeros(small.shape, np.bool_)
    mask[:height, :width] = edges & np.repeat(np.repeat(found, _TILE, axis=0), _TILE, axis=1)
    return mask


def _share(points: Mask) -> NDArray[np.float64]:
    """The share of each tile that is so."""
    rows, columns = (size // _TILE for size in points.shape)
    shares: NDArray[np.float64] = points.reshape(rows, _TILE, columns, _TILE).mean(axis=(1, 3))
    return shares


def _columns(edges: Mask) -> NDArray[np.intp]:
    """In how many of its columns each tile has edges: letters in many, the edge of a thing in one or two."""
    rows, columns = (size // _TILE for size in edges.shape)
    counts: NDArray[np.intp] = edges.reshape(rows, _TILE, columns, _TILE).any(axis=1).sum(axis=2)
    return counts


def _beside(moving: Mask, lettered: Mask) -> Mask:
    """Tiles with motion both above and below, with nothing between but a tile or two of lettering and its rim."""
    import numpy as np

    above, below = np.zeros_like(moving), np.zeros_like(moving)
    for step in range(1, _REACH):
        above[step:] |= moving[:-step]
        below[:-step] |= moving[step:]
    return above & below & lettered


def _in_row(found: Mask) -> Mask:
    """Tiles with one beside them: a single one may be anything."""
    import numpy as np

    beside = np.zeros_like(found)
    beside[:, 1:] |= found[:, :-1]
    beside[:, :-1] |= found[:, 1:]
    return found & beside


def _is_gone(then: Small, now: Small) -> bool:
    """Whether most of the lettering that stood has changed."""
    import numpy as np

    return bool(np.count_nonzero(np.maximum(then, now) - np.minimum(then, now) > 2 * _MOVED) > _LEFT * now.size)
