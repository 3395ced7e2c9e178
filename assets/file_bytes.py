"""A file's size and digest, or why it has none: it is absent, away, empty, or no regular file."""

from dataclasses import dataclass

from assets import digest
from assets.title import AssetFile


@dataclass(frozen=True, slots=True)
class FileBytes:
    """A file's size and digest, and why it cannot be read. One that is away has all of them."""

    size: int = 0
    sha256: str = ""
    reason: str = ""


def is_away(file: AssetFile) -> bool:
    """Whether a file does not lie here, and away.toml says where its bytes do."""
    return file.away is not None and not file.path.exists()


def why_unreadable(file: AssetFile) -> str:
    """Why there is nothing to read at all, or nothing."""
    if not file.path.exists():
        return file.away.reason if file.away else "there is no such file"
    if not file.path.is_file():
        return "it is not a regular file"
    return "" if file.path.stat().st_size else "it is empty"


def bytes_of(file: AssetFile) -> FileBytes:
    """Size and digest of a file, all of it read; of one that is away, those of its reference."""
    path = file.path
    if file.away is not None and is_away(file):
        return FileBytes(file.away.size, file.away.sha256, file.away.reason)
    if reason := why_unreadable(file):
        return FileBytes(0, digest.sha256_bytes(b"") if path.is_file() else "", reason)
    try:
        size = path.stat().st_size
        return FileBytes(size, digest.sha256_file(path))
    except OSError as error:
        return FileBytes(reason=f"it cannot be read: {error.strerror}")
