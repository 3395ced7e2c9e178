"""What each channel is by itself: its levels, and where it is silent, torn or clipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assets.signals.decibels import QUIET, of_peak, of_power
from assets.signals.dropouts import Dropouts
from assets.signals.meters import Block, SoundSetting
from assets.signals.model import ChannelSignals
from assets.signals.sample_runs import Joined, Run, Runs, stretches

if TYPE_CHECKING:
    from assets.signals.meters import Samples

FULL_SCALE = 32767 / 32768
"""The highest positive sample of 16 bits; of 24 bits, what is less than 0.0003 dB below full scale."""

CLIPPED_SAMPLES = 3
"""A wave may touch full scale with a sample or two; one that stays there has lost its top."""


class ChannelMeter:
    """Each channel's part of the record. Clipping that pauses for less than a second is one stretch."""

    def __init__(self, setting: SoundSetting) -> None:
        self._setting = setting
        self._channels = [_Channel(label, setting.rate) for label in setting.labels]

    def hear(self, block: Block) -> None:
        """One more block."""
        import numpy as np

        for channel, wave, level in zip(self._channels, block.samples, np.abs(block.samples), strict=True):
            channel.feed(wave, level)

    def result(self) -> dict[str, Any]:
        """`channels`."""
        return {"channels": tuple(channel.signals(self._setting) for channel in self._channels)}


class _Channel:
    def __init__(self, label: str, rate: int) -> None:
        self._label = label
        self._peak = self._squares = 0.0
        self._heard = 0
        self._quiet, self._silent = Runs(rate), list[Run]()
        self._full, self._clipped = Runs(CLIPPED_SAMPLES), Joined(rate)
        self._dropouts = Dropouts(rate)

    def feed(self, wave: Samples, level: Samples) -> None:
        """The next samples, and their absolute values."""
        self._peak = max(self._peak, float(level.max()))
        self._squares += float(wave @ wave)
        self._heard += len(wave)
        self._silent += self._quiet.feed(level < QUIET)
        self._clipped.add(self._full.feed(level >= FULL_SCALE))
        self._dropouts.feed(wave)

    def signals(self, setting: SoundSetting) -> ChannelSignals:
        self._clipped.add(self._full.finish())
        return ChannelSignals(
            label=self._label,
            peak=of_peak(self._peak),
            rms=of_power(self._squares / self._heard) if self._heard else None,
            silent=stretches(self._silent + self._quiet.finish(), setting),
            dropouts=stretches(self._dropouts.finish(), setting),
            clipped=stretches(self._clipped.runs, setting),
        )
