"""The boxes of a MOV or MP4 file (ISO/IEC 14496-12, 4.2), read with bounds: no hostile file costs much or loops.

Positions only grow, a box never reaches beyond its parent, and the number of boxes and the bytes of one are limited.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

MAX_BOXES = 20_000
"""Boxes that are looked at in one file; a film has some hundred, a fragmented one some thousand."""

MAX_PAYLOAD = 1 << 20
"""Bytes that are read of one box. Those that are read here have some hundred."""

_HEADER = 8
_LARGE = 16


class Seekable(Protocol):
    """An open file of bytes, wherever it lies."""

    def read(self, size: int = -1, /) -> bytes:
        """So many bytes, fewer only at the end."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its four-letter type, where it begins, where its content begins and ends, in bytes of the file."""

    kind: bytes
    begin: int
    start: int
    end: int


class Boxes:
    """Reads the boxes of an open file, and keeps count of them."""

    def __init__(self, file: Seekable) -> None:
        self._file = file
        self._left = MAX_BOXES

    def within(self, start: int, end: int) -> Iterator[Box]:
        """The boxes that stand one after the other in a part of the file, up to the first that makes no sense."""
        at = start
        while at + _HEADER <= end and self._left > 0:
            self._left -= 1
            box = self._box(at, end)
            if box is None:
                return
            yield box
            at = box.end

    def children(self, box: Box, skip: int = 0) -> Iterator[Box]:
        """The boxes in a box, after `skip` bytes of fields of its own."""
        return self.within(box.start + skip, box.end)

    def child(self, box: Box, *path: bytes) -> Box | None:
        """The first box at a path of types below `box`, None if there is none."""
        for kind in path:
            found = next((item for item in self.children(box) if item.kind == kind), None)
            if found is None:
                return None
            box = found
        return box

    def content(self, box: Box, limit: int = MAX_PAYLOAD) -> bytes:
        """The first bytes of a box, `limit` of them at most."""
        self._file.seek(box.start)
        return self._file.read(min(box.end - box.start, limit))

    def _box(self, at: int, end: int) -> Box | None:
        self._file.seek(at)
        head = self._file.read(_LARGE)
        if len(head) < _HEADER:
            return None
        size, kind = struct.unpack(">I4s", head[:_HEADER])
        start = at + _HEADER
        if size == 1:  # a 64-bit size follows
            if len(head) < _LARGE:
                return None
            size, start = struct.unpack(">Q", head[_HEADER:])[0], at + _LARGE
        elif size == 0:  # to the end
            size = end - at
        if at + size < start:
            return None
        return Box(kind, at, start, min(at + size, end))
