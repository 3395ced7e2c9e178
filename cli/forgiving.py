"""The state of a catalogue for a command that can do without it: what is wrong with it is said, once, and no more."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from assets.catalogue import Catalogue
from assets.errors import InputError
from assets.measuring import Measurements
from assets.media import Measured
from cli import troubles

T = TypeVar("T")


def say(trouble: object) -> None:
    """Tell a person that the state is not used, and why."""
    troubles.say(f"{trouble}\nThe catalogue's state is not used: nothing is lost but time.")


@contextmanager
def measurements(catalogue: Catalogue | None) -> Iterator[Measurements | None]:
    """Where a catalogue keeps its measurements; None outside any catalogue, and where its state cannot be opened."""
    if catalogue is None:
        yield None
        return
    from storage.state import open_state

    opened = open_state(catalogue.root)
    try:
        state = opened.__enter__()
    except InputError as error:
        say(error)
        yield None
        return
    try:
        yield _Forgiving(state)
    finally:
        opened.__exit__(None, None, None)


class _Forgiving:
    """Measurements that are unknown, and are not kept, where the file that holds them fails: a full disk, damage."""

    def __init__(self, state: Measurements) -> None:
        self._state = state
        self._told = False

    def of_file(self, path: Path) -> Measured | None:
        return self._tried(lambda: self._state.of_file(path), None)

    def has_size(self, size: int) -> bool:
        return self._tried(lambda: self._state.has_size(size), otherwise=False)

    def of_digest(self, path: Path, sha256: str) -> Measured | None:
        return self._tried(lambda: self._state.of_digest(path, sha256), None)

    def measured(self, sha256: str) -> Measured | None:
        return self._tried(lambda: self._state.measured(sha256), None)

    def keep(self, path: Path, measured: Measured) -> None:
        self._tried(lambda: self._state.keep(path, measured), None)

    def keep_away(self, measured: Measured) -> None:
        self._tried(lambda: self._state.keep_away(measured), None)

    def _tried(self, work: Callable[[], T], otherwise: T) -> T:
        try:
            return work()
        except sqlite3.Error as error:
            if not self._told:
                from storage.state import unusable

                self._told = True
                say(unusable(error))
            return otherwise
