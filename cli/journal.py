"""What is told on standard error while a command works: a line an event, as text for a person or as JSON.

The JSON is one object a line with the keys `time` (UTC, to the millisecond), `level`, `event`, `title`, `file` and
`bytes`, null where there is none, and with more keys where an event has them. No secret is ever written.
"""

import io
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from typing import Protocol, TextIO


class Level(IntEnum):
    """How much an event matters."""

    ERROR = 0
    WARNING = 1
    INFO = 2
    DEBUG = 3

    def __str__(self) -> str:
        return self.name.lower()


class Asked(Protocol):
    """What decides whether an event is written, and how."""

    @property
    def level(self) -> Level:
        """Events up to this level are written."""

    @property
    def as_json(self) -> bool:
        """Whether they are written as JSON."""


_LOCK = threading.Lock()
"""Events come from several threads, and a line is written whole."""


@dataclass(frozen=True, slots=True)
class Journal:
    """Where the events of a command go; `stream` None is standard error as it is when an event is written."""

    asked: Asked
    stream: TextIO | None = None

    def write(
        self,
        level: Level,
        event: str,
        *,
        title: str | None = None,
        file: str | None = None,
        size: int | None = None,
        **more: str | float | None,
    ) -> None:
        """Write an event, if it is one that is asked for; `size` is in bytes."""
        if level > self.asked.level:
            return
        if self.asked.as_json:
            line = self._json(level, event, {"title": title, "file": file, "bytes": size, **more})
        else:
            line = _text(event, {"file": file, **more}, size)
        with _LOCK:
            out = self.stream or sys.stderr
            out.write(f"{line}\n")
            out.flush()

    def _json(self, level: Level, event: str, facts: dict[str, str | float | None]) -> str:
        import json

        from cli.redacting import without_secrets

        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        clean = {key: without_secrets(value) if isinstance(value, str) else value for key, value in facts.items()}
        head = {"time": now, "level": str(level), "event": without_secrets(event)}
        return json.dumps({**head, **clean}, ensure_ascii=False)


_UNITS = {"seconds": "{} s", "percent": "{} %", "exit_code": "exit code {}"}
"""How the facts are said that are numbers."""


def _text(event: str, facts: Mapping[str, str | float | None], size: int | None) -> str:
    """A line for a person; the title is not repeated, since what is done names it."""
    from cli.redacting import without_secrets
    from cli.render.words import size_text, visible

    now = datetime.now(UTC).strftime("%H:%M:%S")
    known = {key: value for key, value in facts.items() if value is not None and key != "total"}
    words = [_UNITS.get(key, "{}").format(value) for key, value in known.items()]
    words += [] if size is None else [size_text(size)]
    return visible(without_secrets("  ".join((now, event, *words))))


class Lines(io.TextIOBase):
    """A standard error whose lines become events: whoever reads JSON finds nothing else there."""

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal
        self._rest = ""

    @property
    def encoding(self) -> str:  # type: ignore[override] # typeshed has an attribute here
        """The encoding of what is written in the end."""
        return "utf-8"

    def writable(self) -> bool:
        """Whether it can be written to: always."""
        return True

    def write(self, text: object) -> int:
        """Take text; each whole line of it is an event."""
        if not isinstance(text, str):
            raise TypeError(text)
        *lines, self._rest = (self._rest + text).split("\n")
        for line in filter(str.strip, lines):
            self._journal.write(Level.WARNING, "message", message=line)
        return len(text)

    def finish(self) -> None:
        """What was written without a line feed at its end is an event too."""
        if self._rest.strip():
            self.write("\n")
