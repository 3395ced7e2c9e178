"""What a folder store asks of its file system: locks, names that are taken at once, folders that last."""

import errno
import fcntl
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_WITHOUT_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


def is_locked(file: BinaryIO) -> bool:
    """Lock a file that is being written, so that no other run takes it for a rest; False where somebody else has it.

    A file system without locks locks nothing: there a file is a rest when it is old.
    """
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def is_abandoned(left: Path) -> bool:
    """Whether nobody writes to an incoming file: a writer that waits for its source for long keeps its lock."""
    if not stat.S_ISREG(left.lstat().st_mode):
        return False
    with left.open("rb") as file:
        return is_locked(file)


def link(incoming: Path, place: Path) -> None:
    """Give a file its name only if nothing has it: a link is atomic and never replaces. Raises FileExistsError."""
    try:
        os.link(incoming, place)
    except OSError as error:
        if error.errno not in _WITHOUT_LINKS:
            raise
        if place.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from error
        incoming.replace(place)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each synced into the one that holds it."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make new names in a folder outlast a power cut, where the file system can be asked to."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems know no sync of a folder
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
