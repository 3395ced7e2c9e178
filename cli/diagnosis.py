"""What a probe of `releaseprint doctor` is asked, and what it answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from assets.catalogue import Catalogue


class State(StrEnum):
    """How something stands: nothing to do, something to know, something that must be mended."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of what a probe found; `so` says what to do next, and is not empty where something fails.

    `code` is the exit code of the command if this fails.
    """

    what: str
    state: State
    found: str
    so: str = ""
    code: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """Where to look: a catalogue, if there is one, and the store that was named, otherwise the catalogue's own."""

    catalogue: Catalogue | None
    store: str | None


@dataclass(frozen=True, slots=True)
class Probe:
    """A module of `cli.doctor`: what it looks at, how it does, and after how many seconds it is given up."""

    name: str
    ask: Callable[[Question], Iterable[Answer]]
    seconds: float


def ok(what: str, found: str) -> Answer:
    """Something is as it should be."""
    return Answer(what, State.OK, found)


def warn(what: str, found: str, so: str) -> Answer:
    """Something works, and a person should know of it."""
    return Answer(what, State.WARN, found, so)


def fail(what: str, found: str, so: str, code: int = 1) -> Answer:
    """Something does not work; `so` says what to do."""
    return Answer(what, State.FAIL, found, so, code)


def data(name: str, answer: Answer) -> dict[str, Any]:
    """An answer as data for a machine."""
    return {
        "probe": name,
        "what": answer.what,
        "state": str(answer.state),
        "found": answer.found,
        "next": answer.so,
    }


def existing(path: Path) -> Path:
    """The nearest folder upwards that exists: a file system is asked there about what is not made yet."""
    return next((folder for folder in (path, *path.parents) if folder.exists()), path)
