"""What the packets of one stream say: times, sizes, key frames, captions. Nothing is decoded."""

from __future__ import annotations

import itertools
from array import array
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from assets import timing
from assets.media_facts import BitRates

if TYPE_CHECKING:
    from assets.timing import Time

_CAPTIONS = {
    # ITU-T T.35 of the United States and ATSC's mark for closed captions: ATSC A/53 part 4, 6.2.3.
    "h264": b"\xb5\x00\x31GA94\x03",
    "hevc": b"\xb5\x00\x31GA94\x03",
    "av1": b"\xb5\x00\x31GA94\x03",
    "mpeg2video": b"\x00\x00\x01\xb2GA94\x03",
}
_LOOKED_INTO = 300
"""Pictures at the beginning of a stream that are searched for captions; after them a key frame now and then is."""

_LOOK_EVERY = 25
"""Pictures from one key frame that is searched to the next, where every picture is one."""

_MAX_CURVE_SECONDS = 48 * 3600
"""A curve of bit rates is not made of times that lie further apart: they come from a damaged file."""


class Packets:
    """The packets of one stream, told one by one in the order of the file; times in units of its time base."""

    def __init__(self, stream: Any, codec: str, *, picture: bool) -> None:  # noqa: ANN401 -- PyAV's own types
        self.times = array("q")
        self.first: int | None = None
        self.end = 0
        self.size = 0
        self.count = 0
        self.has_captions = False
        self._base = Fraction(stream.time_base or 1)
        self._picture = picture
        self._look_at = 0
        self._mark = _CAPTIONS.get(codec) if picture else None
        self._seconds: dict[int, int] = {}
        self._keys = _KeyFrames()

    def see(self, packet: Any) -> None:  # noqa: ANN401
        """One more packet; one without data or time counts for nothing."""
        size = packet.size
        time = packet.pts
        if time is None:
            time = packet.dts
        if not size or time is None:
            return
        self.count += 1
        self.size += size
        self.end = max(self.end, time + (packet.duration or 0))
        if self.first is None or time < self.first:
            self.first = time
        if self._picture:
            self._see_picture(packet, time, size)

    def _see_picture(self, packet: Any, time: int, size: int) -> None:  # noqa: ANN401
        self.times.append(time)
        is_key = packet.is_keyframe
        self._keys.see(time, is_key=is_key)
        second = time * self._base.numerator // self._base.denominator
        self._seconds[second] = self._seconds.get(second, 0) + size
        if self._mark and (self.count <= _LOOKED_INTO or (is_key and self.count >= self._look_at)):
            self._look_at = self.count + _LOOK_EVERY
            if self._mark in bytes(packet):
                self.has_captions, self._mark = True, None

    @property
    def longest_gop(self) -> int:
        """The most pictures from one key frame to the next, or to the end; 1 where every picture is one."""
        return self._keys.longest()

    @property
    def is_gop_open(self) -> bool:
        """Whether pictures that are shown before a key frame come after it, and so need the group before."""
        return self._keys.is_open

    def time(self, units: int) -> Time:
        """Units of the stream's time base as ticks."""
        return timing.from_seconds(units * self._base)

    def bit_rates(self) -> BitRates | None:
        """The bits of each second of picture; None without pictures, and where times lie absurdly far apart."""
        if not self._seconds:
            return None
        first, last = min(self._seconds), max(self._seconds)
        if last - first > _MAX_CURVE_SECONDS:
            return None
        curve = tuple(8 * self._seconds.get(second, 0) for second in range(first, last + 1))
        return BitRates(timing.from_seconds(Fraction(first)), curve)

    def frame_times(self, rate: Fraction | None) -> tuple[Time, Time]:
        """The shortest and the longest time between two frames.

        A container with a coarse time base (Matroska: 1 ms) rounds each time, so that neighbours differ by one unit at
        a constant rate; that is no variable frame rate and both are then the nominal time of a frame.
        """
        deltas = {later - earlier for earlier, later in itertools.pairwise(sorted(self.times))}
        if not deltas:
            return 0, 0
        if max(deltas) - min(deltas) <= 1 and rate:
            return timing.from_seconds(1 / rate), timing.from_seconds(1 / rate)
        return self.time(min(deltas)), self.time(max(deltas))


class _KeyFrames:
    """Distances between key frames, in pictures, in the order in which they are decoded."""

    def __init__(self) -> None:
        self.is_open = False
        self._since = 0
        self._longest = 0
        self._shown_at: int | None = None

    def see(self, time: int, *, is_key: bool) -> None:
        if is_key:
            self._longest = max(self._longest, self._since)
            self._since, self._shown_at = 0, time
        elif self._shown_at is not None and time < self._shown_at:
            self.is_open = True
        self._since += 1

    def longest(self) -> int:
        return max(self._longest, self._since)
