"""Progress of what takes long: bars with the time that is left where a person watches, events where a log is asked for.

`cli.terminal` makes the bars; a `Telling` is what takes their place when a log is written.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from cli.journal import Journal, Level

_EVERY_SECONDS = 5
"""How often the progress of one step is told with -vv."""


@dataclass(slots=True)
class Telling:
    """Tells a journal of work in progress: each end, and now and then how far it is."""

    journal: Journal
    what: str
    title: str | None = None
    begun: float = field(default_factory=time.monotonic)
    _last: dict[str, float] = field(default_factory=dict)
    _ended: set[str] = field(default_factory=set)

    def file(self, name: str) -> None:
        """A file was read."""
        self.journal.write(Level.INFO, self.what, title=self.title, file=name)

    def decoding(self, name: str, share: float) -> None:
        """So much of a master is decoded, from 0 to 1."""
        if self._is_due(name):
            self._debug("decoding", share, file=name)

    def sending(self, name: str, share: float) -> None:
        """So much of a file is sent ahead, from 0 to 1."""
        if self._is_due(f"{name} ahead"):
            self._debug("sending ahead", share, file=name)

    def step(self, name: str, share: float) -> None:
        """So much of a step is done, from 0 to 1."""
        if share >= 1.0 and name not in self._ended:
            self._ended.add(name)
            self.journal.write(Level.INFO, self.what, title=self.title, step=name, seconds=self._seconds())
        elif share < 1.0 and self._is_due(name):
            self._debug(self.what, share, step=name)

    def counter(self, total: int) -> "Callable[[int], None]":
        """The function that is told of bytes as they go."""
        gone = 0

        def told(count: int) -> None:
            nonlocal gone
            gone += count
            if self._is_due(""):
                self.journal.write(Level.DEBUG, self.what, title=self.title, size=gone, total=total)

        return told

    def ended(self, total: int) -> None:
        """All of it is done; `total` in bytes."""
        self.journal.write(Level.INFO, self.what, title=self.title, size=total, seconds=self._seconds())

    def _debug(self, event: str, share: float, *, file: str | None = None, step: str | None = None) -> None:
        percent = int(Fraction(share) * 100)
        self.journal.write(Level.DEBUG, event, title=self.title, file=file, step=step, percent=percent)

    def _seconds(self) -> float:
        return round(time.monotonic() - self.begun, 3)

    def _is_due(self, name: str) -> bool:
        now = time.monotonic()
        if now - self._last.get(name, self.begun) < _EVERY_SECONDS:
            return False
        self._last[name] = now
        return True
