"""The files of a drop: which there are, which are refused before they are opened, and the bytes of the others."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assets import digest

MOST_FILES = 20_000
"""Files that a drop may have: more are a whole disk that somebody named by mistake."""

_DEEPEST = 32
LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".spotlight-v100", ".trashes", "__macosx"})
"""What operating systems leave in folders; nobody delivers it."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A regular file: `name` as people see it (below the drop, `/`, NFC), and what its bytes are."""

    name: str
    path: Path
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Turned:
    """What is not taken in, and why."""

    name: str
    reason: str


def one(path: Path) -> Arrived | Turned:
    """The file that a person names, called by its folder and its own name, since both tell something of it.

    A link is followed: whoever names it means what it leads to.
    """
    folder = path.absolute().parent.name
    return _read(_shown(f"{folder}/{path.name}" if folder else path.name), Path(os.path.realpath(path)))


def folder(root: Path) -> Iterator[Arrived | Turned]:
    """Every file below a folder, in the order of their names. No link is followed, no device is opened."""
    for count, (name, path) in enumerate(_walk(Path(os.path.realpath(root)), "", 0)):
        if count >= MOST_FILES:
            yield Turned(name, f"the folder has more than {MOST_FILES} files; submit a part of it")
            return
        if isinstance(path, str):
            yield Turned(name, path)
        elif path.name.casefold() in LITTER or path.name.startswith("._"):
            yield Turned(name, "left by an operating system, no asset")
        else:
            yield _read(name, path)


def _walk(here: Path, start: str, depth: int) -> Iterator[tuple[str, Path | str]]:
    """Name and path of each file, or a name and why it is not opened."""
    try:
        entries = sorted(os.scandir(here), key=lambda entry: entry.name)
    except OSError as error:
        yield start.rstrip("/"), f"cannot be read: {error.strerror}"
        return
    seen: set[str] = set()
    for entry in entries:
        name = start + _shown(entry.name)
        twin = unicodedata.normalize("NFC", entry.name)
        if twin in seen:
            yield name, "another file beside it has the same name in another normalization form (NFC, NFD)"
        elif entry.is_symlink():
            yield name, "a symbolic link; only real files are taken in"
        elif entry.is_dir(follow_symlinks=False):
            if depth == _DEEPEST:
                yield name, f"deeper than {_DEEPEST} folders"
            elif entry.name.casefold() not in LITTER:
                yield from _walk(Path(entry.path), f"{name}/", depth + 1)
        else:
            yield name, Path(entry.path)
        seen.add(twin)


def _shown(name: str) -> str:
    """A name as text: bytes that are no UTF-8 are shown as escapes."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "backslashreplace"))


def _read(name: str, path: Path) -> Arrived | Turned:
    try:
        found = path.stat(follow_symlinks=False)
        if not stat.S_ISREG(found.st_mode):
            return Turned(name, "is no regular file" if not stat.S_ISDIR(found.st_mode) else "is a folder")
        if not found.st_size:
            return Turned(name, "is empty")
        return Arrived(name, path, found.st_size, digest.sha256_file(path))
    except FileNotFoundError:
        return Turned(name, "there is no such file")
    except OSError as error:
        return Turned(name, f"cannot be read: {error.strerror}")
