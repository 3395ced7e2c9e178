"""Reading bytes whose SHA-256 has been promised: those of a file, of an object in another store, or of memory."""

import hashlib
import io
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from assets.errors import PackageError


class BrokenPromiseError(PackageError):
    """The bytes that were read are not those that were promised."""


class UnreadableError(PackageError):
    """What bytes should have come from cannot be read."""


@dataclass(frozen=True, slots=True)
class Stream:
    """The bytes of an object that is read when they are asked for; `name` is its URL."""

    name: str
    size: int
    blocks: Callable[[], Iterator[bytes]]

    def __str__(self) -> str:
        return self.name


class _Reader(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1, /) -> bytes: ...

    def close(self) -> None: ...


class PromisedFile:
    """A source that is read once, from start to end, and hashed as it is read.

    The read that meets its end raises BrokenPromiseError if the bytes were not those of `sha256`. Whoever stores what
    it reads must therefore make it visible only after that read.
    """

    def __init__(self, source: Path | Stream | bytes, sha256: str) -> None:
        self._name = "a file that is made here" if isinstance(source, bytes) else str(source)
        self._promised = sha256
        self._hash = hashlib.sha256()
        self._file, self.size = self._opened(source)
        self._left = self.size

    def _opened(self, source: Path | Stream | bytes) -> tuple[_Reader, int]:
        """What is read, and how many bytes it has now."""
        if isinstance(source, Stream):
            return _Blocks(source), source.size
        if isinstance(source, bytes):
            return io.BytesIO(source), len(source)
        try:
            descriptor = os.open(source, os.O_RDONLY | os.O_NONBLOCK)  # a pipe would wait for a writer
        except (OSError, ValueError) as error:
            raise self._unreadable(error) from error
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            os.close(descriptor)
            raise UnreadableError(f"{self._name}: is no regular file any more; nothing was stored")
        return os.fdopen(descriptor, "rb"), found.st_size

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, fewer only at the end; all that is left if it is negative. Raises StoreError.

        No more is read than there was when it was opened: a file that grows is not followed.
        """
        try:
            data = self._file.read(self._left + 1 if size < 0 else size)
        except OSError as error:
            raise self._unreadable(error) from error
        self._hash.update(data)
        self._left -= len(data)
        if self._left < 0:
            raise BrokenPromiseError(
                f"{self._name}: the file was changed after it was hashed: it grows; nothing was stored"
            )
        if size < 0 or len(data) < size:
            self._keep_promise()
        return data

    def _keep_promise(self) -> None:
        found = self._hash.hexdigest()
        if found != self._promised:
            raise BrokenPromiseError(
                f"{self._name}: the file was changed after it was hashed: its SHA-256 is {found}, promised was "
                f"{self._promised}; nothing was stored, check the file again"
            )

    def _unreadable(self, error: OSError | ValueError) -> UnreadableError:
        return UnreadableError(
            f"{self._name}: cannot be read: {getattr(error, 'strerror', '') or error}; nothing was stored"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


class _Blocks:
    """A stream as a file; no more of it is held than was asked for and one block."""

    def __init__(self, stream: Stream) -> None:
        self._blocks = stream.blocks()
        self._stream = stream
        self._left = stream.size
        self._held = bytearray()

    def read(self, size: int = -1, /) -> bytes:
        """As PromisedFile.read; BrokenPromiseError as soon as there is more than there should be."""
        while size < 0 or len(self._held) < size:
            block = next(self._blocks, None)
            if block is None:
                size = len(self._held)
                break
            self._held += block
            self._left -= len(block)
            if self._left < 0:
                wrong = f"is longer than the {self._stream.size} bytes that were stored there"
                raise BrokenPromiseError(f"{self._stream}: {wrong}")
        data = bytes(self._held[:size])
        del self._held[:size]
        return data

    def close(self) -> None:
        """End the reading of the object, also where it has not come to its end."""
        close = getattr(self._blocks, "close", None)
        if close is not None:
            close()
