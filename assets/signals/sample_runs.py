"""Runs of samples that have something in common, followed over the blocks of a sound, exact to the sample."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from assets.signals.meters import SoundSetting
from assets.signals.model import Stretch
from assets.timing import from_seconds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Run = tuple[int, int]
"""The first sample of a run and the first after it, counted from the beginning of the sound."""


class Runs:
    """Finds the runs of at least `shortest` and fewer than `longest` samples for which a condition holds."""

    def __init__(self, shortest: int, longest: int | None = None) -> None:
        self._shortest = shortest
        self._longest = longest
        self._heard = 0
        self._begun: int | None = None

    def feed(self, holds: NDArray[np.bool_]) -> list[Run]:
        """The runs that end in the next samples, of which `holds` says for each whether the condition holds."""
        import numpy as np

        changes = np.flatnonzero(holds[1:] != holds[:-1]) + (self._heard + 1)
        if bool(holds[0]) != (self._begun is not None):
            changes = np.concatenate(([self._heard], changes))
        if self._begun is not None:
            changes = np.concatenate(([self._begun], changes))
        self._heard += len(holds)
        self._begun = int(changes[-1]) if len(changes) % 2 else None
        ends = changes[1::2]
        starts = changes[::2][: len(ends)]
        long = ends - starts >= self._shortest
        return [run for run in zip(starts[long].tolist(), ends[long].tolist(), strict=True) if self._fits(run)]

    def finish(self) -> list[Run]:
        """The run that the end of the sound ends, if there is one."""
        run = (self._heard if self._begun is None else self._begun, self._heard)
        self._begun = None
        return [run] if self._fits(run) else []

    def _fits(self, run: Run) -> bool:
        length = run[1] - run[0]
        return length >= self._shortest and (self._longest is None or length < self._longest)


class Joined:
    """Keeps runs, in order; those parted by fewer than `gap` samples as one, so that a torn sound has few of them."""

    def __init__(self, gap: int) -> None:
        self.runs: list[Run] = []
        self._gap = gap

    def add(self, runs: Iterable[Run]) -> None:
        """Some more runs, none of them before those that are kept."""
        for start, end in runs:
            if self.runs and start - self.runs[-1][1] < self._gap:
                self.runs[-1] = (self.runs[-1][0], max(end, self.runs[-1][1]))
            else:
                self.runs.append((start, end))


def stretches(runs: Iterable[Run], setting: SoundSetting) -> tuple[Stretch, ...]:
    """Runs in the time of the file."""

    def time(sample: int) -> int:
        return setting.start + from_seconds(Fraction(sample, setting.rate))

    return tuple(Stretch(time(start), time(end)) for start, end in runs)
