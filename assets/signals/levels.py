"""The codes that pictures use, and how much of them lies outside legal range.

ITU-R BT.709-6 (digital representation) puts black at code 16 and white at 235, and colour differences between 16 and
240, at 8 bits; at n bits these are multiplied by 2^(n-8). A stream that is tagged as full range may use every code:
nothing of it is outside.

Filters and codecs overshoot, by little in flat parts and by much along sharp edges: neither is a fault of level. So
what counts is a square of four pixels by four whose first and last row are outside in one direction, by more than
three 8-bit codes.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from assets.signals.model import CodeRange, Levels
from assets.signals.stretches import Stretches

if TYPE_CHECKING:
    from assets.signals.meters import Picture, Plane

LUMA_RANGE = 16, 235
CHROMA_RANGE = 16, 240
MILLION = 1_000_000
OUTSIDE_PPM = 1000
_SLACK = 3
_SQUARE = 4
_GRID = 12


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
        shares = [0]
        for number, plane in enumerate(picture.planes):
            low, high = CHROMA_RANGE if number else LUMA_RANGE
            limits = None if picture.full_range else (low - _SLACK << shift, high + _SLACK << shift)
            lowest, highest, outside = _codes(plane, limits)
            shares.append(outside * MILLION // plane.size)
            if number:
                self._chroma = _wider(self._chroma, lowest, highest)
            else:
                self._luma = _wider(self._luma, lowest, highest)
        return max(shares)

    def result(self) -> dict[str, Any]:
        """The field `levels`; None where there was no picture."""
        if self._luma is None:
            return {"levels": None}
        chroma = CodeRange(*self._chroma) if self._chroma else None
        return {"levels": Levels(CodeRange(*self._luma), chroma, self._stretches.found(), self._most)}


def _wider(known: tuple[int, int] | None, lowest: int, highest: int) -> tuple[int, int]:
    return (min(known[0], lowest), max(known[1], highest)) if known else (lowest, highest)


def _codes(plane: Plane, limits: tuple[int, int] | None) -> tuple[int, int, int]:
    """The lowest and the highest code of a plane, and how many of its pixels are in squares outside the limits.

    Only the first and the last row of the squares is read, a row of each field, and few of the squares.
    """
    import numpy as np

    ends = plane[::_SQUARE], plane[_SQUARE - 1 :: _SQUARE] if len(plane) >= _SQUARE else plane
    lowest, highest = min(int(end.min()) for end in ends), max(int(end.max()) for end in ends)
    squares = 0
    if limits and min(plane.shape) >= _SQUARE:
        height, width = ((size - _SQUARE) // _GRID * _GRID + 1 for size in plane.shape)
        points = [
            plane[row : row + height : _GRID, column : column + width : _GRID]
            for row in (0, _SQUARE - 1)
            for column in range(_SQUARE)
        ]
        if lowest < limits[0]:
            squares += int(np.count_nonzero(functools.reduce(np.maximum, points) < limits[0]))
        if highest > limits[1]:
            squares += int(np.count_nonzero(functools.reduce(np.minimum, points) > limits[1]))
    return lowest, highest, squares * _GRID**2
