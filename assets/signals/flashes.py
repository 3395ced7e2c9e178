"""A screening for flashes that may harm photosensitive viewers. It is no test after ITU-R BT.1702.

The definition is that of the general flash, as in WCAG 2.2 (success criterion 2.3.1) and BT.1702: a pair of opposing
changes of relative luminance by a tenth of the maximum or more, where the darker picture is below 0.80, over a quarter
of the area; more than three in any second are too many. Saturated red, viewing distance and the brightness of the
display are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assets.signals.model import Stretch
from assets.timing import TICKS_PER_SECOND

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assets.signals.meters import Picture
    from assets.timing import Time

    Luminance = NDArray[np.float32]

CHANGE = 0.1
DARKER_BELOW = 0.80
AREA = 0.25
ALLOWED_CHANGES = 6
"""Three flashes: three changes up and three down."""

_REGIONS = 8
_SAMPLES = 64
_GAMMA = 2.4


class FlashMeter:
    """Follows the luminance of 64 regions, and notes when a quarter of them has changed in one direction.

    Regions are wide, so that noise and moving texture, which change points but not places, are no flash.
    """

    def __init__(self) -> None:
        self._tables: dict[bool, Luminance] = {}
        self._extremes: tuple[Luminance, Luminance] | None = None
        self._shape: tuple[int, ...] = ()
        self._direction = 0
        self._changes: list[Time] = []
        self._found: list[Stretch] = []

    def see(self, picture: Picture) -> None:
        """One more picture. Kept are the lowest and the highest luminance of each region since it last changed."""
        import numpy as np

        if picture.still:
            return
        light = self._luminance(picture)
        if self._extremes is None or picture.small.shape != self._shape:
            self._extremes, self._shape = (light, light), picture.small.shape
            return
        low, high = self._extremes
        rises = (light - low >= CHANGE) & (low < DARKER_BELOW)
        falls = (high - light >= CHANGE) & (light < DARKER_BELOW)
        turned = rises | falls
        self._extremes = (
            np.where(turned, light, np.minimum(low, light)),
            np.where(turned, light, np.maximum(high, light)),
        )
        need = AREA * light.size
        for direction, changed in ((1, rises), (-1, falls)):
            if changed.sum() >= need and direction != self._direction:
                self._direction = direction
                self._note(picture.start)
                break

    def _note(self, time: Time) -> None:
        self._changes = [earlier for earlier in self._changes if earlier > time - TICKS_PER_SECOND]
        self._changes.append(time)
        if len(self._changes) <= ALLOWED_CHANGES:
            return
        first = self._changes[0]
        if self._found and first <= self._found[-1].end:
            first = self._found.pop().start
        if first < time:
            self._found.append(Stretch(first, time))

    def _luminance(self, picture: Picture) -> Luminance:
        """The mean relative luminance of each region, between 0 and 1."""
        import numpy as np

        small = picture.small
        step = max(1, min(small.shape) // _SAMPLES)
        light = self._table(picture.full_range)[small[::step, ::step]]
        if min(light.shape) < _REGIONS:
            return light
        rows, columns = (np.arange(_REGIONS) * size // _REGIONS for size in light.shape)
        sums = np.add.reduceat(np.add.reduceat(light, rows, axis=0), columns, axis=1)
        heights, widths = (np.diff([*at, size]) for at, size in zip((rows, columns), light.shape, strict=True))
        means: Luminance = (sums / np.outer(heights, widths)).astype(np.float32)
        return means

    def _table(self, full_range: bool) -> Luminance:
        """Relative luminance of each 8-bit code, by the display's transfer function (ITU-R BT.1886, gamma 2.4)."""
        import numpy as np

        if full_range not in self._tables:
            black, white = (0, 255) if full_range else (16, 235)
            signal = np.clip((np.arange(256) - black) / (white - black), 0, 1)
            self._tables[full_range] = (signal**_GAMMA).astype(np.float32)
        return self._tables[full_range]

    def result(self) -> dict[str, Any]:
        """The field `flashes`."""
        return {"flashes": tuple(self._found)}
