"""Loudness and true peak: ITU-R BS.1770, EBU Tech 3341 and 3342.

A single channel is measured as it is, with the weight of a front loudspeaker, as BS.1770 has it: written into two
channels, as dual mono, the same sound measures 3.01 LU more.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from assets.signals.decibels import NOTHING, hundredths, of_peak, of_power, power
from assets.signals.ebur128 import GATE, Curves, TruePeaks, weighing
from assets.signals.frames import frame_of
from assets.signals.meters import Block, SoundSetting
from assets.signals.model import Level, Loudness, Stretch
from assets.timing import from_seconds

STEPS_PER_SECOND = 10
WINDOW_STEPS = 4
"""The curves have a value each 100 ms; a momentary one is that of the 400 ms before."""


class LoudnessMeter:
    """The loudness of a sound; at the end `speech` is asked where somebody speaks."""

    def __init__(self, setting: SoundSetting, speech: Callable[[], Sequence[Stretch]]) -> None:
        self._setting, self._speech = setting, speech
        self._heard = 0
        self._weighing = weighing(setting.labels)
        if self._weighing:
            layout = self._weighing[0]
            self._curves, self._peaks = Curves(layout, setting.rate), TruePeaks(layout)

    def hear(self, block: Block) -> None:
        """One more block."""
        if self._weighing:
            layout, places = self._weighing
            frame = frame_of(block.samples[places], block.rate, layout)
            self._peaks.feed(frame)
            self._curves.feed(frame)
            self._heard += block.samples.shape[1]

    def result(self) -> dict[str, Any]:
        """`loudness`, or why it is not measured."""
        if self._weighing is None:
            count = len(self._setting.labels)
            reason = (
                f"the file does not say which loudspeakers its {count} channels are for, and they weigh differently"
            )
            return {"unmeasured": [("loudness", reason)]}
        if not self._heard:
            return {"unmeasured": [("loudness", "there are no samples")]}
        self._curves.feed(None)
        self._peaks.feed(None)
        return {"loudness": self._loudness(self._curves, self._speech())}

    def _loudness(self, curves: Curves, speech: Sequence[Stretch]) -> Loudness:
        gated = curves.gated if curves.gated > GATE else None
        short_term = _highest(curves.short_term)
        measured_range = None if gated is None or short_term is None else hundredths(curves.range)
        true_peak = of_peak(self._peaks.highest)
        return Loudness(
            ungated=_mean(curves.momentary[WINDOW_STEPS - 1 :: WINDOW_STEPS]),
            gated=None if gated is None else hundredths(gated),
            speech=_mean(self._spoken(curves.momentary, speech)),
            speech_percent=self._percent(speech),
            lra=measured_range,
            momentary=_highest(curves.momentary),
            short_term=short_term,
            true_peak=true_peak,
            curve=tuple(map(hundredths, curves.short_term[STEPS_PER_SECOND - 1 :: STEPS_PER_SECOND])),
            true_peak_at=None if true_peak is None else self._setting.start + self._peaks.since_start(),
        )

    def _spoken(self, momentary: array[float], speech: Sequence[Stretch]) -> Iterator[float]:
        """The momentary loudness of the windows that lie in one stretch of speech as a whole."""
        starts = [stretch.start for stretch in speech]
        step = from_seconds(Fraction(self._setting.rate // STEPS_PER_SECOND, self._setting.rate))
        for number, value in enumerate(momentary, start=1):
            start = self._setting.start + (number - WINDOW_STEPS) * step
            place = bisect_right(starts, start) - 1
            if place >= 0 and start + WINDOW_STEPS * step <= speech[place].end:
                yield value

    def _percent(self, speech: Sequence[Stretch]) -> int:
        """How much of the sound is speech."""
        spoken = sum(stretch.end - stretch.start for stretch in speech)
        return round(100 * spoken / from_seconds(Fraction(self._heard, self._setting.rate)))


def _mean(values: Iterator[float] | array[float]) -> Level | None:
    """The loudness of windows together: that of their mean power."""
    powers = [power(value) for value in values]
    return of_power(sum(powers) / len(powers)) if powers else None


def _highest(values: array[float]) -> Level | None:
    return hundredths(max(values, default=NOTHING))
