"""A store that stops the process, as far as the test is concerned, at a chosen operation."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.stores.store import Progress, Store, Stored, Transfer


class Killed(BaseException):
    """Stands for `kill -9`: no code of ours may catch it."""


class CrashingStore:
    """Passes everything to `store`; the operation number `at` (from 0) is not carried out, or carried out and then cut.

    After it nothing else is carried out, for the process is dead; threads take turns. `calls` counts the operations,
    `payload` the bytes that went with put_file from files.
    """

    def __init__(self, store: Store, at: int = -1, *, after: bool = False) -> None:
        self.store, self.at, self.after = store, at, after
        self.calls = 0
        self.payload = 0
        self._turn = threading.Lock()
        self._dead = False

    @property
    def url(self) -> str:
        return self.store.url

    @property
    def remarks(self):
        return self.store.remarks

    def give_up(self, prefix):
        with self._step():
            return self.store.give_up(prefix)

    @contextmanager
    def _step(self) -> Iterator[None]:
        with self._turn:
            if self._dead or (self.calls == self.at and not self.after):
                self._dead = True
                raise Killed
            self.calls += 1
            yield
            if self.after and self.calls == self.at + 1:
                self._dead = True
                raise Killed

    def put_file(self, key: str, path: Path | bytes, sha256: str, progress: Progress) -> Transfer:
        with self._step():
            transfer = self.store.put_file(key, path, sha256, progress)
            self.payload += path.stat().st_size if isinstance(path, Path) else 0
        return transfer

    def put_bytes(self, key: str, data: bytes, *, only_if_absent: bool = False) -> bool:
        with self._step():
            return self.store.put_bytes(key, data, only_if_absent=only_if_absent)

    def copy(self, source: str, key: str, size: int, sha256: str) -> Transfer | None:
        with self._step():
            return self.store.copy(source, key, size, sha256)

    def get(self, key: str) -> Iterator[bytes]:
        return self.store.get(key)

    def head(self, key: str) -> Stored | None:
        return self.store.head(key)

    def holds(self, key: str, size: int, sha256: str, source=None) -> str:
        with self._step():
            return self.store.holds(key, size, sha256, source)

    def list(self, prefix: str = "") -> Iterator[Stored]:
        return self.store.list(prefix)

    def remove(self, key: str) -> str:
        with self._step():
            return self.store.remove(key)
