"""A file of a title gets another name: title.toml says it, and what had the old name is kept.

The order, and why a kill between any two steps is harmless:

 1. bytes under the old name that no revision tells of get one;
 2. the new bytes get their name, and their line in the history; title.toml still names the old file, which is there;
 3. title.toml is written beside the old one, read as any title is, and gets its name by a rename;
 4. the old bytes are kept, and their name goes. Without this step they are a file that nothing refers to.

Whoever calls this holds `title_editing.locked` of the title's folder.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assets import digest, history, manifest
from assets.append_only import sync_folder
from assets.errors import UsageError
from assets.history import keeping
from assets.history.announcing import root_of
from assets.history.ledger import nfc
from assets.history.model import Revision
from assets.history.replacing import FOUND
from assets.title import AssetFile, Title
from assets.title_editing import Value, edited, prepared

_NAMES_A_FILE = frozenset({"file", "master"})


@dataclass(frozen=True, slots=True)
class Signed:
    """Who says what of a new revision, and when."""

    who: str
    why: str
    note: str
    at: datetime


def is_other_format(name: str, suffix: str) -> bool:
    """Whether a name ends otherwise than the files of a format, whatever the case."""
    return Path(name).suffix.lower() != suffix.lower()


def rename(title: Title, old: str, new: str) -> None:
    """Say in title.toml that a file has another name; comments and order stay. Raises InputError, UsageError."""
    shown = f"titles/{title.id}/{manifest.FILE_NAME}"
    try:
        _rewrite(title, title.folder / manifest.FILE_NAME, shown, old, new)
    except OSError as error:
        raise UsageError(f"{shown}: cannot be written: {error.strerror or error}; {old} is {new} now") from error


def _rewrite(title: Title, path: Path, shown: str, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    values = [Value(place, new) for place in _places(tomllib.loads(plain), nfc(old), ())]
    if not values:
        raise UsageError(f"{title.id}: title.toml names no file {old!r}; write {new!r} into it")
    with prepared(path, edited(text, values)) as incoming:
        manifest.read_title(incoming, root_of(title), shown)
        incoming.replace(path)
    sync_folder(path.parent)


def _places(data: Any, old: str, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401
    """Where in a title.toml a file is named."""
    parts = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in parts:
        if isinstance(value, dict | list):
            yield from _places(value, old, (*path, key))
        elif key in _NAMES_A_FILE and isinstance(value, str) and nfc(value) == old:
            yield (*path, key)


def replace_by(
    title: Title, role: str, old: AssetFile, name: str, source: Path, *, sha256: str, signed: Signed
) -> Revision:
    """Bytes of another format take the place of a file, under a name that says so; gives the newest revision.

    Raises UsageError if other bytes have the name or cannot be replaced, InputError as `replace_file` does.
    """
    new = AssetFile(name, title.folder / name)
    if new.path.exists() and digest.sha256_file(new.path) != sha256:
        raise UsageError(f"{name}: lies there already with other bytes, and title.toml does not name it; move it away")
    who, at = signed.who, signed.at
    try:
        before = digest.sha256_file(old.path) if old.path.is_file() else ""
        if before and not any((item.asset, item.sha256) == (role, before) for item in history.revisions(title)):
            size = old.path.stat().st_size
            history.record(title, old, role, sha256=before, size=size, who=who, why=FOUND, at=at)
        made = history.replace_file(
            root_of(title), title, role, new, source, who=who, why=signed.why, note=signed.note, at=at, sha256=sha256
        )
        rename(title, old.name, name)
        if before:
            keeping.keep(root_of(title), old.path, before, by_link=True)
            old.path.unlink()
    except OSError as error:
        raise UsageError(f"{old.name}: cannot be replaced: {error.strerror or error}") from error
    return made
