"""Reading a file whose SHA-256 has been promised."""

import hashlib
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from assets.errors import StoreError


class PromisedFile:
    """A file that is read once, from start to end, and hashed as it is read.

    The read that meets the end of the file raises StoreError if the bytes were not those of `sha256`. Whoever stores
    what it reads must therefore make it visible only after that read.
    """

    def __init__(self, path: Path, sha256: str) -> None:
        self._path = path
        self._promised = sha256
        self._hash = hashlib.sha256()
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise self._unreadable(error) from error

    @property
    def size(self) -> int:
        """How many bytes the file has now."""
        return os.fstat(self._file.fileno()).st_size

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, fewer only at the end; all that is left if it is negative. Raises StoreError."""
        try:
            data = self._file.read(size)
        except OSError as error:
            raise self._unreadable(error) from error
        self._hash.update(data)
        if size < 0 or len(data) < size:
            self._keep_promise()
        return data

    def _keep_promise(self) -> None:
        found = self._hash.hexdigest()
        if found != self._promised:
            raise StoreError(
                f"{self._path}: the file was changed after it was hashed: its SHA-256 is {found}, promised was "
                f"{self._promised}; nothing was stored, check the file again"
            )

    def _unreadable(self, error: OSError) -> StoreError:
        return StoreError(f"{self._path}: cannot be read: {error.strerror or error}; nothing was stored")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
