"""Whether a Matroska file or an MPEG transport stream is encrypted, from its first bytes.

Matroska: RFC 9559, 5.1.4.1.31 (ContentEncodings). Transport streams: ISO/IEC 13818-1, 2.4.3.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assets.probing.boxes import Seekable

_LOOKED_INTO = 4 << 20
"""Bytes from the beginning: a Matroska file has its tracks there, a transport stream some thousand packets."""

_EBML, _SEGMENT, _CLUSTER = 0x1A45DFA3, 0x18538067, 0x1F43B675
_TO_ENCRYPTION = (_SEGMENT, 0x1654AE6B, 0xAE, 0x6D80, 0x6240, 0x5035)
"""Segment, Tracks, TrackEntry, ContentEncodings, ContentEncoding, ContentEncryption."""

_SYNC, _NULL_PACKET = 0x47, 0x1FFF
_TS_LENGTHS = (188, 192)
_SYNCS = 5


def read_encryption(path: Path) -> str | None:
    """`Matroska encryption` or `scrambled transport stream`; None where neither is the case. Raises OSError."""
    with path.open("rb") as file:
        return encryption_in(file)


def encryption_in(file: Seekable) -> str | None:
    """The same of an open file, which is read from its beginning."""
    file.seek(0)
    data = file.read(_LOOKED_INTO)
    if int.from_bytes(data[:4], "big") == _EBML:
        return "Matroska encryption" if _has(data, 0, len(data), _TO_ENCRYPTION) else None
    return "scrambled transport stream" if _is_scrambled(data) else None


def _has(data: bytes, start: int, end: int, path: tuple[int, ...]) -> bool:
    """Whether a part of a Matroska file has an element at a path of identifiers."""
    for name, begin, stop in _elements(data, start, end):
        if name == _CLUSTER:
            return False
        if name == path[0] and (len(path) == 1 or _has(data, begin, stop, path[1:])):
            return True
    return False


def _elements(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The elements that stand one after the other: identifier, begin and end of the content."""
    at = start
    while at < end:
        width = 9 - data[at].bit_length()
        name = int.from_bytes(data[at : at + width], "big")
        at += width
        if at >= end:
            return
        width = 9 - data[at].bit_length()
        size = int.from_bytes(data[at : at + width], "big") & ((1 << 7 * width) - 1)
        at += width
        is_open = size == (1 << 7 * width) - 1
        stop = end if is_open else min(at + size, end)
        yield name, at, stop
        at = stop


def _is_scrambled(data: bytes) -> bool:
    for length in _TS_LENGTHS:
        first = length - _TS_LENGTHS[0]  # M2TS has a time stamp before each packet
        if len(data) > length * _SYNCS and all(data[first + length * number] == _SYNC for number in range(_SYNCS)):
            return any(
                data[at + 3] >> 6 and int.from_bytes(data[at + 1 : at + 3], "big") & _NULL_PACKET != _NULL_PACKET
                for at in range(first, len(data) - 3, length)
                if data[at] == _SYNC
            )
    return False
