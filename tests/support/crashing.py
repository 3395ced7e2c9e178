"""A store that stops the process, as far as the test is concerned, at a chosen operation."""

from collections.abc import Iterator
from pathlib import Path

from storage.stores.store import Progress, Store, Stored


class Killed(BaseException):
    """Stands for `kill -9`: no code of ours may catch it."""


class CrashingStore:
    """Passes everything to `store`; the operation number `at` (from 0) is not carried out, or carried out and then cut.

    `calls` counts the operations, `payload` the bytes that went with put_file.
    """

    def __init__(self, store: Store, at: int = -1, *, after: bool = False) -> None:
        self.store, self.at, self.after = store, at, after
        self.calls = 0
        self.payload = 0

    @property
    def url(self) -> str:
        return self.store.url

    def _step(self, done: bool) -> None:
        if done:
            self.calls += 1
        if done is self.after and self.calls == self.at + self.after:
            raise Killed

    def put_file(self, key: str, path: Path, sha256: str, progress: Progress) -> None:
        self._step(False)
        self.store.put_file(key, path, sha256, progress)
        self.payload += path.stat().st_size
        self._step(True)

    def put_bytes(self, key: str, data: bytes, *, only_if_absent: bool = False) -> bool:
        self._step(False)
        done = self.store.put_bytes(key, data, only_if_absent=only_if_absent)
        self._step(True)
        return done

    def get(self, key: str) -> Iterator[bytes]:
        return self.store.get(key)

    def head(self, key: str) -> Stored | None:
        return self.store.head(key)

    def holds(self, key: str, size: int, sha256: str) -> bool:
        self._step(False)
        found = self.store.holds(key, size, sha256)
        self._step(True)
        return found

    def list(self, prefix: str = "") -> Iterator[Stored]:
        return self.store.list(prefix)
