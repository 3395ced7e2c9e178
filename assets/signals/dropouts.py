"""Dropouts: digital silence that tears a hole into a sound.

Exact zeros alone are no fault: between the words of a dubbed voice, and in the stops of its consonants, there is often
nothing else. Many of these pauses are led up to softly. So where there are such, only that is a dropout which breaks
the wave: it leaves the sound, and comes back, by a bend that is sharper than any of those around. Where there are none,
as in any mix with music or the air of a room, all holes in sound are dropouts.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING

from assets.signals.decibels import QUIET
from assets.signals.sample_runs import Joined, Run, Runs

if TYPE_CHECKING:
    from assets.signals.meters import Samples

SHORTEST_MS, LONGEST_MS = 2, 1000
"""Shorter ones are single lost samples, longer ones silence."""

EDGE_MS, AROUND_MS = 3, 60
"""How much before and after the hole is its edge, and how much tells how loud the sound is there."""

FADED = 0.05
"""An edge whose peak is below this part of the peak around it (-26 dB) fades: it is the end of a sound, not a cut."""

SOFT, SOFT_PER_SECOND = 0.01, 6000
"""The pause that is led up to: a 6000th of a second before or after it there is next to nothing, -40 dB."""

BROKEN = 1.5
"""The wave is broken if it bends this much more at the hole than anywhere at the edge."""

PAUSES_SECONDS, HOLES_PER_PAUSE = 10, 4
"""A sound has pauses where, so far before and after, there is at least one to so many other holes."""


class Dropouts:
    """Finds the dropouts of one channel."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._soft = max(1, rate // SOFT_PER_SECOND)
        self._edge, self._around = max(3, rate * EDGE_MS // 1000), rate * AROUND_MS // 1000
        self._keep = rate * LONGEST_MS // 1000 + 2 * self._around
        self._zeros = Runs(max(2, rate * SHORTEST_MS // 1000), rate * LONGEST_MS // 1000)
        self._waiting: deque[Run] = deque()
        self._recent: deque[Samples] = deque()
        self._heard = self._kept = 0
        self._holes, self._broken = Joined(self._around), Joined(self._around)
        self._pauses: Counter[int] = Counter()
        self._others: Counter[int] = Counter()

    def feed(self, wave: Samples) -> None:
        """The next samples."""
        self._recent.append(wave)
        self._heard += len(wave)
        self._kept += len(wave)
        self._waiting.extend(self._zeros.feed(wave == 0))
        if self._waiting and self._waiting[0][1] + self._around <= self._heard:
            self._judge(self._heard - self._around)
        while self._kept - len(self._recent[0]) >= self._keep + self._around:
            self._kept -= len(self._recent.popleft())

    def finish(self) -> list[Run]:
        """All dropouts, when the sound is over; a hole that it ends with is none."""
        self._judge(self._heard)
        found = Joined(self._around)
        found.add(sorted(self._broken.runs + [run for run in self._holes.runs if not self._among_pauses(run)]))
        return found.runs

    def _judge(self, until: int) -> None:
        """Sorts the waiting holes that end before a sample into cuts and pauses."""
        import numpy as np

        if not self._waiting:
            return
        wave = np.concatenate(self._recent)
        offset = self._heard - len(wave)
        while self._waiting and self._waiting[0][1] <= until:
            start, end = run = self._waiting.popleft()
            before = wave[max(0, start - offset - self._around) : max(0, start - offset)]
            sides = (before[::-1], wave[end - offset : end - offset + self._around])
            if min(len(side) for side in sides) >= self._edge:  # else it is at an end of the sound
                self._sort(run, sides)

    def _sort(self, run: Run, sides: tuple[Samples, Samples]) -> None:
        """Keeps a hole by what is on its two sides, both told from the hole outwards."""
        louds = [_peak(side, self._around) for side in sides]
        is_pause = any(_peak(side, self._soft) < SOFT * loud for side, loud in zip(sides, louds, strict=True))
        (self._pauses if is_pause else self._others)[run[0] // self._rate] += 1
        if min(louds) >= QUIET and all(
            _peak(side, self._edge) >= FADED * loud for side, loud in zip(sides, louds, strict=True)
        ):
            self._holes.add([run])
            if all(self._is_broken(side) for side in sides):
                self._broken.add([run])

    def _is_broken(self, side: Samples) -> bool:
        """Whether a wave, bends at the hole as nowhere at its edge."""
        import numpy as np

        at_hole = max(abs(float(side[0])), abs(float(side[1] - 2 * side[0])))
        return at_hole >= BROKEN * float(np.abs(np.diff(side[: self._edge], 2)).max())

    def _among_pauses(self, run: Run) -> bool:
        """Whether the sound around a hole has pauses."""
        second = run[0] // self._rate
        near = range(second - PAUSES_SECONDS, second + PAUSES_SECONDS + 1)
        pauses = sum(self._pauses[place] for place in near)
        return pauses > 0 and pauses * HOLES_PER_PAUSE >= sum(self._others[place] for place in near)


def _peak(side: Samples, count: int) -> float:
    """The peak of the samples next to a hole."""
    import numpy as np

    return float(np.abs(side[:count]).max())
