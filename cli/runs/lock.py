"""One run of a catalogue at a time: a lock of the system, which ends with the process that has it, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assets.errors import Refused, UsageError
from assets.private import FOLDER, private_folder
from assets.rights import utc
from cli import judgement

FILE_NAME = "run.lock"
"""It stays when the lock is gone: what is in it only tells a second run who has it."""

_LONGEST_NOTE = 4096


@contextmanager
def locked(root: Path, what: str) -> Iterator[None]:
    """Have the lock of the catalogue at `root`. Raises Refused while another run has it, UsageError, InputError.

    `what` is told to a second run, with the time.
    """
    path = root / FOLDER / FILE_NAME
    try:
        private_folder(root)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error
    try:
        _lock(descriptor, path)
        _note(descriptor, f"{what}, since {utc(judgement.now())}")
        yield
    finally:
        os.close(descriptor)  # which gives the lock back


def _lock(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        note = os.pread(descriptor, _LONGEST_NOTE, 0).decode("utf-8", "replace").strip()
        raise Refused("another run of this catalogue is at work; nothing was done", [note or str(path)]) from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be locked: {error.strerror}") from error


def _note(descriptor: int, text: str) -> None:
    with suppress(OSError):  # on a disk that is full: the run is locked, and nobody is told by whom
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{text}\n".encode()[:_LONGEST_NOTE], 0)
