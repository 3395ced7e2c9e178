"""The catalogue: its settings, its state, its lock, and room for another revision of the largest file."""

import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from assets.catalogue import CONFIG_NAME, Catalogue
from assets.private import FOLDER
from cli.diagnosis import Answer, Question, fail, ok, warn
from cli.render.words import count_text, size_text

ORDER = 50
SECONDS = 30.0
_LOCK_SECONDS = 2.0
_DAY = 24 * 60 * 60
_UNREADABLE = 3
_MEDIA = frozenset({".mov", ".mp4", ".mxf", ".mkv", ".wav", ".m2ts", ".ts"})


def probe(question: Question) -> Iterator[Answer]:
    """What of the catalogue a command would stumble over."""
    catalogue = question.catalogue
    if catalogue is None:
        so = "go into one or name it with --catalogue; `releaseprint init` makes one"
        yield warn("catalogue", "there is none here", so)
        return
    titles = catalogue.title_ids()
    yield ok("catalogue", f"{catalogue.root}: {CONFIG_NAME} is read, {count_text(len(titles), 'title')}")
    yield from _state(catalogue.root / FOLDER / "state.sqlite")
    yield _room(catalogue)


def _state(path: Path) -> Iterator[Answer]:
    """The state file, which is only looked at: it is neither made nor brought up to date here."""
    so = f"delete {FOLDER}/{path.name}, which only holds what can be learnt again, and run `releaseprint rebuild`"
    if path.is_symlink():
        yield fail("state", "is a symbolic link", so, _UNREADABLE)
        return
    if not path.exists():
        yield warn("state", "there is none yet", "run `releaseprint rebuild`, or any check: each fills it")
        return
    found = path.stat()
    days = max(0, int(time.time() - found.st_mtime)) // _DAY
    age = f"changed {count_text(days, 'day')} ago" if days else "changed today"
    try:
        locked = _is_locked(path)
    except sqlite3.Error as error:
        yield fail("state", f"{size_text(found.st_size)}, cannot be used: {error}", so, _UNREADABLE)
        return
    yield ok("state", f"{size_text(found.st_size)}, {age}")
    if locked:
        held = "end the command that holds it; after a crash of the machine nothing holds it"
        yield warn("lock", "the state is held by another command", held)
    else:
        yield ok("lock", "the state is free")


def _is_locked(path: Path) -> bool:
    """Whether another process is writing. Raises sqlite3.Error for what is no state file, or a damaged one."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_LOCK_SECONDS)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            return True
        raise
    finally:
        connection.close()
    return False


def _room(catalogue: Catalogue) -> Answer:
    """Whether a new revision of the largest file has room beside the old one."""
    free = shutil.disk_usage(catalogue.root).free
    largest = _largest(catalogue.root / "titles")
    found = f"{size_text(free)} free; the largest file has {size_text(largest)}"
    if free <= largest:
        so = "free space, or `releaseprint stow` files that a store keeps: a new revision needs room beside the old one"
        return fail("disk", found, so)
    return ok("disk", found)


def _largest(titles: Path) -> int:
    found = (path for path in titles.rglob("*") if path.suffix.lower() in _MEDIA and path.is_file())
    return max((path.stat().st_size for path in found), default=0)
