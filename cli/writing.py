"""Files that a command writes for a person: whole or not at all."""

import os
import tempfile
from pathlib import Path

from assets.errors import UsageError


def write_text(path: Path, text: str) -> None:
    """Write a file through a temporary one beside it, so that no half-written file ever exists. Raises UsageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet. Raises UsageError if it does."""
    if path.exists():
        raise UsageError(f"{path}: exists already; it is left as it is")
    write_text(path, text)
