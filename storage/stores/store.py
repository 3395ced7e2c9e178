"""The protocol every store keeps, and what it promises."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from storage.stores.promised import Stream

Progress = Callable[[int], None]
"""Called with the number of bytes that went since the last call."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An object that is whole and in the store. `sha256` is None where only reading it would tell."""

    key: str
    size: int
    sha256: str | None = None


class Store(Protocol):
    """Objects by key. A key is a relative path with `/`, in NFC. Every method raises StoreError and nothing else.

    An object is either absent or whole: no reader ever sees a part of one, whenever the writer is killed.
    """

    @property
    def url(self) -> str:
        """Where the store is, for a person; never with credentials."""

    def put_file(self, key: str, path: Path | Stream, sha256: str, progress: Progress) -> None:
        """Store the bytes of a file, or of an object in another store, streamed in bounded memory.

        The bytes are hashed as they leave; if they are not those of `sha256` nothing is stored and StoreError is
        raised. An object that is already there is replaced.
        """

    def put_bytes(self, key: str, data: bytes, *, only_if_absent: bool = False) -> bool:
        """Store a small object; with `only_if_absent` an existing one stays, and False is returned."""

    def get(self, key: str) -> Iterator[bytes]:
        """The bytes of an object, streamed. Raises StoreError if there is none."""

    def head(self, key: str) -> Stored | None:
        """The object at a key, or None."""

    def holds(self, key: str, size: int, sha256: str) -> bool:
        """Whether exactly these bytes are stored at the key.

        A store that keeps the SHA-256 of what it was given compares that; one that does not reads the object.
        """

    def list(self, prefix: str = "") -> Iterator[Stored]:
        """The objects whose keys begin with `prefix`, sorted by key; `sha256` is None."""
