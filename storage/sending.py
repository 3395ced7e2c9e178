"""The files of a package go to a store: what is there stays, what it has elsewhere it copies, the rest is sent.

Small files go several at a time, because each costs a round trip and not bandwidth; large ones one after the other,
each in parts that go side by side. So there is a bound on memory and on open files, whatever the plan.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from assets.errors import StoreError
from storage.manifests import own
from storage.planned import PlannedFile
from storage.stores import small
from storage.stores.objects import object_key
from storage.stores.promised import Stream
from storage.stores.store import Progress, Store, Transfer

_LANES = ((1 << 20, 16), (16 << 20, 6))
"""Files of fewer than so many bytes go so many at a time; each is held in memory whole. Larger ones go one by one."""


_REFERRING = frozenset({"metadata", "report", own.SEAL})
"""Kinds of files that name others: they go after those, one by one in their order, for receivers who look early."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that this run has brought to the store, and how; `copied` is whether the store did it by itself.

    There is no `transfer` of a small object that was created only if absent.
    """

    file: PlannedFile
    transfer: Transfer | None
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """Which files a store lacks, and what vouches for the bytes of the others."""

    missing: Sequence[PlannedFile]
    found: Sequence[str]


def look(store: Store, prefix: str, files: Sequence[PlannedFile]) -> Looked:
    """See which files lie at their keys below `prefix`: a delivery sends the others, and nothing else.

    The store is listed once; only of what is there with the right size it is asked which bytes they are. Raises
    StoreError.
    """
    sizes = {found.key: found.size for found in store.list(prefix)}

    def vouched(file: PlannedFile) -> str:
        key = prefix + file.key
        return store.holds(key, file.size, file.sha256, source_of(file)) if sizes.get(key) == file.size else ""

    with ThreadPoolExecutor(_LANES[0][1], "look") as pool:
        by = list(pool.map(vouched, files))
    absent = [file for file, found in zip(files, by, strict=True) if not found]
    return Looked(absent, [found for found in by if found])


def source_of(file: PlannedFile) -> Path | Stream | bytes:
    """Where the bytes of a file come from."""
    return file.path if file.path is not None else file.content or b""


def send(store: Store, prefix: str, files: Sequence[PlannedFile], progress: Progress) -> list[Sent]:
    """Bring files to their keys below `prefix`, in the order of their keys in the answer.

    What is there by now, because another deliverer is at work, is replaced by the same bytes. Raises StoreError.
    """
    if not files:
        return []
    sender = _Sender(store, prefix, elsewhere(store, prefix), progress)
    sent = _in_lanes(sender, [file for file in files if file.kind not in _REFERRING])
    sent += [sender.send(file) for file in files if file.kind in _REFERRING]
    return sorted(sent, key=lambda item: item.file.key)


def _in_lanes(sender: "_Sender", files: list[PlannedFile]) -> list[Sent]:
    sent: list[Sent] = []
    smallest = 0
    for limit, concurrent in _LANES:
        sent += sender.at_a_time(concurrent, [file for file in files if smallest <= file.size < limit])
        smallest = limit
    return sent + [sender.send(file) for file in files if file.size >= smallest]


def elsewhere(store: Store, prefix: str) -> Mapping[tuple[str, int], str]:
    """Where in the store the bytes of other packages of the same title lie, by SHA-256 and size.

    The manifests say so; whether it is true is seen when the store has copied them. One that is not read says nothing.
    """
    title = f"{prefix.split('/', 1)[0]}/"
    known: dict[tuple[str, int], str] = {}
    for found in store.list(title):
        folder = found.key.removesuffix(own.NAME)
        if folder in {found.key, prefix} or not folder.endswith("/"):
            continue
        try:
            manifest = own.read(small.read(store, found.key), found.key)
        except StoreError:  # no manifest, or it was withdrawn just now
            continue
        known |= {(entry.sha256, entry.size): folder + entry.key for entry in manifest.entries}
    return known


def to_copy(store: Store, prefix: str, files: Sequence[own.Entry], streams: frozenset[str]) -> frozenset[str]:
    """The keys of those files of which the store has the bytes elsewhere, so that `send` asks it for a copy.

    `streams` are the SHA-256 of what is away in some store. Raises StoreError.
    """
    known = elsewhere(store, prefix) if files else {}

    def lies_there(file: own.Entry) -> bool:
        if (file.sha256, file.size) in known:
            return True
        away = store.head(object_key(file.sha256)) if file.sha256 in streams else None
        return away is not None and away.size == file.size

    return frozenset(file.key for file in files if lies_there(file))


@dataclass(frozen=True, slots=True)
class _Sender:
    """Sends files to a store; `progress` hears of them from one thread at a time."""

    store: Store
    prefix: str
    elsewhere: Mapping[tuple[str, int], str]
    progress: Progress
    lock: threading.Lock = field(default_factory=threading.Lock)

    def at_a_time(self, concurrent: int, files: Iterable[PlannedFile]) -> list[Sent]:
        """Send files, so many at a time; after the first that fails no other is begun."""
        with ThreadPoolExecutor(concurrent, "send") as pool:
            going = [pool.submit(self.send, file) for file in files]
            try:
                wait(going, return_when=FIRST_EXCEPTION)
            finally:  # what has not begun by now must not, whether one failed or somebody wants to stop
                pool.shutdown(cancel_futures=True)
        first = next((one for one in going if not one.cancelled() and one.exception()), None)
        return [one.result() for one in ([first] if first else going)]

    def send(self, file: PlannedFile) -> Sent:
        """Bring one file to the store."""
        key = self.prefix + file.key
        for source in self._sources(file):
            copied = self.store.copy(source, key, file.size, file.sha256)
            if copied is not None:
                self._tell(file.size)
                return Sent(file, copied, copied=True)
        return Sent(file, self.store.put_file(key, source_of(file), file.sha256, self._tell))

    def _sources(self, file: PlannedFile) -> list[str]:
        """Where in the store the bytes may lie: in another package, or as a file that is away there."""
        sources = [self.elsewhere[file.sha256, file.size]] if (file.sha256, file.size) in self.elsewhere else []
        return [*sources, object_key(file.sha256)] if isinstance(file.path, Stream) else sources

    def _tell(self, count: int) -> None:
        with self.lock:
            self.progress(count)
