"""Files that a command writes for a person: whole or not at all."""

import os
import tempfile
from pathlib import Path

from assets.errors import UsageError

_MOST_OF_A_NAME = 60
"""Characters of a file's name that its temporary one bears: in UTF-8 four bytes each, and a name has 255 at most."""


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, as `write_bytes` does."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file through a temporary one beside it, so that no half-written file ever exists.

    A link is followed. Raises UsageError, also for what exists and is no regular file.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise UsageError(f"{path}: is no regular file; it is left as it is")
    try:
        path.parent.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:_MOST_OF_A_NAME]}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet. Raises UsageError if it does."""
    if path.exists():
        raise UsageError(f"{path}: exists already; it is left as it is")
    write_text(path, text)
