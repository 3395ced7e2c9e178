"""Steady tones: line-up tones, and the hum of the mains.

Music has partials, speech moves: neither has nearly all of its power on one line of the spectrum that keeps its level
for seconds. A hum is told from a bass note by the frequency, which the mains hold to a hundredth of a semitone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from assets.signals.decibels import of_power
from assets.signals.meters import Block, SoundSetting
from assets.signals.model import Level, Tone
from assets.signals.spectrum import LINE_UP_TOLERANCE, Line, Spectrum
from assets.signals.tone_ends import Fit
from assets.timing import from_seconds

if TYPE_CHECKING:
    from assets.signals.meters import Samples

SHORTEST_SECONDS = 2
"""Shorter ones are signals in a film: a telephone, a heart monitor, a word that is beeped out."""

STEADY_DB = 0.5
"""How much the level may change from half a second to the next. Struck and plucked sounds die away faster."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A tone from one slowed sample to another: what its last half second was, and the power of its loudest."""

    start: int
    end: int
    line: Line
    power: float


class ToneMeter:
    """The tones of all channels; those of several channels at the same time are one."""

    def __init__(self, setting: SoundSetting) -> None:
        self._setting = setting
        self._spectrum = Spectrum(setting.rate)
        self._channels = [_Channel(self._spectrum) for _ in setting.labels]
        self._rest: list[Samples] = []
        self._length = 0

    def hear(self, block: Block) -> None:
        """One more block."""
        import numpy as np

        self._rest.append(block.samples)
        self._length += block.samples.shape[1]
        window = self._spectrum.window
        if self._length >= window:
            wave = np.concatenate(self._rest, axis=1)
            whole = self._length // window * window
            for start in range(0, whole, window):
                self._window(wave[:, start : start + window])
            self._rest, self._length = [wave[:, whole:]], self._length - whole

    def _window(self, wave: Samples) -> None:
        slow = self._spectrum.slowed(wave)
        for channel, line, samples in zip(self._channels, self._spectrum.lines(wave, slow), slow, strict=True):
            channel.feed(line, samples)

    def result(self) -> dict[str, Any]:
        """`tones`."""
        import numpy as np

        if self._length:
            for channel, samples in zip(
                self._channels, self._spectrum.slowed(np.concatenate(self._rest, axis=1)), strict=True
            ):
                channel.feed(None, samples)
        return {"tones": _merged([self._tone(found) for channel in self._channels for found in channel.finish()])}

    def _tone(self, found: _Found) -> Tone:
        start, end = (
            self._setting.start + from_seconds(Fraction(place * self._spectrum.factor, self._setting.rate))
            for place in (found.start, found.end)
        )
        return Tone(start, end, round(found.line.hertz), _level(found.power))


class _Channel:
    """Joins the half seconds of one channel that are the same tone, and finds where it begins and ends."""

    def __init__(self, spectrum: Spectrum) -> None:
        self._rate = spectrum.rate
        self._heard = 0
        self._open: _Found | None = None
        self._before: Samples | None = None
        self._found: list[_Found] = []

    def feed(self, line: Line | None, samples: Samples) -> None:
        """The next half second: the tone that it is, and its slowed samples."""
        if self._open is not None and (line is None or not _alike(line, self._open.line)):
            self._close(samples)
        if line is not None:
            start = self._begin(line, samples) if self._open is None else self._open.start
            power = line.power if self._open is None else max(line.power, self._open.power)
            self._open = _Found(start, self._heard + len(samples), line, power)
        self._heard += len(samples)
        self._before = samples

    def finish(self) -> list[_Found]:
        """Ends the tone that the sound breaks off; all that last."""
        if self._open is not None and self._before is not None:
            self._close(self._before[:0])
        return [found for found in self._found if found.end - found.start >= SHORTEST_SECONDS * self._rate]

    def _begin(self, line: Line, samples: Samples) -> int:
        """Where the tone of a half second begins: in the one before, or not before a little of it has passed."""
        import numpy as np

        half = len(samples) // 2
        before = samples[:0] if self._before is None else self._before
        told_back = np.concatenate((before, samples[:half]))[::-1]
        return self._heard + half - Fit(line.partials, self._rate, samples).length(told_back)

    def _close(self, samples: Samples) -> None:
        """Ends the tone: in this half second, or a little before the end of the last."""
        import numpy as np

        if self._open is not None and self._before is not None:
            half = len(self._before) // 2
            length = Fit(self._open.line.partials, self._rate, self._before).length(
                np.concatenate((self._before[-half:], samples))
            )
            self._found.append(replace(self._open, end=self._open.end - half + length))
        self._open = None


def _alike(one: Line, other: Line) -> bool:
    return (
        abs(one.hertz - other.hertz) <= LINE_UP_TOLERANCE / 2 * other.hertz
        and abs(10 * math.log10(one.power / other.power)) <= STEADY_DB
    )


def _level(power: float) -> Level:
    """The level of a tone is that of its mean square, with 3.01 dB more: a sine at full scale has 0 dBFS (AES17)."""
    return of_power(2 * power) or 0


def _merged(tones: list[Tone]) -> tuple[Tone, ...]:
    """Tones of the same name that touch or overlap as one, with the level of the loudest."""
    result: list[Tone] = []
    for tone in sorted(tones, key=lambda tone: (tone.hertz, tone.start)):
        last = result[-1] if result else None
        if last is not None and last.hertz == tone.hertz and tone.start <= last.end:
            result[-1] = Tone(last.start, max(last.end, tone.end), tone.hertz, max(last.level, tone.level))
        else:
            result.append(tone)
    return tuple(sorted(result, key=lambda tone: (tone.start, tone.hertz)))
