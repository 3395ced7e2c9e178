"""The meters of sound."""

from __future__ import annotations

from typing import Any

from assets.signals.channels import ChannelMeter
from assets.signals.loudness import LoudnessMeter
from assets.signals.meters import Block, SoundMeter, SoundSetting
from assets.signals.pairs import PairMeter
from assets.signals.silence import PeakMeter, SilenceMeter
from assets.signals.tones import ToneMeter
from assets.signals.voices import VoiceMeter

LOUDEST = 1000.0
"""A sample beyond 60 dB over full scale, or one that is no number, as files of floats may have, is not sound."""


def meters_for(setting: SoundSetting) -> list[SoundMeter]:
    """The meters of a sound. Their result may have `unmeasured`: what could not be measured, and why."""
    voices = VoiceMeter(setting)
    return [
        _Finite(
            [
                ChannelMeter(setting),
                SilenceMeter(setting),
                PairMeter(setting),
                ToneMeter(setting),
                PeakMeter(setting),
                voices,
                LoudnessMeter(setting, voices.speech),
            ]
        )
    ]


class _Finite:
    """Keeps what is no sound from the meters, whose sums it would spoil."""

    def __init__(self, meters: list[SoundMeter]) -> None:
        self._meters = meters

    def hear(self, block: Block) -> None:
        """One more block, with silence in place of what is no number and a bound to what is too loud."""
        import numpy as np

        if not block.samples.size:
            return
        if not max(float(block.samples.max()), -float(block.samples.min())) <= LOUDEST:
            samples = np.nan_to_num(block.samples, nan=0.0).clip(-LOUDEST, LOUDEST)
            block = Block(block.start, block.rate, samples)
        for meter in self._meters:
            meter.hear(block)

    def result(self) -> dict[str, Any]:
        """What all of them found."""
        found: dict[str, Any] = {}
        for meter in self._meters:
            found |= meter.result()
        return found
