"""What is agreed about titles, kept from one command to the next: an `assets.agreed_titles.KeptTitles`.

A title of which none of the files it rests on has changed, going by their sizes, times and identities, is not read
again. Neither links nor what changed in the last two seconds are relied on.
"""

import os
import sqlite3
import stat
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path

from assets.agreed_titles import RESTS_ON
from assets.rights.keeping import FORM, lists
from assets.version import tool_version
from storage.answers import is_settled, state_of
from storage.state import connected

_AT_ONCE = 500
"""So many titles are written at once: whoever is interrupted has not read in vain."""


class Kind(StrEnum):
    """How a title was read; the same title is not the same in both."""

    OUTLINE = "outline"
    WHOLE = "whole"


class Agreements:
    """The kept titles of a catalogue, of one kind."""

    def __init__(self, connection: sqlite3.Connection, root: Path, kind: Kind) -> None:
        self._connection, self._root, self._kind = connection, root, kind
        self._form = f"{FORM}/{tool_version()}/{lists()}"
        self._states: dict[str, str] = {}
        self._new: list[tuple[str, ...]] = []

    def find(self, title_id: str) -> str | None:
        """What was kept of a title of which no file has changed since."""
        begun = time.time_ns()
        found = _found_in(f"{self._root}/titles/{title_id}")
        if found is None:
            return None
        state = state_of(found)
        query = "SELECT data FROM agreed WHERE kind = ? AND title = ? AND form = ? AND state = ?"
        row = self._connection.execute(query, (self._kind, title_id, self._form, state)).fetchone()
        if row is None and is_settled(found, begun):
            self._states[title_id] = state
        return str(row[0]) if row else None

    def keep(self, title_id: str, text: str) -> None:
        """Keeps a title, unless one of its files changed so recently that it may change again unseen."""
        if state := self._states.pop(title_id, ""):
            self._new.append((self._kind, title_id, state, self._form, text))
        if len(self._new) >= _AT_ONCE:
            self.write()

    def write(self) -> None:
        """Writes what is new. Nothing is said where the state cannot be written to: it was read all the same."""
        new, self._new = self._new, []
        if new:
            with suppress(sqlite3.OperationalError), self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO agreed VALUES (?, ?, ?, ?, ?)", new)

    def forget_others(self, titles: Iterable[str]) -> None:
        """Forgets the titles that are not among these, as far as the state can be written to."""
        kept = {row[0] for row in self._connection.execute("SELECT DISTINCT title FROM agreed")}
        if gone := kept.difference(titles):
            with suppress(sqlite3.OperationalError), self._connection:
                self._connection.executemany("DELETE FROM agreed WHERE title = ?", [(title,) for title in gone])


def _found_in(folder: str) -> Sequence[os.stat_result | None] | None:
    """What the file system says of the files of a title; None if one of them, or their folder, is a link."""
    found: list[os.stat_result | None] = []
    for name in ("", *RESTS_ON):
        try:
            found.append(os.lstat(f"{folder}/{name}" if name else folder))
        except (OSError, ValueError):
            found.append(None)
    if any(item is not None and stat.S_ISLNK(item.st_mode) for item in found):
        return None
    return found[1:]


@contextmanager
def open_agreements(root: Path, kind: Kind) -> Iterator[Agreements]:
    """The kept titles of the catalogue at `root`. Raises InputError as `connected` does."""
    with connected(root) as connection:
        agreements = Agreements(connection, root, kind)
        yield agreements
        agreements.write()
