"""A media file -> everything it says and is: decoded once, in a worker process, and kept so that once is enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assets import digest
from assets.distant.link import Link, Place
from assets.media import Measured
from assets.title import Away
from assets.worker import run_isolated

STALL_SECONDS = 300.0
"""A decoder that has come no further for so long hangs."""


class Measurements(Protocol):
    """Where measurements are kept: by a file's digest, and by what the file system says of a file that has one."""

    def of_file(self, path: Path) -> Measured | None:
        """The measurement of a file that has not changed since it was kept, going by size, times and identity."""

    def has_size(self, size: int) -> bool:
        """Whether any measured file has this size: only then is it worth reading a file to learn its digest."""

    def of_digest(self, path: Path, sha256: str) -> Measured | None:
        """The measurement of bytes that were measured under another name; `path` is remembered to have them."""

    def measured(self, sha256: str) -> Measured | None:
        """The measurement of these bytes, wherever they are."""

    def keep(self, path: Path, measured: Measured) -> None:
        """Keeps a measurement of the file as it is now."""

    def keep_away(self, measured: Measured) -> None:
        """Keeps a measurement of bytes that no file here has."""


Sources = Callable[[Away], Link | Place]
"""Where the bytes of a reference are read; asked again, another link to them. Raises StoreError, UsageError."""


@dataclass(frozen=True, slots=True)
class Measuring:
    """How to measure: where measurements are kept, how long one may take in seconds, and who is told.

    `told` is called with a file's name and how much of it is measured, from 0 to 1. With `only_kept` nothing is
    decoded. `sources` says where files that are away are read; without it they are not. `ended` hears of one whose link
    ended before its bytes did, where nobody who could be asked had another.
    """

    kept: Measurements | None
    seconds: float
    told: Callable[[str, float], None]
    only_kept: bool = False
    sources: Sources | None = None
    ended: Callable[[Away], None] = lambda _away: None


def measure(path: Path, name: str, how: Measuring) -> Measured | None:
    """The file `path`, which people know as `name`, from what is kept or measured now.

    None if it is not kept and shall not be measured. Raises assets.worker.WorkerError with one line if it cannot be
    read to its end.
    """
    if how.kept is not None:
        found = known(path, how.kept)
        if found is not None:
            return found
    if how.only_kept:
        return None
    from assets.signals.one_pass import measure_here

    measured = run_isolated(
        measure_here,
        str(path),
        seconds=how.seconds,
        progress=lambda share: how.told(name, share),
        stall_seconds=STALL_SECONDS,
    )
    if not isinstance(measured, Measured):
        raise TypeError(measured)
    if how.kept is not None:
        how.kept.keep(path, measured)
    return measured


def known(path: Path, kept: Measurements) -> Measured | None:
    """What is kept of a file, or of other files with the same bytes. Raises OSError."""
    return kept.of_file(path) or _of_bytes(path, kept)


def _of_bytes(path: Path, kept: Measurements) -> Measured | None:
    """The measurement of the same bytes in another file: a master that was moved or copied is read, not decoded.

    None of a file that changes meanwhile: its digest is of bytes that it never had all at once.
    """
    before = path.stat()
    if not kept.has_size(before.st_size):
        return None
    sha256 = digest.sha256_file(path)
    after = path.stat()
    if (before.st_size, before.st_mtime_ns, before.st_ino) != (after.st_size, after.st_mtime_ns, after.st_ino):
        return None
    return kept.of_digest(path, sha256)
