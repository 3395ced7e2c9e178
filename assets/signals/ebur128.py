"""The media library's loudness filter, `ebur128`, and its resampler as a meter of true peaks."""

from __future__ import annotations

import math
from array import array
from fractions import Fraction
from typing import TYPE_CHECKING

from assets.timing import Time, from_seconds

if TYPE_CHECKING:
    import av

TRUE_PEAK_RATE = 192_000
"""Hertz: four times 48 kHz, as BS.1770-4 annex 2 asks, and what the filter itself takes for true peaks."""

GATE = -70.0
"""The absolute gate of BS.1770-4, in LUFS: the filter's answer when nothing was above it."""

NO_LOUDNESS = -120.691
"""The filter's answer, in LUFS, where there is no sound, or not yet a whole window."""

# fmt: off
_ORDER = (
    "FL", "FR", "FC", "LFE", "BL", "BR", "FLC", "FRC", "BC", "SL", "SR", "TC", "TFL", "TFC", "TFR", "TBL", "TBC", "TBR",
    "DL", "DR", "WL", "WR", "SDL", "SDR", "LFE2", "TSL", "TSR", "BFC", "BFL", "BFR",
)
# fmt: on
"""The loudspeakers in the media library's own order. In another order it frees a layout twice, and dies."""

_FRONT_NAMES = {"BL": "WL", "BR": "WR", "BC": "TC"}
_UNNAMED = {1: ("FC",), 2: ("FL", "FR")}


def weighing(labels: tuple[str, ...]) -> tuple[str, list[int]] | None:
    """The layout by which the filter weighs some loudspeakers as BS.1770-4 does, and the channels' places in its order.

    The filter gives 1.41 to all that are not in front. BS.1770-4 (table 4) gives it from 60 to 120 degrees: where there
    are loudspeakers at the sides, those in the back have a weight of 1 and are called by another name. One or two
    channels need no names, since the loudspeakers that they are for weigh the same. None if the others have none.
    """
    if not set(labels) & set(_ORDER):
        labels = _UNNAMED.get(len(labels), labels)
    if "SL" in labels:
        labels = tuple(_FRONT_NAMES.get(label, label) for label in labels)
    if not set(labels) <= set(_ORDER) or len(set(labels)) < len(labels):
        return None
    places = sorted(range(len(labels)), key=lambda place: _ORDER.index(labels[place]))
    return "+".join(labels[place] for place in places), places


class Curves:
    """The momentary and the short-term loudness each 100 ms, in LUFS, and what the filter makes of them.

    NO_LOUDNESS stands for silence, and for the time before a window is full.
    """

    def __init__(self, layout: str, rate: int) -> None:
        import av.filter

        self.momentary, self.short_term = array("d"), array("d")
        self.gated, self.range = GATE, 0.0
        graph = av.filter.Graph()
        form = f"time_base=1/{rate}:sample_rate={rate}:sample_fmt=flt:channel_layout={layout}"
        self._source, self._sink = graph.add("abuffer", form), graph.add("abuffersink")
        meter = graph.add("ebur128", "metadata=1")
        self._source.link_to(meter)
        meter.link_to(self._sink)
        graph.configure()
        self._graph = graph

    def feed(self, frame: av.AudioFrame | None) -> None:
        """The next samples; None ends the sound."""
        import av

        self._source.push(frame)
        while True:
            try:
                measured = self._sink.pull().metadata
            except (av.BlockingIOError, av.EOFError):
                return
            if measured:  # what is left at the end and shorter than a step has none
                self.momentary.append(_number(measured["lavfi.r128.M"]))
                self.short_term.append(_number(measured["lavfi.r128.S"]))
                self.gated = float(measured["lavfi.r128.I"])
                self.range = float(measured["lavfi.r128.LRA"])


def _number(text: str) -> float:
    """A loudness; in silence after sound the filter's sums may be less than nothing, whose logarithm is no number."""
    number = float(text)
    return NO_LOUDNESS if math.isnan(number) else number


class TruePeaks:
    """The highest true peak of all channels, where 1 is full scale, and where it first is that high.

    The filter could tell it too, in thousandths of full scale: too coarse for quiet sound, and at twice the cost.
    """

    def __init__(self, layout: str) -> None:
        import av

        self.highest = 0.0
        self._place, self._heard = 0, 0
        self._resampler = av.AudioResampler(format="flt", layout=layout, rate=TRUE_PEAK_RATE)

    def feed(self, frame: av.AudioFrame | None) -> None:
        """The next samples; None ends the sound."""
        for dense in self._resampler.resample(frame):
            wave = dense.to_ndarray()
            top, bottom = float(wave.max()), -float(wave.min())
            if max(top, bottom) > self.highest:
                self.highest = max(top, bottom)
                value = wave.argmax() if top >= bottom else wave.argmin()
                self._place = self._heard + int(value) // dense.layout.nb_channels  # the channels are interleaved
            self._heard += dense.samples

    def since_start(self) -> Time:
        """The time of the highest true peak from the first sample on: the resampler makes up for its own delay."""
        return from_seconds(Fraction(self._place, TRUE_PEAK_RATE))
