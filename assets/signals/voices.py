"""Where somebody speaks: voice activity detection, offline.

The detector hears voices, also sung and murmured ones, not words; its beginnings and ends are right to about a tenth of
a second. It is given 16 kHz mono: of a film the centre channel, where dialogue is, or the middle of left and right.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from assets.signals.frames import frame_of
from assets.signals.meters import Block, SoundSetting
from assets.signals.model import Stretch
from assets.timing import Time, from_seconds

if TYPE_CHECKING:
    from assets.signals.meters import Samples

SAMPLE_RATE = 16_000
THRESHOLD, SHORTEST_MS, HANGOVER_MS = 0.72, 32, 0
"""How sure the detector must be, which is its own default; at what length it answers, and what it adds at the end."""

SHORTEST_SPEECH = from_seconds(Fraction(1, 10))
"""What is shorter is a click."""

SHORTEST_PAUSE = from_seconds(Fraction(1, 4))
"""Speech that pauses for less is one stretch: a breath is no new line."""


class Detector:
    """Hears voices in 16 kHz mono that begins at `start`, given in pieces of any length."""

    def __init__(self, start: Time) -> None:
        import fast_vad
        import numpy as np

        self._detector = fast_vad.VadStateful.with_config(SAMPLE_RATE, THRESHOLD, SHORTEST_MS, SHORTEST_MS, HANGOVER_MS)
        self._frame = from_seconds(Fraction(self._detector.frame_size, SAMPLE_RATE))
        self._rest = np.empty(0, np.float32)
        self._now = start
        self._begun: Time | None = None
        self._found: list[tuple[Time, Time]] = []

    def feed(self, samples: Samples) -> None:
        """The next samples, between -1 and 1."""
        import numpy as np

        size = self._detector.frame_size
        rest = np.concatenate((self._rest, samples))
        for place in range(0, len(rest) - size + 1, size):
            speaks = self._detector.detect_frame(rest[place : place + size])
            if speaks and self._begun is None:
                self._begun = self._now
            elif not speaks and self._begun is not None:
                self._found.append((self._begun, self._now))
                self._begun = None
            self._now += self._frame
        self._rest = rest[len(rest) // size * size :]

    def finish(self) -> list[tuple[Time, Time]]:
        """Ends the speech that the sound breaks off; all that was heard."""
        if self._begun is not None:
            self._found.append((self._begun, self._now))
            self._begun = None
        return self._found


def joined(found: Iterable[tuple[Time, Time]]) -> list[tuple[Time, Time]]:
    """The stretches, with those that only a breath parts made one, and without clicks."""
    result: list[tuple[Time, Time]] = []
    for start, end in found:
        if result and start - result[-1][1] < SHORTEST_PAUSE:
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return [(start, end) for start, end in result if end - start >= SHORTEST_SPEECH]


class VoiceMeter:
    """The stretches of speech in a sound."""

    def __init__(self, setting: SoundSetting) -> None:
        import av

        self._channels = _dialogue(setting.labels)
        self._resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
        self._detector = Detector(setting.start)
        self._speech: tuple[Stretch, ...] | None = None

    def hear(self, block: Block) -> None:
        """One more block."""
        voice = block.samples[self._channels].mean(axis=0, keepdims=True)
        for frame in self._resampler.resample(frame_of(voice, block.rate, "mono")):
            self._detector.feed(frame.to_ndarray()[0])

    def speech(self) -> tuple[Stretch, ...]:
        """All stretches, when the sound is over."""
        if self._speech is None:
            for frame in self._resampler.resample(None):
                self._detector.feed(frame.to_ndarray()[0])
            self._speech = tuple(Stretch(start, end) for start, end in joined(self._detector.finish()))
        return self._speech

    def result(self) -> dict[str, Any]:
        """`speech`."""
        return {"speech": self.speech()}


def _dialogue(labels: tuple[str, ...]) -> list[int]:
    """The places of the channels to listen to: the centre, else left and right, else all."""
    for wanted in (("FC",), ("FL", "FR")):
        if all(label in labels for label in wanted):
            return [labels.index(label) for label in wanted]
    return list(range(len(labels)))
