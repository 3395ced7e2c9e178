"""Where nothing is heard from any channel, and the highest sample of each second."""

from __future__ import annotations

from typing import Any

from assets.signals.decibels import QUIET, of_peak
from assets.signals.meters import Block, SoundSetting
from assets.signals.sample_runs import Run, Runs, stretches


class SilenceMeter:
    """Silence: no sample of any channel reaches -60 dBFS, for a second or more."""

    def __init__(self, setting: SoundSetting) -> None:
        self._setting = setting
        self._quiet = Runs(setting.rate)
        self._found: list[Run] = []

    def hear(self, block: Block) -> None:
        """One more block."""
        import numpy as np

        self._found += self._quiet.feed(np.abs(block.samples).max(axis=0) < QUIET)

    def result(self) -> dict[str, Any]:
        """`silence`."""
        return {"silence": stretches(self._found + self._quiet.finish(), self._setting)}


class PeakMeter:
    """The highest sample of each second, of the loudest channel; the last second may be a part of one."""

    def __init__(self, setting: SoundSetting) -> None:
        self._rate = setting.rate
        self._heard = 0
        self._peaks: list[float] = []

    def hear(self, block: Block) -> None:
        """One more block; one that lies in two seconds is parted."""
        import numpy as np

        wave = np.abs(block.samples).max(axis=0)
        place = 0
        while place < len(wave):
            second, passed = divmod(self._heard, self._rate)
            part = wave[place : place + self._rate - passed]
            if second == len(self._peaks):
                self._peaks.append(0.0)
            self._peaks[second] = max(self._peaks[second], float(part.max()))
            place += len(part)
            self._heard += len(part)

    def result(self) -> dict[str, Any]:
        """`peaks`."""
        return {"peaks": tuple(of_peak(peak) for peak in self._peaks)}
