"""The names of all titles, kept from one command to the next: an `assets.name_scanning.KeptNames`.

A title.toml that has not changed, going by its size, times and identity, is not read again.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assets.name_keeping import FORM, from_text, to_text
from assets.name_scanning import Entry
from assets.version import tool_version
from storage.answers import is_settled
from storage.state import connected, state_text


class Namings:
    """The kept names of a catalogue; what is new is written when they are closed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._form = f"{FORM}/{tool_version()}"
        self._begun = time.time_ns()
        rows = connection.execute("SELECT title, state, data FROM naming WHERE form = ?", (self._form,))
        self._kept = {row[0]: (row[1], row[2]) for row in rows}
        self._new: list[tuple[str, str, str, str]] = []
        self._asked: set[str] = set()

    def entry_of(self, title_id: str, found: os.stat_result) -> Entry | None:
        """The entry of a title whose title.toml has not changed since it was kept."""
        self._asked.add(title_id)
        state, text = self._kept.get(title_id, ("", ""))
        return from_text(title_id, text) if state == state_text(found) else None

    def keep(self, entry: Entry, found: os.stat_result) -> None:
        """Keeps an entry, unless its title.toml changed so recently that it may change again unseen."""
        if is_settled((found,), self._begun):
            self._new.append((entry.id, state_text(found), self._form, to_text(entry)))

    def write(self) -> None:
        """Writes what is new, and forgets the titles that nobody asked for any more.

        Nothing is said where the state cannot be written to: the names were read all the same.
        """
        gone = [(title_id,) for title_id in self._kept.keys() - self._asked]
        if self._new or gone:
            with suppress(sqlite3.OperationalError), self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO naming VALUES (?, ?, ?, ?)", self._new)
                self._connection.executemany("DELETE FROM naming WHERE title = ?", gone)


@contextmanager
def open_namings(root: Path) -> Iterator[Namings]:
    """The kept names of the catalogue at `root`. Raises InputError as `connected` does."""
    with connected(root) as connection:
        namings = Namings(connection)
        yield namings
        namings.write()
