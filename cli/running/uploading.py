"""Large files are sent as tasks: a worker sends the parts, and the coordinator makes objects of them.

A worker stages, as docs/protocol.md calls it: what it sends is seen by nobody, and whatever becomes of the worker, the
parts are gone on with or given up. The title is judged meanwhile; only when it is cleared does the coordinator complete
the uploads, with what the worker hands back of them. What a worker could not send the coordinator sends itself.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from assets.catalogue import Catalogue
from assets.errors import StoreError
from assets.measuring import Measurements, Measuring
from assets.platform import Platform
from assets.rights import RightsWindow
from assets.title import Title
from cli import life
from cli.ahead import Sending, draft, large_files
from cli.running.handing import Handed, Seen
from cli.running.packing import Packed
from cli.running.runner import Engine
from cli.running.tasks import Done, Task, is_wanted
from storage import staging
from storage.stores.store import Store, TakesAhead

if TYPE_CHECKING:
    from storage.stores.s3_handed import S3Place, SentParts

MOST_UPLOADS = 8
"""Titles that are sent at a time by all workers together; also at most half of what the workers can do at a time."""

_STORES = 2
"""So many stores a worker keeps open."""

_WAITING = 2 * MOST_UPLOADS
"""So many titles may wait until they are sent, before no other is begun."""


@dataclass(frozen=True, slots=True)
class Same:
    """What is the same for all titles of a run; `not_before` and `again` as an order has them."""

    catalogue: Catalogue
    platform: Platform
    not_before: datetime | str | None
    again: bool
    place: "S3Place"


def send_parts(
    title: Title, windows: Sequence[RightsWindow], same: Packed[Same], known: Handed, files: Mapping[Path, Seen]
) -> tuple["SentParts", ...]:
    """The task: send the parts of a title's large files, if rights let it leave in one of the windows now.

    `files` are as the coordinator has them. Raises StoreError where the store or the files cannot be reached from here.
    """
    said = same.value()
    for path, seen in files.items():
        if not path.is_file() or Seen.of(path.stat()) != seen:
            raise StoreError(f"{path}: is not what the coordinator has there; a worker needs the same files")
    store = _opened(same)
    next(store.list(f"{title.id}/"), None)  # without credentials or a way to the store nothing need be read
    if not isinstance(store, TakesAhead):
        return ()
    sending = Sending(said.catalogue, title, windows, said.platform, said.not_before, said.again)
    seconds = said.catalogue.config.measure_timeout_seconds
    found = draft(sending, store, Measuring(known, seconds, lambda _name, _share: None, only_kept=True))
    return () if found is None else staging.for_another(found, store, store.ahead, is_wanted())


@lru_cache(maxsize=_STORES)
def _opened(same: Packed[Same]) -> Store:
    """The store of a run, opened once in each worker: a client takes time to make, and learns what the store can do."""
    return same.value().place.open()


class Uploads:
    """The titles whose large files workers send, and what they have sent; `windows` are those one may leave in."""

    def __init__(self, store: Store, same: Same, windows: Callable[[Title], Sequence[RightsWindow]]) -> None:
        self._store = store
        self._same = Packed.of(same)
        self._windows = windows
        self._waiting: deque[Task] = deque()
        self._going = 0
        self._sent: dict[str, tuple[SentParts, ...]] = {}
        self._told: set[str] = set()

    def plan(self, title: Title, number: int, kept: Measurements | None) -> int:
        """A title is coming: how many tasks it takes to send its large files."""
        windows = self._windows(title)
        if not windows or not isinstance(self._store, TakesAhead):
            return 0
        try:
            files = {path: Seen.of(path.stat()) for path in large_files(title, self._store.ahead)}
            known = _known(files, kept)
        except OSError:  # gone just now: whoever reads the title says so
            return 0
        if not files:
            return 0
        arguments = (title, windows, self._same, known, files)
        self._waiting.append(Task(title.sha256, title.id, send_parts, arguments, number, is_repeatable=False))
        return 1

    def due(self, engine: Engine, most: int = _WAITING) -> Iterator[Task | None]:
        """The tasks that there is room for; None, for nothing now, while more than `most` wait."""
        while True:
            if self._waiting and self._going < max(1, min(MOST_UPLOADS, engine.slots // 2)):
                self._going += 1
                yield self._waiting.popleft()
            elif len(self._waiting) > most:
                yield None
            else:
                return

    def finished(self, done: Done) -> bool:
        """Whether a task was one of these; what it has sent is kept, and why it could not is said, each cause once."""
        if done.task.function is not send_parts:
            return False
        self._going -= 1
        self._sent[done.task.label] = done.value or ()
        if done.fault and done.fault not in self._told:
            self._told.add(done.fault)
            life.say(f"{done.task.label}: is sent from here, for a worker could not: {done.fault}")
        return True

    def sent(self, title_id: str) -> tuple["SentParts", ...]:
        """What workers have sent of a title, for whoever delivers it, or gives it up."""
        return self._sent.pop(title_id, ())

    def close(self) -> None:
        """Give up what was sent of titles that are not delivered any more."""
        if isinstance(self._store, TakesAhead):
            for sent in self._sent.values():
                staging.give_up(self._store.ahead, staging.taken(self._store.ahead, sent))
        self._sent.clear()


def _known(files: Mapping[Path, Seen], kept: Measurements | None) -> Handed:
    """What the state knows of files: their digests need not be learnt again before they are read to be sent."""
    found = {path: (seen, kept.of_file(path) if kept is not None else None) for path, seen in files.items()}
    return Handed({path: (seen, measured) for path, (seen, measured) in found.items() if measured is not None})


def uploads(
    store: Store, same: Callable[["S3Place"], Same], windows: Callable[[Title], Sequence[RightsWindow]]
) -> Uploads | None:
    """The uploads of a run; None if workers must not send to the store, or cannot."""
    place = store.ahead.place if isinstance(store, TakesAhead) else None
    return None if place is None else Uploads(store, same(place), windows)
