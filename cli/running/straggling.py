"""Which tasks take far longer than others of their kind: on a slow machine, or behind a disk that hangs.

When nothing else is left to do, such a task is begun a second time elsewhere, and the first answer counts: a task
changes nothing that anybody sees, so that doing it twice costs time alone. A film of two hours is no straggler among
trailers: what counts is the time by the weight of a task.
"""

import time
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from assets.title import AssetFile
from cli.running.tasks import Done, Task

TIMES_LONGER = 4
"""So many times the median of its kind a task may take, by weight, before it is begun again."""

LEAST_SECONDS = 10.0
"""What takes no longer than this is waited for."""

_KNOWN = 3
"""So many of a kind must have been done before anybody can say how long they take."""

_REMEMBERED = 100

_TITLE_BYTES = 10_000_000
"""What a title costs of which no media has to be read is about as much as so many bytes of a film."""


@dataclass(slots=True)
class Stragglers:
    """Seconds that tasks take by weight, of each function; and what was begun `again`, each the twin of the other."""

    seconds: dict[str, deque[float]] = field(default_factory=dict)
    begun: "dict[Future[Any], float]" = field(default_factory=dict)
    twins: "dict[Future[Any], Future[Any]]" = field(default_factory=dict)
    again: "set[Future[Any]]" = field(default_factory=set)

    def handed_over(self, future: "Future[Any]") -> None:
        """A task is under way from now on."""
        self.begun[future] = time.monotonic()

    def ended(self, future: "Future[Any]") -> "Future[Any] | None":
        """A task is not under way any more; its twin, if it has one."""
        self.begun.pop(future, None)
        self.again.discard(future)
        twin = self.twins.pop(future, None)
        if twin is not None:
            self.twins.pop(twin)
        return twin

    def done(self, done: Done) -> None:
        """A task came to its end by itself."""
        if not done.fault:
            self.seconds.setdefault(_kind(done.task), deque(maxlen=_REMEMBERED)).append(done.seconds / done.task.weight)

    def is_one(self, future: "Future[Any]", task: Task) -> bool:
        """Whether a task takes far too long, going by when it was handed over, and has not been begun again."""
        known = self.seconds.get(_kind(task), ())
        if not task.is_repeatable or future in self.again or len(known) < _KNOWN or future not in self.begun:
            return False
        return time.monotonic() - self.begun[future] > max(LEAST_SECONDS, TIMES_LONGER * median(known) * task.weight)

    def begun_again(self, future: "Future[Any]", twin: "Future[Any]") -> None:
        """A task is under way twice, and will not be a third time."""
        self.again |= {future, twin}
        self.twins[future], self.twins[twin] = twin, future
        self.handed_over(twin)


def weight_of(files: Iterable[AssetFile]) -> int:
    """What reading files weighs, going by their bytes."""
    return _TITLE_BYTES + sum(map(_bytes, files))


def _bytes(file: AssetFile) -> int:
    if file.away is not None:
        return file.away.size
    with suppress(OSError):
        return file.path.stat().st_size
    return 0


def _kind(task: Task) -> str:
    return f"{task.function.__module__}.{task.function.__name__}"
