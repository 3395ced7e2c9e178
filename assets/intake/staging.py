"""Copies of files beside where they shall lie: whole, synced and read again before they get a name."""

import errno
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from assets import digest, paths
from assets.catalogue import Catalogue
from assets.errors import Fault, InputError
from assets.intake.proposal import Proposal
from assets.title_editing import INCOMING

_BLOCK = 8 << 20
_ABANDONED_SECONDS = 24 * 60 * 60
_WITHOUT_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}

Progress = Callable[[str, float], None]
"""Is told the name of a file that is copied, and how much of it is, from 0 to 1."""


def folder_of(catalogue: Catalogue, item: Proposal) -> Path:
    """The folder of the title that a file is proposed for."""
    if item.title is None:
        raise TypeError(item)
    return catalogue.root / "titles" / item.title.value


@contextmanager
def staged(catalogue: Catalogue, items: Sequence[Proposal], told: Progress) -> Iterator[dict[str, Path]]:
    """A whole, synced copy of each file in the folder where it shall lie; those left at the end are removed."""
    _require_space(catalogue, items)
    copies: dict[str, Path] = {}
    try:
        for item in items:
            place = folder_of(catalogue, item) / item.name
            place.parent.mkdir(exist_ok=True)
            if not paths.stays_inside(place.parent, catalogue.root):
                raise InputError(Fault(str(place.parent), "", "a link that leaves the catalogue", "a folder in it"))
            _tidy(place.parent)
            copy = place.parent / f"{INCOMING}{secrets.token_hex(16)}"
            copies[item.what.file.name] = copy
            _copy(item, copy, told)
        yield copies
    finally:
        for copy in copies.values():
            copy.unlink(missing_ok=True)


def _require_space(catalogue: Catalogue, items: Sequence[Proposal]) -> None:
    needed = sum(item.what.file.size for item in items)
    free = shutil.disk_usage(catalogue.root).free
    if needed > free:
        wrong = f"the files have {needed} bytes, and {free} are free"
        raise InputError(Fault(str(catalogue.root), "", wrong, "as much free space as the files take"))


def _tidy(folder: Path) -> None:
    """Remove what killed runs have left."""
    oldest = time.time() - _ABANDONED_SECONDS
    for left in folder.glob(f"{INCOMING}*"):
        with suppress(OSError):  # another run tidies up as well, and what cannot be removed does no harm
            if left.stat().st_mtime < oldest:
                left.unlink()


def _copy(item: Proposal, copy: Path, told: Progress) -> None:
    """Copy a file, synced, and read the copy again. Raises InputError if its bytes are not those that were proposed."""
    file, done = item.what.file, 0
    with file.path.open("rb") as source, copy.open("xb") as out:
        while block := source.read(_BLOCK):
            out.write(block)
            done += len(block)
            told(file.name, min(1.0, done / file.size))
        out.flush()
        os.fsync(out.fileno())
    if digest.sha256_file(copy) != file.sha256:
        raise InputError(Fault(file.name, "", "was changed while it was added", "a file nobody is writing to"))


def link(copy: Path, place: Path) -> None:
    """Give a copy its name, only if nothing has it: a hard link never replaces. Raises FileExistsError."""
    try:
        os.link(copy, place)
    except OSError as error:
        if error.errno not in _WITHOUT_LINKS:
            raise
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from error
        copy.replace(place)


def sync(folder: Path) -> None:
    """Make new names in a folder outlast a power cut, where the file system can be asked to."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
