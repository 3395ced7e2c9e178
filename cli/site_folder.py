"""A folder that is written anew as a whole: made beside the old one and put in its place, or not at all.

Only a folder that has the marker is ever replaced: what somebody else has put there is never deleted.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assets.errors import UsageError

MARKER = ".releaseprint-site"
_TEXT = "Written by releaseprint, which replaces the whole folder. What is changed here is lost.\n"


@contextlib.contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Yields an empty folder that takes the place of `folder` when the block ends, and vanishes if it fails.

    A kill between the two renames leaves the old folder beside the place, with `.old-` in its name, and the next call
    puts the new one there. Raises UsageError for a folder that is not empty and was not written so.
    """
    folder = folder.resolve()
    require_ours(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name}.new-", dir=folder.parent))
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}") from error
    try:
        (work / MARKER).write_text(_TEXT, encoding="utf-8")
        yield work
        _swap(work, folder)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def require_ours(folder: Path) -> None:
    """Raises UsageError for a folder that is not empty and was not written by `replaced`."""
    try:
        is_foreign = folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))
        if is_foreign and not (folder / MARKER).is_file():
            raise UsageError(f"{folder}: was not written by this command, and stays as it is; a new or an empty folder")
    except OSError as error:
        raise UsageError(f"{folder}: cannot be read: {error.strerror}") from error


def _swap(work: Path, folder: Path) -> None:
    work.chmod(0o755)
    require_ours(folder)  # a site takes minutes to make: it may be somebody else's by now
    old = work.with_name(work.name.replace(".new-", ".old-"))
    if folder.exists():
        folder.rename(old)
    try:
        work.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
