"""Colour bars: those of SMPTE EG 1 and RP 219, and the eight of EBU (ITU-R BT.471).

All of them show, from left to right, colours of falling luminance: white (or grey), yellow, cyan, green, magenta, red,
blue; the eight bars end with black. They differ in where the bars stand and how saturated they are. A picture is bars
if at the places of one of the layouts, in two heights of its upper half, there are these colours.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from assets.signals.stretches import Stretches

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assets.signals.meters import Picture, Plane

_COLOURS = 7
_HEIGHTS = (0.12, 0.45)
_PATCH = 3
_SPREAD = 4.0
_SLIGHT = 8
_SIGNS = ((0, 0), (-1, 0), (0, -1), (-1, -1), (1, 1), (0, 1), (1, 0))
"""Whether C'B and C'R are well below or above grey, from white to blue; 0 where a bar says too little of one."""

LAYOUTS = {
    "EG 1": tuple((bar + 0.5) / 7 for bar in range(_COLOURS)),
    "RP 219": tuple(0.125 + 0.75 * (bar + 0.5) / 7 for bar in range(_COLOURS)),
    "EBU": tuple((bar + 0.5) / 8 for bar in range(_COLOURS)),
    "EBU, 4:3 in 16:9": tuple(0.125 + 0.75 * (bar + 0.5) / 8 for bar in range(_COLOURS)),
}
"""Where the middles of the bars are, as shares of the width. RP 219 leaves an eighth at either side."""


class BarsMeter:
    """Finds stretches of colour bars."""

    def __init__(self) -> None:
        self._stretches = Stretches()
        self._is_bars = False

    def see(self, picture: Picture) -> None:
        """One more picture."""
        if not picture.still:
            self._is_bars = is_bars(picture)
        self._stretches.see(picture.start, picture.end, holds=self._is_bars)

    def result(self) -> dict[str, Any]:
        """The field `bars`."""
        return {"bars": self._stretches.found()}


def is_bars(picture: Picture) -> bool:
    """Whether a picture shows colour bars. One without colour does not."""
    return len(picture.planes) > 1 and any(_fits(picture, middles) for middles in LAYOUTS.values())


def _fits(picture: Picture, middles: tuple[float, ...]) -> bool:
    height, width = picture.small.shape
    for share in _HEIGHTS:
        row = picture.small[int(height * share)]
        codes = [int(row[int(width * middle)]) for middle in middles]
        if any(brighter - darker < _SLIGHT for brighter, darker in pairwise(codes)):
            return False  # nearly every picture ends here
    return all(_is_colours(picture, share, middles) for share in _HEIGHTS)


def _is_colours(picture: Picture, share: float, middles: tuple[float, ...]) -> bool:
    """Whether the bars are even and their colours in order."""
    scale = 1 << (picture.depth - 8)
    for middle, signs in zip(middles, _SIGNS, strict=True):
        luma, *chroma = (_patch(plane, share, middle) / scale for plane in picture.planes)
        if luma.std() > _SPREAD:
            return False
        for values, sign in zip(chroma, signs, strict=True):
            if sign and (values.mean() - 128) * sign < _SLIGHT:
                return False
    return True


def _patch(plane: Plane, share: float, middle: float) -> NDArray[np.float64]:
    """A few samples about a place, as wide as a third of a bar."""
    import numpy as np

    height, width = plane.shape
    row, column, reach = int(height * share), int(width * middle), max(1, width // 60)
    patch: NDArray[np.float64] = plane[row : row + _PATCH, max(0, column - reach) : column + reach].astype(np.float64)
    return patch
