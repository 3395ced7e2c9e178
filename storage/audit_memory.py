"""Where a chain of the audit log ends and what it has said, kept so that a delivery need not read all of it.

It lies in `.releaseprint/audit-memory.sqlite` and is true of a log that is still as it was `seen` then: one that
somebody cut, edited or added to is read whole. It may be deleted at any time, and whatever is wrong with it costs time
alone. Nothing is verified by it.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from assets.append_only import Seen
from assets.private import FOLDER
from storage.audit_lines import Line

FILE_NAME = "audit-memory.sqlite"

_BUSY_SECONDS = 5.0
_SCHEMA = """\
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS log (chain TEXT PRIMARY KEY, count INTEGER, digest TEXT,
    size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER, device INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS said (chain TEXT, store TEXT, key TEXT, PRIMARY KEY (chain, store, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS last (chain TEXT, store TEXT, number INTEGER, data BLOB,
    PRIMARY KEY (chain, store)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS there (chain TEXT, store TEXT, data BLOB, PRIMARY KEY (chain, store)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Ending:
    """How many lines a log has, and the digest of the last one."""

    count: int
    digest: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a log that is as it was `seen`.

    `said` are those of the keys that were asked about; `last` is the last line about the store, which has it.
    """

    seen: Seen
    ending: Ending
    said: frozenset[str]
    last: Line | None


def recall(root: Path, chain: str, store: str, keys: Iterable[str]) -> Known | None:
    """What is known of a chain and of its lines about a store; None if that is not enough to add to it."""
    try:
        with _opened(root) as memory:
            return _known(memory, chain, store, keys)
    except (sqlite3.Error, OSError):
        return None


def remember(
    root: Path, chain: str, log: tuple[Seen, Ending], lines: Sequence[Line], *, store: str, whole: bool
) -> None:
    """Keep what was added to a log, or all of its lines if they are the `whole`; the store has those about it."""
    seen, ending = log
    with suppress(sqlite3.Error, OSError), _opened(root) as memory:
        memory.execute("BEGIN IMMEDIATE")
        if whole:
            memory.execute("DELETE FROM said WHERE chain = ?", (chain,))
            memory.execute("DELETE FROM last WHERE chain = ?", (chain,))
        said = [(chain, str(line.said.get("store")), str(line.said.get("key"))) for line in lines]
        memory.executemany("INSERT OR IGNORE INTO said VALUES (?, ?, ?)", said)
        last = {str(line.said.get("store")): line for line in lines}
        rows = [(chain, url, line.number, line.data) for url, line in last.items()]
        memory.executemany("INSERT OR REPLACE INTO last VALUES (?, ?, ?, ?)", rows)
        memory.execute(
            "INSERT OR REPLACE INTO there SELECT chain, store, data FROM last WHERE chain = ? AND store = ?",
            (chain, store),
        )
        values = (chain, ending.count, ending.digest, *astuple(seen))
        memory.execute("INSERT OR REPLACE INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        memory.execute("COMMIT")


def _known(memory: sqlite3.Connection, chain: str, store: str, keys: Iterable[str]) -> Known | None:
    memory.execute("BEGIN")
    log = memory.execute("SELECT * FROM log WHERE chain = ?", (chain,)).fetchone()
    if log is None:
        return None
    here = (chain, store)
    last = memory.execute("SELECT number, data FROM last WHERE chain = ? AND store = ?", here).fetchone()
    there = memory.execute("SELECT data FROM there WHERE chain = ? AND store = ?", here).fetchone()
    if last is not None and (there is None or there[0] != last[1]):
        return None
    one = "SELECT 1 FROM said WHERE chain = ? AND store = ? AND key = ?"
    said = frozenset(key for key in keys if memory.execute(one, (*here, key)).fetchone())
    line = Line(chain, last[0], last[1], {"store": store}) if last is not None else None
    return Known(Seen(*log[3:]), Ending(log[1], log[2]), said, line)


@contextmanager
def _opened(root: Path) -> Iterator[sqlite3.Connection]:
    """The file; one that is none is thrown away."""
    path = root / FOLDER / FILE_NAME
    try:
        with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)) as memory:
            memory.executescript(_SCHEMA)
            yield memory
    except sqlite3.DatabaseError as error:
        if not isinstance(error, sqlite3.OperationalError):  # which a full disk or another process would be
            path.unlink(missing_ok=True)
        raise
