"""The catalogue's SQLite file: what was learnt of its files and can be learnt again, so that it is not learnt twice.

It lies in `.releaseprint/state.sqlite` of the catalogue, outside version control, and may be deleted at any time; the
folder may not: old revisions lie beside it. Several processes may use it at once (write-ahead log); one that is killed
leaves it whole. `State` is its part about the bytes of files, `storage.index.Index` the one about titles.
"""

from __future__ import annotations

import os
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assets.errors import Fault, InputError
from assets.media import Measured
from assets.private import FOLDER, private_folder
from assets.signals.model import MEASUREMENT
from storage.tables import MIGRATIONS, statements

FILE_NAME = "state.sqlite"
BUSY_SECONDS = 60
_AGAIN_SECONDS = 0.05
SETTLED_SECONDS = 2
"""A file that changed less than this before it was measured may change again within its time stamp's grain."""
LONGEST_RECORD = 64 << 20
"""Bytes of a measurement: hundreds of times those of a long film. A record of more is no record."""


class State:
    """An open state file; it is also the `assets.measuring.Measurements` of its catalogue."""

    def __init__(self, connection: sqlite3.Connection, root: Path) -> None:
        self._connection = connection
        self._root = root
        self._below = os.path.join(root, "")  # noqa: PTH118 -- a path has no separator at its end
        self._version = f"{MEASUREMENT}/{_engine()}"

    def of_file(self, path: Path) -> Measured | None:
        """The measurement of a file whose size, times and identity are those it was kept with."""
        row = self._one("SELECT sha256 FROM file WHERE path = ? AND state = ?", self._name(path), _state(path))
        return self._record(row[0]) if row else None

    def has_size(self, size: int) -> bool:
        """Whether any measured file has this size."""
        query = "SELECT 1 FROM measurement WHERE size = ? AND version = ? LIMIT 1"
        return self._one(query, size, self._version) is not None

    def of_digest(self, path: Path, sha256: str) -> Measured | None:
        """The measurement of these bytes; `path` is remembered to have them."""
        found = self._record(sha256)
        if found is not None:
            self.remember(path, sha256)
        return found

    def measured(self, sha256: str) -> Measured | None:
        """The measurement of these bytes, wherever they are."""
        return self._record(sha256)

    def digest_of(self, path: Path) -> str | None:
        """The SHA-256 of a file that has not changed since it was remembered, going by size, times and identity."""
        row = self._one("SELECT sha256 FROM file WHERE path = ? AND state = ?", self._name(path), _state(path))
        return str(row[0]) if row else None

    def keep(self, path: Path, measured: Measured) -> None:
        """Keeps a measurement of the file as it is now."""
        self.keep_away(measured)
        self.remember(path, measured.sha256)

    def keep_away(self, measured: Measured) -> None:
        """Keeps a measurement of bytes, wherever they are."""
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO measurement VALUES (?, ?, ?, ?)",
                (measured.sha256, self._version, measured.size, zlib.compress(_records().dump_json(measured))),
            )

    def remember(self, path: Path, sha256: str) -> None:
        """Keeps the digest of the file as it is now, unless it changed so recently that it may change unseen."""
        self.remember_all([(path, sha256)])

    def remember_all(self, files: Iterable[tuple[Path, str]]) -> None:
        """The same for several files with their digests, in one transaction."""
        now = time.time()
        seen = [(path, path.stat(), sha256) for path, sha256 in files]
        rows = [
            (self._name(path), state_text(found), sha256)
            for path, found, sha256 in seen
            if now - found.st_mtime >= SETTLED_SECONDS
        ]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", rows)

    def _record(self, sha256: str) -> Measured | None:
        row = self._one(
            "SELECT CAST(record AS BLOB) FROM measurement WHERE sha256 = ? AND version = ?", sha256, self._version
        )
        if row is None:
            return None
        try:
            return _records().validate_json(_unpacked(row[0]))
        except (ValidationError, zlib.error):  # written by a tool with other records: measured anew
            return None

    def _name(self, path: Path) -> str:
        text = str(path)
        if text.startswith(self._below) and f"{os.sep}.." not in text:  # relpath asks for the current folder each time
            return text[len(self._below) :]
        return os.path.relpath(path, self._root)

    def _one(self, query: str, *values: object) -> Any:  # noqa: ANN401 -- a row
        return self._connection.execute(query, values).fetchone()


@contextmanager
def open_state(root: Path) -> Iterator[State]:
    """What is known of the bytes of the catalogue's files. Raises InputError as `connected` does."""
    with connected(root) as connection:
        yield State(connection, root)


@contextmanager
def connected(root: Path) -> Iterator[sqlite3.Connection]:
    """The state of the catalogue at `root`, made or brought up to date if need be.

    A catalogue that cannot be written to has one in memory, which ends with the command. Raises InputError if the
    file is damaged or of a newer tool.
    """
    shown = f"{FOLDER}/{FILE_NAME}"
    try:
        connection = sqlite3.connect(_place(root), timeout=BUSY_SECONDS)
    except sqlite3.Error as error:
        raise InputError(Fault(shown, "", f"cannot be opened: {error}", _allowed(error))) from error
    try:
        _prepare(connection, shown)
        yield connection
    except sqlite3.Error as error:
        raise unusable(error) from error
    finally:
        connection.close()


def unusable(error: sqlite3.Error) -> InputError:
    """What is wrong with the state, and what to do about it."""
    return InputError(Fault(f"{FOLDER}/{FILE_NAME}", "", f"cannot be used: {error}", _allowed(error)))


def _place(root: Path) -> str:
    """Where the state of a catalogue is: in its own folder, or in memory where that cannot be written to."""
    try:
        folder = private_folder(root)
        if not os.access(folder, os.W_OK):
            return _MEMORY
    except OSError:
        return _MEMORY
    if (folder / FILE_NAME).is_symlink():  # a catalogue from somebody else might lead to another program's data
        raise InputError(Fault(f"{FOLDER}/{FILE_NAME}", "", "is a symbolic link", "a file that the tool makes"))
    return str(folder / FILE_NAME)


_MEMORY = ":memory:"
_ALLOWED = "it only holds what can be learnt again; delete it if it is damaged, and run `releaseprint rebuild`"
_HELD = "another command holds it; do this again when that one has ended"
_CURES: dict[int | None, str] = {
    sqlite3.SQLITE_BUSY: _HELD,
    sqlite3.SQLITE_LOCKED: _HELD,
    sqlite3.SQLITE_FULL: "make room on its disk; what it would hold is learnt again",
}


def _allowed(error: sqlite3.Error) -> str:
    """What to do about an error: what another process holds, or a full disk, is not damaged and not to be deleted."""
    return _CURES.get(getattr(error, "sqlite_errorcode", None), _ALLOWED)


def _prepare(connection: sqlite3.Connection, shown: str) -> None:
    _log_ahead(connection)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    if connection.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")  # one process migrates; another one waits, and finds it done
    with connection:
        made = connection.execute("PRAGMA user_version").fetchone()[0]
        if made > len(MIGRATIONS):
            raise InputError(Fault(shown, "", f"is of a newer tool (version {made})", f"up to {len(MIGRATIONS)}"))
        for script in MIGRATIONS[made:]:
            for statement in statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Turns the write-ahead log on. SQLite does not wait by itself for another process that is doing the same."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_AGAIN_SECONDS)
        else:
            return


def _state(path: Path) -> str:
    """What the file system says of a file and changes when its bytes change."""
    return state_text(path.stat())


def state_text(found: os.stat_result) -> str:
    """The same, for what was asked already."""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


@cache
def _engine() -> str:
    """The media library's version: another one may measure differently."""
    from importlib.metadata import version

    return f"av {version('av')}"


def _unpacked(record: bytes) -> bytes:
    """A record as JSON, of which it is a fraction. Older ones are not compressed, and lie there as they are."""
    is_plain = record[:1] == b"{"
    return record if is_plain else zlib.decompressobj().decompress(record, LONGEST_RECORD)


@cache
def _records() -> TypeAdapter[Measured]:
    return TypeAdapter(Measured)
