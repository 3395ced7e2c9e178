"""Paths that come from outside: they stay inside the folder they belong to, and NFC and NFD names are one name."""

import os
import unicodedata
from pathlib import Path, PurePosixPath

MAX_NAME_BYTES = 255


def problem(name: str) -> str | None:
    """Why a relative path from a file is not accepted, or None; `what is wrong; what is allowed`."""
    path = PurePosixPath(name)
    if not name or name != name.strip() or path.is_absolute() or "\\" in name or ":" in path.parts[0]:
        return f"{name!r} is no relative path; allowed is a path below this folder, with /"
    if any(part in {"..", "."} for part in name.split("/")):
        return f"{name!r} leaves the folder; allowed is a path below it, without .."
    if any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"} for char in name):
        return f"{name!r} has control or invisible characters; allowed are visible ones"
    if any(len(part.encode()) > MAX_NAME_BYTES for part in path.parts):
        return f"a name in {name[:40]!r}… is too long; at most {MAX_NAME_BYTES} bytes"
    return None


def find(folder: Path, name: str) -> Path:
    """The file that `name` means below `folder`, whatever the normalization form of the names on disk.

    A file that does not exist gives the path where it was expected.
    """
    current = folder
    for part in PurePosixPath(name).parts:
        exact = current / part
        if not exact.exists() and current.is_dir():
            wanted = unicodedata.normalize("NFC", part)
            exact = next((p for p in current.iterdir() if unicodedata.normalize("NFC", p.name) == wanted), exact)
        current = exact
    return current


def stays_inside(path: Path, folder: Path) -> bool:
    """Whether a path, all symbolic links followed, is below `folder`; a loop of links is not.

    Texts are compared, because this is asked of each file of each title; only what is not there takes longer.
    """
    try:
        found, home = (os.path.realpath(place, strict=True) for place in (path, folder))
    except OSError:
        return _would_stay_inside(path, folder)
    return found == home or found.startswith(os.path.join(home, ""))  # noqa: PTH118 -- with a separator at its end


def _would_stay_inside(path: Path, folder: Path) -> bool:
    """The same for a path that is not there."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a loop of links leads nowhere
        return False
