"""Where exactly a tone begins and ends, which the half seconds of its spectra cannot tell."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assets.signals.meters import Samples

CELLS_PER_SECOND = 50
"""A cell of 20 ms has a whole turn of the lowest hum."""

SHARE = 0.9
"""Of a cell's power so much must be that of the tone."""

LEVEL_DB = 1.5
"""And its level may differ by this much from that of the tone."""


class Fit:
    """What cells of a tone look like, learnt from a window that is that tone and nothing else."""

    def __init__(self, partials: tuple[float, ...], rate: float, window: Samples) -> None:
        import numpy as np

        self.size = int(rate / CELLS_PER_SECOND)
        turns = 2 * math.pi / rate * np.outer(np.arange(self.size), partials)
        waves = np.concatenate((np.ones((self.size, 1)), np.cos(turns), np.sin(turns)), axis=1)
        self._waves = np.linalg.qr(waves)[0]
        self._power = float(np.median(self._powers(window)[1]))

    def length(self, window: Samples) -> int:
        """How many samples from the beginning on belong to the tone, to a cell; the end of the window is no end."""
        if len(window) < self.size:
            return len(window)
        totals, powers = self._powers(window)
        low, high = self._power * 10 ** (-LEVEL_DB / 10), self._power * 10 ** (LEVEL_DB / 10)
        belongs = (powers >= SHARE * totals) & (powers >= low) & (powers <= high)
        count = int(belongs.argmin()) if not belongs.all() else len(belongs)
        return count * self.size if count < len(belongs) else len(window)

    def _powers(self, window: Samples) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The power of each cell and of the tone in it, both without their mean.

        A tone told backwards is the same tone: one set of waves does for both ends.
        """
        cells = window[: len(window) // self.size * self.size].reshape(-1, self.size).astype(float)
        parts = cells @ self._waves
        return (cells**2).sum(axis=1) - parts[:, 0] ** 2, (parts[:, 1:] ** 2).sum(axis=1)
