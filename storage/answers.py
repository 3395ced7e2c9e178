"""Answers about titles that need not be worked out again, as long as nothing that they were made of has changed.

What was read is told by the file system, as it is for digests; an answer that rests on a file which changed so recently
that it may change again unseen is not kept. What the state itself learns of a title removes the title's answers in the
same transaction, by triggers. What depends on the time of the question holds between two instants.
"""

import json
import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from storage.state import SETTLED_SECONDS

_MOST_QUESTIONS = 8
"""So many different questions are answered from here; one more, and the answers to all others are forgotten."""
_ABSENT = "-"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of a title, by what: `state` is that of the `watched` files, paths below the title's folder.

    It holds for questions as of `since` up to `before`, both ISO 8601 in UTC; an empty one is no limit.
    """

    title: str
    state: str
    watched: tuple[str, ...]
    since: str
    before: str
    data: str


class Answers:
    """The answers of an open state."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def commit(self) -> int:
        """A number that another one takes the place of when another process changes the state."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def kept(self, question: str) -> dict[str, Answer]:
        """The answers to a question by title, fresh or not."""
        query = "SELECT title, state, watched, since, before, data FROM answer WHERE question = ?"
        rows = self._connection.execute(query, (question,))
        return {row[0]: Answer(row[0], row[1], _names(row[2]), row[3], row[4], row[5]) for row in rows}

    def keep(self, question: str, answers: Iterable[Answer], commit: int) -> None:
        """Keeps answers; nothing if another process has changed the state since `commit`.

        Nothing is said where the state cannot be written to: the answers are right all the same.
        """
        rows = [
            (question, item.title, item.state, item.since, item.before, json.dumps(item.watched), item.data)
            for item in answers
        ]
        with suppress(sqlite3.OperationalError):
            self._connection.execute("BEGIN IMMEDIATE")
            with self._connection:
                if self.commit() == commit:
                    self._forget_other_questions(question)
                    self._connection.executemany("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def forget(self, titles: Iterable[str]) -> None:
        """Forgets all answers about titles that are gone, as far as the state can be written to."""
        with suppress(sqlite3.OperationalError), self._connection:
            self._connection.executemany("DELETE FROM answer WHERE title = ?", [(title,) for title in titles])

    def _forget_other_questions(self, question: str) -> None:
        query = (  # from one question to the next by the index: count(DISTINCT question) would go past every answer
            "WITH RECURSIVE asked (question) AS (SELECT min(question) FROM answer UNION ALL SELECT"
            " (SELECT min(question) FROM answer WHERE question > asked.question) FROM asked WHERE question IS NOT NULL)"
            " SELECT count(*) FROM asked WHERE question != ?"
        )
        if self._connection.execute(query, (question,)).fetchone()[0] >= _MOST_QUESTIONS:
            self._connection.execute("DELETE FROM answer WHERE question != ?", (question,))


@lru_cache(maxsize=4096)
def _names(text: str) -> tuple[str, ...]:
    """Titles are much alike in the names of their files."""
    return tuple(json.loads(text))


def found_at(folder: str, names: Iterable[str]) -> list[os.stat_result | None]:
    """What the file system says of each name below a folder, None where nothing is there."""
    found: list[os.stat_result | None] = []
    for name in names:
        try:
            found.append(os.stat(f"{folder}/{name}"))  # noqa: PTH116 -- a hundred thousand Path objects take seconds
        except (OSError, ValueError):
            found.append(None)
    return found


def state_of(found: Iterable[os.stat_result | None]) -> str:
    """What the file system says of many files, in few characters; it changes when the bytes of one of them change."""
    text = "|".join(
        _ABSENT if item is None else f"{item.st_size} {item.st_mtime_ns} {item.st_ctime_ns} {item.st_ino}"
        for item in found
    )
    return blake2b(text.encode(), digest_size=16).hexdigest()


def is_settled(found: Iterable[os.stat_result | None], begun_ns: int) -> bool:
    """Whether none of the files changed so shortly before `begun_ns` that its times may not tell the next change."""
    limit = begun_ns - SETTLED_SECONDS * 1_000_000_000
    return all(item is None or max(item.st_mtime_ns, item.st_ctime_ns) < limit for item in found)
