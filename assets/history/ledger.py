"""history.jsonl: one line a revision, only ever added to (`append_only`), in version control beside the title.toml.

Everything that changes files and lines together holds the lock of the file all the while.
"""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from assets import append_only
from assets.errors import Fault, InputError
from assets.history.model import History, Revision
from assets.rights import utc
from assets.title import Title
from assets.tomlfile import Record

FILE_NAME = "history.jsonl"
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

    def __init__(self, lines: append_only.Lines, found: Sequence[Revision]) -> None:
        self._lines = lines
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
        self._lines.append(to_line(numbered))
        self.revisions.append(numbered)
        return numbered


@contextmanager
def opened(title: Title) -> Iterator[Ledger]:
    """The title's history, made if there is none, and locked until the block ends. Raises UsageError, InputError."""
    shown = _shown(title)
    with append_only.opened(title.folder / FILE_NAME, shown, "history") as lines:
        yield Ledger(lines, _parse(lines.found, shown))


def revisions(title: Title) -> tuple[Revision, ...]:
    """The revisions of a title's files, oldest first. Raises InputError if its history cannot be read."""
    return revisions_in(title.folder)


def revisions_in(folder: Path) -> tuple[Revision, ...]:
    """The revisions of the title in `folder`, for whoever needs nothing else of it. Raises InputError."""
    shown = f"titles/{folder.name}/{FILE_NAME}"
    return _parse(append_only.read(folder / FILE_NAME, shown, "history"), shown)


def read_history(title: Title) -> History:
    """The revisions of a title's files, or why they cannot be read."""
    try:
        return History(revisions(title))
    except InputError as error:
        return History(fault=str(error))


def _shown(title: Title) -> str:
    return f"titles/{title.folder.name}/{FILE_NAME}"


def _parse(data: bytes, shown: str) -> tuple[Revision, ...]:
    found: dict[tuple[str, int], Revision] = {}
    for number, line in append_only.numbered(data):
        item = _revision(line, shown, number)
        if (item.asset, item.revision) in found:
            wrong = f"{item.id} is there twice"
            raise InputError(Fault(shown, f"line {number}", wrong, "each once: number the later one anew"))
        found[item.asset, item.revision] = item
    return tuple(found.values())


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
