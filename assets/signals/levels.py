"""The codes that pictures use, and how much of them lies outside legal range.

ITU-R BT.709-6 (digital representation) puts black at code 16 and white at 235, and colour differences between 16 and 240,
at 8 bits; at n bits these are multiplied by 2^(n-8). A stream that is tagged as full range may use every code: nothing
of it is outside.

Filters and codecs overshoot at sharp edges: a line of pixels there is no fault of level. So a pixel counts as outside
where the corners of a square of four pixels by four, of which it is one, are outside in the same direction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assets.signals.model import CodeRange, Levels
from assets.signals.stretches import Stretches

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assets.signals.meters import Picture, Plane

LUMA_RANGE = 16, 235
CHROMA_RANGE = 16, 240
MILLION = 1_000_000
OUTSIDE_PPM = 1000
_SQUARE = 3
_SMALLEST = 16


class LevelsMeter:
    """Finds the lowest and highest codes, and counts those that are outside.

    A frame's share outside is that of its worst component: of Y', or of C'B and C'R alone.
    """

    def __init__(self) -> None:
        self._luma: tuple[int, int] | None = None
        self._chroma: tuple[int, int] | None = None
        self._ppm = 0
        self._most = 0
        self._stretches = Stretches()

    def see(self, picture: Picture) -> None:
        """One more picture."""
        if not picture.still:
            self._ppm = self._measure(picture)
            self._most = max(self._most, self._ppm)
        self._stretches.see(picture.start, picture.end, holds=self._ppm > OUTSIDE_PPM)

    def _measure(self, picture: Picture) -> int:
        """The share of a picture that is outside, in millionths; the lowest and highest codes are noted."""
        shift = picture.depth - 8
        worst = 0
        for number, plane in enumerate(picture.planes):
            lowest, highest = int(plane.min()), int(plane.max())
            if number:
                self._chroma = _wider(self._chroma, lowest, highest)
            else:
                self._luma = _wider(self._luma, lowest, highest)
            low, high = (limit << shift for limit in (CHROMA_RANGE if number else LUMA_RANGE))
            if not picture.full_range and (lowest < low or highest > high):
                worst = max(worst, _outside_ppm(plane, low if lowest < low else None, high if highest > high else None))
        return worst

    def result(self) -> dict[str, Any]:
        """The field `levels`; None where there was no picture."""
        if self._luma is None:
            return {"levels": None}
        chroma = CodeRange(*self._chroma) if self._chroma else None
        return {"levels": Levels(CodeRange(*self._luma), chroma, self._stretches.found(), self._most)}


def _wider(known: tuple[int, int] | None, lowest: int, highest: int) -> tuple[int, int]:
    return (min(known[0], lowest), max(known[1], highest)) if known else (lowest, highest)


def _outside_ppm(plane: Plane, low: int | None, high: int | None) -> int:
    count = 0
    if low is not None:
        count += _squares(plane < low)
    if high is not None:
        count += _squares(plane > high)
    return count * MILLION // plane.size


def _squares(outside: NDArray[np.bool_]) -> int:
    """How many squares have all their corners outside."""
    import numpy as np

    if min(outside.shape) < _SMALLEST:
        return int(np.count_nonzero(outside))
    rows = outside[:-_SQUARE] & outside[_SQUARE:]
    return int(np.count_nonzero(rows[:, :-_SQUARE] & rows[:, _SQUARE:]))
