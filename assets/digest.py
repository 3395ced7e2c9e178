"""SHA-256 of bytes and files, streamed."""

import hashlib
from collections.abc import Callable
from pathlib import Path

_BLOCK = 4 << 20


def sha256_bytes(data: bytes) -> str:
    """SHA-256 of bytes, 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_file(path: Path, told: Callable[[int], None] | None = None) -> str:
    """SHA-256 of a file's bytes, read once in bounded memory; `told` hears of the bytes as they go. Raises OSError."""
    with path.open("rb") as file:
        if told is None:
            return hashlib.file_digest(file, "sha256").hexdigest()
        found = hashlib.sha256()
        while block := file.read(_BLOCK):
            found.update(block)
            told(len(block))
        return found.hexdigest()
