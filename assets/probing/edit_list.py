"""The edit list of a track of a MOV or MP4 file: box `elst`, ISO/IEC 14496-12, 8.6.6."""

from __future__ import annotations

import struct
from fractions import Fraction

from assets import timing
from assets.media_facts import Edit

MAX_EDITS = 1000
"""Edits that are read of one track."""

_ENTRY = {0: struct.Struct(">IiI"), 1: struct.Struct(">QqI")}
_HEAD = 8
_EMPTY = -1
_ONE = 1 << 16


def read_edits(data: bytes, movie_scale: int, media_scale: int) -> tuple[Edit, ...]:
    """The edits in the content of a box `elst`: durations count in the movie's time scale, starts in the track's."""
    entry = _ENTRY.get(data[0]) if data else None
    if entry is None or not movie_scale or not media_scale:
        return ()
    count = min(int.from_bytes(data[4:8], "big"), MAX_EDITS, (len(data) - _HEAD) // entry.size)
    return tuple(
        Edit(
            media_start=None if start == _EMPTY else timing.from_seconds(Fraction(start, media_scale)),
            duration=timing.from_seconds(Fraction(duration, movie_scale)),
            rate=Fraction(rate, _ONE),
        )
        for duration, start, rate in (entry.unpack_from(data, _HEAD + number * entry.size) for number in range(count))
    )
