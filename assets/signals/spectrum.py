"""Half seconds of sound that are a tone and nothing else, told by their spectra."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assets.signals.meters import Samples

LINE_UP_HERTZ = (400, 440, 997, 1000)
LINE_UP_TOLERANCE = 0.01
"""A tape may run this much too fast or too slow."""

LINE_UP_SHARE = 0.99
"""A tone has no partials: what is beside the line is noise, 20 dB below it at least."""

MAINS_HERTZ = (50, 60)
MAINS_TOLERANCE = 0.006
"""Mains stay within 0.3 Hz in all but seconds of their lives; the next semitones are eight times as far away."""

MAINS_MULTIPLES, MAINS_STRONGEST = 8, 4
"""A hum is on these multiples; the strongest of them is one of the first. The seventh of 50 Hz is also an F4."""

MAINS_SHARE = 0.95

FAINT = 1e-7
"""-70 dBFS as a mean square: what is below is heard by nobody."""

SLOW_HERTZ = 6000
"""Sound is slowed down to about this sample rate: all of the tones are far below its half."""

LOBE = 3
"""A line is spread over so many bins to each side: a Hann window's main lobe, and a bin more."""


@dataclass(frozen=True, slots=True)
class Line:
    """A tone: `hertz` is its name, `partials` the frequencies that it may have, `power` its mean square."""

    hertz: float
    partials: tuple[float, ...]
    power: float


class Spectrum:
    """Finds tones in windows of half a second at a sample rate; `window` is their length in samples."""

    def __init__(self, rate: int) -> None:
        import numpy as np

        self.factor = max(1, rate // SLOW_HERTZ)
        self.rate = rate / self.factor
        size = rate // 2 // self.factor
        self.window = size * self.factor
        self._hann = np.hanning(size).astype(np.float32)
        self._scale = 2 / (size * float(self._hann @ self._hann))
        self._bin = self.rate / size

    def slowed(self, wave: Samples) -> Samples:
        """Every `factor` samples as their mean, channels x samples.

        A poor filter: a part of what is above comes down. It can only hide a tone, never make one, since the power of a
        line is compared with that of the sound as it was.
        """
        count = wave.shape[1] // self.factor
        slow: Samples = wave[:, : count * self.factor].reshape(len(wave), count, self.factor).mean(axis=2)
        return slow

    def lines(self, wave: Samples, slow: Samples) -> list[Line | None]:
        """The tone that each channel of a window is, from the window and the same slowed."""
        import numpy as np

        totals = wave.var(axis=1)
        if not (totals >= FAINT).any():
            return [None] * len(wave)
        spectra = np.abs(np.fft.rfft(slow * self._hann, axis=1)) ** 2 * self._scale
        spectra[:, :LOBE] = 0
        return [
            self._line(spectrum, float(total)) if total >= FAINT else None
            for spectrum, total in zip(spectra, totals, strict=True)
        ]

    def _line(self, spectrum: NDArray[np.float32], total: float) -> Line | None:
        top = int(spectrum[: -LOBE - 1].argmax())
        near = [float(value) for value in spectrum[top - 1 : top + 2]]
        if top <= LOBE or 2 * sum(near) < (1 - MAINS_SHARE) * total:
            return None
        hertz = self._hertz(top, near)
        if any(abs(hertz - name) <= LINE_UP_TOLERANCE * name for name in LINE_UP_HERTZ):
            power = self._power(spectrum, hertz)
            return Line(hertz, (hertz,), power) if power >= LINE_UP_SHARE * total else None
        for name in MAINS_HERTZ:
            multiple = round(hertz / name)
            if 1 <= multiple <= MAINS_STRONGEST and abs(hertz / multiple - name) <= MAINS_TOLERANCE * name:
                partials = tuple(hertz / multiple * number for number in range(1, MAINS_MULTIPLES + 1))
                power = sum(self._power(spectrum, partial) for partial in partials)
                return Line(name, partials, power) if power >= MAINS_SHARE * total else None
        return None

    def _hertz(self, top: int, near: list[float]) -> float:
        """The frequency of a line from its highest bin and those beside it; exact for a steady tone."""
        left, middle, right = (math.sqrt(value) for value in near)
        ratio, side = (right / middle, 1) if right > left else (left / middle, -1)
        return (top + side * (2 * ratio - 1) / (ratio + 1)) * self._bin

    def _power(self, spectrum: NDArray[np.float32], hertz: float) -> float:
        """The mean square of a line, made good for what slowing takes from it."""
        place = round(hertz / self._bin)
        turn = math.pi * hertz / self.rate
        kept = math.sin(turn) / (self.factor * math.sin(turn / self.factor))
        return float(spectrum[place - LOBE : place + LOBE + 1].sum()) / kept**2
