"""A file that lies in a store, for whoever reads files: a decoder that seeks in it, a reader of headers."""

import io
import os
from collections.abc import Callable

from assets.distant.blocks import BLOCK_BYTES, Blocks
from assets.distant.link import Link, LinkError
from assets.distant.ranges import Ranges


class RangedFile(io.RawIOBase):
    """The object of a link, read in parts. `name` is what the file would be called here.

    It also is its own `assets.signals.hashing.Hashing`: what is read is hashed, and only once.
    """

    def __init__(self, link: Link, name: str, block_bytes: int = BLOCK_BYTES) -> None:
        super().__init__()
        self.name = name
        self._ranges = Ranges(link)
        self._blocks = Blocks(self._ranges, link.size, block_bytes)
        self._at = 0

    @property
    def received(self) -> int:
        """The bytes that have come from the store."""
        return self._ranges.received

    @property
    def trouble(self) -> LinkError | None:
        """Why nothing more can be read, if that is so."""
        return self._blocks.trouble

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def seekable(self) -> bool:
        """Any place of it can be read next."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; nothing is read."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._blocks.size}[whence]
        if base + offset < 0:
            raise OSError("a place before the beginning of the file")
        self._at = base + offset
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        """So many bytes, fewer only at the end. Raises LinkError."""
        end = self._blocks.size if size < 0 else min(self._at + size, self._blocks.size)
        pieces: list[bytes] = []
        while self._at < end:
            number, start = divmod(self._at, self._blocks.block_bytes)
            piece = memoryview(self._blocks.block(number))[start : start + end - self._at].tobytes()
            pieces.append(piece)
            self._at += len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def reached(self, position: int) -> None:
        """The decoder has come to this byte, which it has read here."""

    def abandon(self) -> None:
        """Nobody asks for the digest any more."""

    def result(self, goes_on: Callable[[], None] = lambda: None) -> tuple[str, int]:
        """Digest and size, when the decoder needs no more; what it has not read is read now. Raises LinkError."""
        return self._blocks.digest(goes_on), self._blocks.size

    def close(self) -> None:
        """End what is under way."""
        self._blocks.close()
        super().close()
