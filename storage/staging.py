"""The large files of a draft go to a store before anybody may see them, while their title is decoded and judged.

Nothing that counts is stored by it: `Ahead.stage` leaves out what makes an object of bytes. A delivery with a clearance
takes over what is there, by the same key and SHA-256 (`Store.put_file`). What no delivery has taken over is given up.
It may be another process that stages (`for_another`): whoever delivers takes it from there (`taken`).
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assets.errors import ReleaseprintError, StoreError
from storage import package as packaging
from storage.deliver import whats_missing
from storage.plan import Draft
from storage.planned import PlannedFile
from storage.sending import elsewhere
from storage.stores.store import Ahead, StagingStoppedError, Store, TakesAhead, ToStage

if TYPE_CHECKING:
    from storage.stores.s3_handed import SentParts

Told = Callable[[str, float], None]
"""Hears how much of a file is there, by its key, from 0 to 1."""


def to_stage(draft: Draft, store: Store, ahead: Ahead) -> Sequence[tuple[PlannedFile, ToStage]]:
    """The files of a draft that a delivery would send in parts: not there, and nothing the store could copy by itself.

    Raises StoreError.
    """
    known = elsewhere(store, packaging.prefix_of(draft))
    return [
        (file, ToStage(file.path, file.sha256))
        for file in whats_missing(draft, store)
        if isinstance(file.path, Path) and ahead.takes(file.size) and (file.sha256, file.size) not in known
    ]


class Stager:
    """Stages one draft in a thread of its own, a file at a time; `close` gives up what was not delivered.

    `draw` makes the draft, in that thread as well; None if nothing may be staged. A store that cannot stage is left
    alone.
    """

    def __init__(self, store: Store, draw: Callable[[], Draft | None]) -> None:
        self._store = store
        self._draw = draw
        self._over = threading.Event()
        self._keys: list[str] = []

    @contextmanager
    def going(self, told: Told) -> Iterator[None]:
        """Stage while something else is done; after that no other file is begun, because the delivery sends them."""
        if isinstance(self._store, TakesAhead):
            # A daemon: who wants to stop does not wait until a master is hashed, when nothing has been sent yet.
            threading.Thread(target=self._run, args=(self._store.ahead, told), name="stage", daemon=True).start()
        try:
            yield
        finally:
            self._over.set()

    def close(self) -> int:
        """Stop, and give up what no delivery has taken over; the bytes that went for nothing.

        A store that cannot be told keeps parts that nobody sees, as of a run that was killed.
        """
        self._over.set()
        return give_up(self._store.ahead, self._keys) if isinstance(self._store, TakesAhead) else 0

    def _run(self, ahead: Ahead, told: Told) -> None:
        """What fails here is told by the delivery, which meets it again."""
        try:
            draft = self._draw()
            if draft is not None and not self._over.is_set():
                self._stage(draft, ahead, told)
        except ReleaseprintError:
            self._over.set()

    def _stage(self, draft: Draft, ahead: Ahead, told: Told) -> None:
        prefix = packaging.prefix_of(draft)
        for file, to_send in to_stage(draft, self._store, ahead):
            self._keys.append(prefix + file.key)
            ahead.stage(prefix + file.key, to_send, lambda: not self._over.is_set(), _counter(file, told))


def give_up(ahead: Ahead, keys: Iterable[str]) -> int:
    """Give up what was staged and no delivery has taken over; the bytes that went for nothing."""
    given_up = 0
    for key in keys:
        with suppress(StoreError):
            given_up += ahead.unstage(key)
    return given_up


def for_another(draft: Draft, store: Store, ahead: Ahead, wanted: Callable[[], bool]) -> tuple["SentParts", ...]:
    """Stage the files of a draft for another process, as long as they are `wanted`; what is handed over.

    Who is stopped gives them up. What fails leaves its parts to whoever sends the file. Raises StoreError.
    """
    prefix, keys = packaging.prefix_of(draft), list[str]()
    try:
        for file, to_send in to_stage(draft, store, ahead):
            keys.append(prefix + file.key)
            ahead.stage(keys[-1], to_send, wanted, lambda _count: _require(wanted))
    except ReleaseprintError:
        raise
    except BaseException:
        give_up(ahead, keys)
        raise
    if not wanted():
        give_up(ahead, keys)
        return ()
    return tuple(sent for key in keys if (sent := ahead.hand_over(key)) is not None)


def taken(ahead: Ahead, sent: Iterable["SentParts"]) -> list[str]:
    """Take over what another process has staged; its keys. It is given up as what was staged here."""
    keys = []
    for item in sent:
        ahead.take(item)
        keys.append(item.key)
    return keys


def _require(wanted: Callable[[], bool]) -> None:
    if not wanted():
        raise StagingStoppedError("stopped")


def _counter(file: PlannedFile, told: Told) -> Callable[[int], None]:
    """Hears of bytes, and tells the share that is there."""
    there = 0

    def counted(count: int) -> None:
        nonlocal there
        there += count
        told(file.key, there / file.size)

    return counted
