"""What the catalogue's state knows of titles: their files, revisions, verdicts and deliveries.

The truth is elsewhere (title files, history.jsonl, stores); `releaseprint rebuild` reads it anew. Only the verdicts of
judgements that were never delivered are nowhere else.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from assets.history.model import Revision
from assets.rights import utc
from storage import store_contents
from storage.answers import Answers
from storage.state import connected
from storage.store_contents import Contents
from storage.tables import EXPORTED


@dataclass(frozen=True, slots=True)
class Lying:
    """A file of a title as it lies there: `asset` is its role; None for what it has not, because it is not there."""

    asset: str
    name: str
    size: int | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A title with its files and their revisions."""

    id: str
    name: str
    original_language: str
    production_year: int
    files: tuple[Lying, ...]
    revisions: tuple[Revision, ...]


WHOLE = ""
"""The name of a verdict on a title as a whole, whose digest is that of title.toml: no asset has this name."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a report said of one asset, or of all (`WHOLE`): by which revision of a platform, for which window, when.

    Times are UTC. `window` is empty where none was asked for.
    """

    title: str
    name: str
    sha256: str
    platform: str
    platform_revision: str
    window: str
    judged_at: str
    verdict: str
    errors: int
    warnings: int
    notes: int
    not_checked: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """A package that stands in a store. `assets` are the names and digests of those that are in it.

    `receipts` are the keys of its receipts with when and for which territories, in words, they were delivered.
    """

    store: str
    prefix: str
    package: str
    title: str
    platform: str
    platform_revision: str
    window: str
    not_before: str
    not_after: str | None
    judged_at: str
    assets: tuple[tuple[str, str], ...] = ()
    receipts: tuple[tuple[str, str, str], ...] = ()


_OF_ITSELF = 10  # fields of a delivery, which are the columns of its own table


class Index:
    """The tables of titles in an open state. Each method is one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.answers = Answers(connection)

    def put_titles(self, entries: Iterable[Entry]) -> None:
        """These titles and no others, with what is said of them."""
        with self._connection:
            self._connection.execute("DELETE FROM title")
            for entry in entries:
                self._put(entry)

    def _put(self, entry: Entry) -> None:
        values = (entry.id, entry.name, entry.original_language, entry.production_year)
        self._connection.execute("INSERT INTO title VALUES (?, ?, ?, ?)", values)
        self._connection.executemany(
            "INSERT INTO asset VALUES (?, ?, ?, ?, ?)", [(entry.id, *astuple(file)) for file in entry.files]
        )
        self._connection.executemany(
            "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(entry.id, *_revision(item)) for item in entry.revisions],
        )

    def known_in(self, store: str) -> Contents:
        """What is known of a store, for `put_store` after it was read."""
        return store_contents.known(self._connection, store)

    def put_store(self, store: str, deliveries: Iterable[Delivery], before: Contents | None = None) -> None:
        """These deliveries of a store and no others, but for what was told since `before`, when its reading began."""
        self._connection.execute("BEGIN IMMEDIATE")
        with self._connection:
            gone = store_contents.clear(self._connection, store, before)
            for item in (each for each in deliveries if each.prefix not in gone):
                self._add(item)

    def add_delivery(self, delivery: Delivery) -> None:
        """A delivery with its receipt. What is known of its package stays as it is."""
        with self._connection:
            self._add(delivery)

    def _add(self, item: Delivery) -> None:
        of = (item.store, item.prefix)
        self._connection.execute(
            "INSERT OR IGNORE INTO delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", astuple(item)[:_OF_ITSELF]
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO delivered VALUES (?, ?, ?, ?)", [(*of, *asset) for asset in item.assets]
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO receipt VALUES (?, ?, ?, ?, ?)", [(*of, *receipt) for receipt in item.receipts]
        )

    def keep_verdicts(self, verdicts: Iterable[Verdict]) -> None:
        """Adds verdicts. One that says of the same bytes what the last one said only makes that one newer."""
        self._connection.execute("BEGIN IMMEDIATE")
        with self._connection:
            for item in verdicts:
                self._keep_verdict(item)

    def _keep_verdict(self, item: Verdict) -> None:
        key = (item.title, item.name, item.sha256, item.platform, item.platform_revision, item.window)
        last = self._connection.execute(
            "SELECT judged_at, verdict, errors, warnings, notes, not_checked FROM qc WHERE title = ? AND name = ? AND"
            " sha256 = ? AND platform = ? AND platform_revision = ? AND window = ? ORDER BY judged_at DESC LIMIT 1",
            key,
        ).fetchone()
        said = (item.verdict, item.errors, item.warnings, item.notes, item.not_checked)
        if last is not None and last[1:] == said and last[0] <= item.judged_at:
            self._connection.execute(
                "UPDATE qc SET judged_at = ? WHERE title = ? AND name = ? AND sha256 = ? AND platform = ? AND"
                " platform_revision = ? AND window = ? AND judged_at = ?",
                (item.judged_at, *key, last[0]),
            )
        else:
            self._connection.execute(
                "INSERT OR REPLACE INTO qc VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", astuple(item)
            )

    def verdicts(self, title: str) -> tuple[Verdict, ...]:
        """The verdicts on a title's files, oldest first."""
        query = "SELECT * FROM qc WHERE title = ? ORDER BY judged_at, name, platform, window"
        return tuple(Verdict(*row) for row in self._connection.execute(query, (title,)))

    def newest_verdicts(self, titles: Sequence[str] = ()) -> dict[str, list[Verdict]]:
        """The last verdict on the same bytes of a file for a window of a platform, by title; of these, or of all."""
        only, values = _among(titles)
        query = (  # SQLite takes the other columns from the row with the greatest judged_at
            "SELECT title, name, sha256, platform, platform_revision, window, max(judged_at), verdict, errors,"  # noqa: S608
            f" warnings, notes, not_checked FROM qc {only} GROUP BY title, name, sha256, platform, window"
        )
        found: dict[str, list[Verdict]] = {}
        for row in self._connection.execute(query, values):
            found.setdefault(row[0], []).append(Verdict(*row))
        return found

    def deliveries(self, titles: Sequence[str] = ()) -> dict[str, list[Delivery]]:
        """What is known to stand in stores, by title, each with its files and receipts; of these titles, or of all."""
        only, values = _among(titles)
        among = f"WHERE (store, prefix) IN (SELECT store, prefix FROM delivery {only})" if titles else ""  # noqa: S608
        assets: dict[tuple[str, str], list[tuple[str, str]]] = {}
        receipts: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
        for row in self._connection.execute(f"SELECT * FROM delivered {among} ORDER BY name", values):  # noqa: S608
            assets.setdefault(row[:2], []).append(row[2:])
        query = f"SELECT * FROM receipt {among} ORDER BY delivered_at, key"  # noqa: S608
        for row in self._connection.execute(query, values):
            receipts.setdefault(row[:2], []).append(row[2:])
        found: dict[str, list[Delivery]] = {}
        query = f"SELECT * FROM delivery {only} ORDER BY judged_at, store, prefix"  # noqa: S608
        for row in self._connection.execute(query, values):
            held, said = tuple(assets.get(row[:2], ())), tuple(receipts.get(row[:2], ()))
            delivery = replace(Delivery(*row), assets=held, receipts=said)
            found.setdefault(delivery.title, []).append(delivery)
        return found

    def file_digests(self, titles: Sequence[str] = ()) -> dict[str, tuple[str, str]]:
        """What the file system said of each file that was read, and its SHA-256, by path below the catalogue.

        `titles` are the names of the folders to tell of; without them all files are told.
        """
        between = "WHERE path BETWEEN ? AND ?" if titles else ""
        query = f"SELECT path, state, sha256 FROM file {between}"  # noqa: S608 -- as above
        ranges: list[tuple[str, ...]] = [(f"titles/{title}/", f"titles/{title}0") for title in titles]  # 0 follows /
        rows = (row for values in ranges or [()] for row in self._connection.execute(query, values))
        return {row[0]: (row[1], row[2]) for row in rows}

    def deliveries_of(self, sha256s: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The packages, as `store prefix`, that were made of these bytes, by SHA-256."""
        query = "SELECT store, prefix FROM delivered WHERE sha256 = ? ORDER BY store, prefix"
        return {
            sha256: tuple(f"{store} {prefix}" for store, prefix in self._connection.execute(query, (sha256,)))
            for sha256 in sha256s
        }

    def exported(self) -> dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]]:
        """All tables by name, each with the names of its columns and its rows, of one instant."""
        self._connection.execute("BEGIN")
        with self._connection:
            cursors = ((name, self._connection.execute(query)) for name, query in EXPORTED.items())
            return {name: (tuple(column[0] for column in rows.description), rows.fetchall()) for name, rows in cursors}


def _among(titles: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The condition for rows of some titles, with its values; none for all."""
    return (f"WHERE title IN ({', '.join('?' * len(titles))})", tuple(titles)) if titles else ("", ())


def _revision(item: Revision) -> tuple[object, ...]:
    said = (item.name, item.sha256, item.size, utc(item.at), item.who, item.why, item.note, item.was)
    return item.asset, item.revision, *said


@contextmanager
def open_index(root: Path) -> Iterator[Index]:
    """What the state of the catalogue at `root` knows of titles. Raises InputError as `connected` does."""
    with connected(root) as connection:
        yield Index(connection)
