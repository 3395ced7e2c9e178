"""history.jsonl: one line a revision, only ever added to, in version control beside the title.toml.

A line is written by one call and synced, by whoever holds the lock of the file: several processes lose nothing, and a
kill leaves a whole line or none. What a power cut leaves of a last line was never announced: it is not read, and cut
off before the next line. Everything that changes files and lines together holds the lock all the while.
"""

import fcntl
import json
import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from assets.errors import Fault, InputError, UsageError
from assets.history.model import History, Revision
from assets.rights import utc
from assets.title import Title
from assets.tomlfile import Record

FILE_NAME = "history.jsonl"
MAX_BYTES = 256 << 20
_DIGEST = r"^[0-9a-f]{64}$"
_ALLOWED = "a line for each revision, as the tool writes it"


class _Line(Record):
    """One line: the keys of a revision."""

    asset: Annotated[str, Field(min_length=1)]
    revision: Annotated[int, Field(ge=1)]
    name: Annotated[str, Field(min_length=1)]
    sha256: Annotated[str, Field(pattern=_DIGEST)]
    size: Annotated[int, Field(ge=0)]
    at: datetime
    who: str
    why: str
    note: str = ""
    was: Annotated[str, Field(pattern=_DIGEST)] | None = None


class Ledger:
    """The open, locked history of a title; `revisions` are its lines, oldest first."""

    def __init__(self, descriptor: int, path: Path, found: Sequence[Revision], whole: int) -> None:
        self._descriptor = descriptor
        self._path = path
        self._whole = whole
        self.revisions = list(found)

    def newest(self, asset: str) -> Revision | None:
        """The last revision of an asset."""
        return next((item for item in reversed(self.revisions) if item.asset == nfc(asset)), None)

    def says(self, asset: str, name: str, sha256: str) -> Revision | None:
        """The asset's last revision if it is this file with these bytes."""
        newest = self.newest(asset)
        return newest if newest is not None and (newest.name, newest.sha256) == (nfc(name), sha256) else None

    def append(self, revision: Revision) -> Revision:
        """Write a revision, numbered after the asset's last one, so that it outlasts a power cut. Raises UsageError."""
        last = self.newest(revision.asset)
        numbered = Revision(
            asset=nfc(revision.asset),
            revision=last.revision + 1 if last else 1,
            name=nfc(revision.name),
            sha256=revision.sha256,
            size=revision.size,
            at=revision.at,
            who=revision.who,
            why=revision.why,
            note=revision.note,
            was=last.sha256 if last else None,
        )
        line = to_line(numbered)
        try:
            os.ftruncate(self._descriptor, self._whole)
            if os.write(self._descriptor, line) != len(line):
                os.ftruncate(self._descriptor, self._whole)
                raise UsageError(f"{self._path}: cannot be written: the disk is full")
            os.fsync(self._descriptor)
        except OSError as error:
            raise UsageError(f"{self._path}: cannot be written: {error.strerror}") from error
        self._whole += len(line)
        self.revisions.append(numbered)
        return numbered


@contextmanager
def opened(title: Title) -> Iterator[Ledger]:
    """The title's history, made if there is none, and locked until the block ends. Raises UsageError, InputError."""
    path = title.folder / FILE_NAME
    try:
        descriptor = _locked(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error
    try:
        yield _ledger(descriptor, path, _shown(title))
    finally:
        os.close(descriptor)  # which gives the lock back


def _ledger(descriptor: int, path: Path, shown: str) -> Ledger:
    try:
        data = _all(descriptor, path)
        found, whole = _parse(data, shown)
        if 0 < whole == len(data) and not data.endswith(b"\n"):  # an editor took the last line feed away
            whole += os.write(descriptor, b"\n")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error
    return Ledger(descriptor, path, found, whole)


def _locked(path: Path) -> int:
    """A descriptor of the file that `path` names, with its lock: version control may put another one in its place."""
    while True:
        is_new = not path.exists()
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if _is(descriptor, path):
                if is_new:
                    sync_folder(path.parent)
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def sync_folder(folder: Path) -> None:
    """Make new names in a folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems know no sync of a folder
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _all(descriptor: int, path: Path) -> bytes:
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
        raise InputError(Fault(str(path), "", "is no history", f"a regular file of at most {MAX_BYTES} bytes"))
    with os.fdopen(os.dup(descriptor), "rb") as file:
        file.seek(0)
        return file.read()


def revisions(title: Title) -> tuple[Revision, ...]:
    """The revisions of a title's files, oldest first. Raises InputError if its history cannot be read."""
    return revisions_in(title.folder)


def revisions_in(folder: Path) -> tuple[Revision, ...]:
    """The revisions of the title in `folder`, for whoever needs nothing else of it. Raises InputError."""
    path = folder / FILE_NAME
    shown = f"titles/{folder.name}/{FILE_NAME}"
    if not path.exists() and not path.is_symlink():
        return ()
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
        raise InputError(Fault(shown, "", "is no history", f"a regular file of at most {MAX_BYTES} bytes"))
    try:
        return _parse(path.read_bytes(), shown)[0]
    except OSError as error:
        raise InputError(Fault(shown, "", f"cannot be read: {error.strerror}")) from error


def read_history(title: Title) -> History:
    """The revisions of a title's files, or why they cannot be read."""
    try:
        return History(revisions(title))
    except InputError as error:
        return History(fault=str(error))


def _shown(title: Title) -> str:
    return f"titles/{title.folder.name}/{FILE_NAME}"


def _parse(data: bytes, shown: str) -> tuple[tuple[Revision, ...], int]:
    """The revisions, and how many bytes of the file are whole lines."""
    found: dict[tuple[str, int], Revision] = {}
    whole = 0
    lines = data.split(b"\n")
    for number, line in enumerate(lines, 1):
        is_last = number == len(lines)  # what follows the last line feed: nothing, or a line that was cut off
        if is_last and not _is_json(line):
            break
        whole += len(line) + (not is_last)
        if not line.strip():
            continue
        item = _revision(line, shown, number)
        if (item.asset, item.revision) in found:
            wrong = f"{item.id} is there twice"
            raise InputError(Fault(shown, f"line {number}", wrong, "each once: number the later one anew"))
        found[item.asset, item.revision] = item
    return tuple(found.values()), whole


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _revision(line: bytes, shown: str, number: int) -> Revision:
    try:
        read = _Line.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        wrong = ": ".join(part for part in (place, str(first["msg"])) if part)
        raise InputError(Fault(shown, f"line {number}", wrong, _ALLOWED)) from error
    if read.at.tzinfo is None:
        raise InputError(Fault(shown, f"line {number}", "at: has no offset", "an instant such as 2026-12-01T00:00:00Z"))
    return Revision(
        asset=nfc(read.asset),
        revision=read.revision,
        name=nfc(read.name),
        sha256=read.sha256,
        size=read.size,
        at=read.at.astimezone(UTC),
        who=read.who,
        why=read.why,
        note=read.note,
        was=read.was,
    )


def nfc(text: str) -> str:
    """Composed: however a name is written, it is one name."""
    return unicodedata.normalize("NFC", text)


def to_line(revision: Revision) -> bytes:
    """A revision as its line, with the line feed."""
    keys = ("asset", "revision", "name", "sha256", "size", "at", "who", "why", "note", "was")
    values = {key: getattr(revision, key) for key in keys} | {"at": utc(revision.at)}
    return (
        json.dumps(values, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    )  # a name from outside may be no text
