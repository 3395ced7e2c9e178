"""A file of lines that is only ever added to.

A line is written by one call and synced, by whoever holds the lock of the file: several processes lose nothing, and a
kill leaves a whole line or none. What a power cut leaves of a last line was never announced: it is not read, and cut
off before the next line.
"""

import fcntl
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from assets.errors import Fault, InputError, UsageError

MAX_BYTES = 256 << 20


@dataclass(frozen=True, slots=True)
class Seen:
    """What the file system says of a file; whoever writes to it changes that."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    device: int

    @classmethod
    def of(cls, found: os.stat_result) -> Self:
        """What `stat` says."""
        return cls(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev)


class Lines:
    """The open, locked file; `found` is all that was in it, and nothing if it `is_known` to whoever opened it.

    A file that is known ended with a whole line when it was `seen`.
    """

    def __init__(self, descriptor: int, path: Path, found: bytes, *, is_known: bool = False) -> None:
        self._descriptor = descriptor
        self._path = path
        self.found = found
        self.is_known = is_known
        if is_known:
            self._whole = self.seen.size
            return
        self._whole = sum(len(line) for line in _whole_lines(found))
        if 0 < self._whole == len(found) and not found.endswith(b"\n"):  # an editor took the last line feed away
            self._whole += os.write(descriptor, b"\n")

    @property
    def seen(self) -> Seen:
        """The file as it is now."""
        return Seen.of(os.fstat(self._descriptor))

    def append(self, line: bytes) -> None:
        """Write a line, which ends in a line feed, so that it outlasts a power cut. Raises UsageError."""
        try:
            os.ftruncate(self._descriptor, self._whole)
            if os.write(self._descriptor, line) != len(line):
                os.ftruncate(self._descriptor, self._whole)
                raise UsageError(f"{self._path}: cannot be written: the disk is full")
            os.fsync(self._descriptor)
        except OSError as error:
            raise UsageError(f"{self._path}: cannot be written: {error.strerror}") from error
        self._whole += len(line)


@contextmanager
def opened(path: Path, shown: str, what: str, known: Seen | None = None) -> Iterator[Lines]:
    """The file, made if there is none, and locked until the block ends. Raises UsageError, InputError.

    `what` is what the file should be, such as `history`: an error says that it is none. One that is still as it is
    `known` is not read.
    """
    try:
        descriptor = _locked(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error
    try:
        is_known = known is not None and known == Seen.of(os.fstat(descriptor))
        yield Lines(descriptor, path, b"", is_known=True) if is_known else _lines(descriptor, path, shown, what)
    finally:
        os.close(descriptor)  # which gives the lock back


def read(path: Path, shown: str, what: str) -> bytes:
    """All of the file, without its lock; nothing if there is none. Raises InputError."""
    if not path.exists() and not path.is_symlink():
        return b""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
        raise InputError(_not_one(shown, what))
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(Fault(shown, "", f"cannot be read: {error.strerror}")) from error


def numbered(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The whole lines that say something, with their numbers."""
    for number, line in enumerate(_whole_lines(data), 1):
        if line.strip():
            yield number, line


def sync_folder(folder: Path) -> None:
    """Make new names in a folder outlast a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems know no sync of a folder
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lines(descriptor: int, path: Path, shown: str, what: str) -> Lines:
    try:
        return Lines(descriptor, path, _all(descriptor, shown, what))
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error


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


def _all(descriptor: int, shown: str, what: str) -> bytes:
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
        raise InputError(_not_one(shown, what))
    with os.fdopen(os.dup(descriptor), "rb") as file:
        file.seek(0)
        return file.read()


def _not_one(shown: str, what: str) -> Fault:
    return Fault(shown, "", f"is no {what}", f"a regular file of at most {MAX_BYTES} bytes")


def _whole_lines(data: bytes) -> Iterator[bytes]:
    """The lines with their line feeds; what follows the last line feed only if it is not a line that was cut off."""
    *lines, rest = data.split(b"\n")
    yield from (line + b"\n" for line in lines)
    if _is_json(rest):
        yield rest


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
