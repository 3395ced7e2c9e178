"""Two channels that belong together: how alike they are, and where they are the same or out of phase."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from assets.signals.decibels import QUIET
from assets.signals.meters import Block, SoundSetting
from assets.signals.model import PairSignals
from assets.signals.sample_runs import Run, stretches

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEFT_AND_RIGHT = (("FL", "FR"), ("SL", "SR"), ("BL", "BR"), ("DL", "DR"))

CELLS_PER_SECOND = 50
"""Each cell of 20 ms is the same, inverted or neither; so the ends of a stretch are right to half a frame of film."""

SAME = 1e-5
"""Channels are the same if what parts them is 50 dB below them: two converters, or a coder, add noise of their own."""

INVERTED = -0.7
"""Channels are out of phase if they are this alike with one of them turned round. Independent ones are far from it."""

SAME_SECONDS, INVERTED_SECONDS = 10, 1
FORGIVEN_SECONDS = 0.06
"""So much that is not out of phase does not end a stretch that is: in a wide mix a cell may be alike by chance."""


def pairs_of(labels: tuple[str, ...]) -> list[tuple[int, int]]:
    """The pairs among some loudspeakers, by place; two channels without names are left and right."""
    found = [(labels.index(a), labels.index(b)) for a, b in LEFT_AND_RIGHT if a in labels and b in labels]
    return found or ([(0, 1)] if len(labels) == len(("left", "right")) else [])


class PairMeter:
    """The pairs' part of the record. Where both channels are silent they tell nothing, and no stretch ends."""

    def __init__(self, setting: SoundSetting) -> None:
        self._setting = setting
        self._pairs = [_Pair(first, second, setting.rate) for first, second in pairs_of(setting.labels)]

    def hear(self, block: Block) -> None:
        """One more block."""
        for pair in self._pairs:
            pair.feed(block)

    def result(self) -> dict[str, Any]:
        """`pairs`."""
        return {"pairs": tuple(pair.signals(self._setting) for pair in self._pairs)}


class _Pair:
    def __init__(self, first: int, second: int, rate: int) -> None:
        self._first, self._second = first, second
        self._cell = max(1, rate // CELLS_PER_SECOND)
        self._heard = 0
        self._both = self._left = self._right = 0.0
        self._same = _Lasting(SAME_SECONDS * rate, 0)
        self._inverted = _Lasting(INVERTED_SECONDS * rate, int(FORGIVEN_SECONDS * rate))

    def feed(self, block: Block) -> None:
        import numpy as np

        left, right = block.samples[self._first], block.samples[self._second]
        starts = np.arange(0, len(left), self._cell)
        ends = np.append(starts[1:], len(left))
        both, lefts, rights, apart = (
            np.add.reduceat(product, starts, dtype=np.float64)
            for product in (left * right, left * left, right * right, (left - right) ** 2)
        )
        self._both += float(both.sum())
        self._left += float(lefts.sum())
        self._right += float(rights.sum())
        sounds = np.maximum(lefts, rights) >= QUIET**2 * (ends - starts)
        same = apart <= SAME * (lefts + rights)
        inverted = (both < 0) & (both * both >= INVERTED**2 * lefts * rights) & (np.minimum(lefts, rights) > 0)
        cells = (starts + self._heard).tolist(), (ends + self._heard).tolist()
        self._same.feed(cells, sounds, same)
        self._inverted.feed(cells, sounds, inverted)
        self._heard += len(left)

    def signals(self, setting: SoundSetting) -> PairSignals:
        power = math.sqrt(self._left) * math.sqrt(self._right)
        return PairSignals(
            first=self._first,
            second=self._second,
            correlation=max(-1000, min(1000, round(1000 * self._both / power))) if power else None,
            same=stretches(self._same.finish(), setting),
            inverted=stretches(self._inverted.finish(), setting),
        )


class _Lasting:
    """Stretches of cells that are so, of at least `shortest` samples; cells without sound neither make nor end one."""

    def __init__(self, shortest: int, forgiven: int) -> None:
        self._shortest, self._forgiven = shortest, forgiven
        self._found: list[Run] = []
        self._open: Run | None = None
        self._broken = 0

    def feed(self, cells: tuple[list[int], list[int]], sounds: NDArray[np.bool_], so: NDArray[np.bool_]) -> None:
        for start, end, heard, yes in zip(*cells, sounds.tolist(), so.tolist(), strict=True):
            if heard and yes:
                self._open = (start if self._open is None else self._open[0], end)
                self._broken = 0
            elif heard and self._open is not None:
                self._broken += end - start
                if self._broken > self._forgiven:
                    self.finish()

    def finish(self) -> list[Run]:
        """Ends the stretch that is open; all that were found."""
        if self._open is not None and self._open[1] - self._open[0] >= self._shortest:
            self._found.append(self._open)
        self._open, self._broken = None, 0
        return self._found
