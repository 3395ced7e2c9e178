"""Bytes of a title come back from a store: to a name that means nothing, and to their own when they are the right ones.

The one name that they are written to is made of their digest: whoever fetches them holds its lock, and what a killed
run has left there is written anew.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from assets import digest, paths
from assets.errors import Fault, InputError, Refused, StoreError, UsageError
from assets.intake.staging import link, sync
from assets.title import Away
from assets.title_editing import INCOMING
from storage.stores.store import Progress, Store


def fetch(reference: Away, source: tuple[Store, str], place: Path, root: Path, progress: Progress) -> bool:
    """Bring the bytes of a reference to `place`, below `root`; False if they lie there already.

    Raises Refused if something else lies there, StoreError if the store fails or has other bytes, UsageError for what
    cannot be written.
    """
    try:
        if _lies_there(reference, place):
            forget_other_name(reference, place)
            return False
        if not paths.stays_inside(place.parent, root):
            raise UsageError(f"{reference.name}: lies outside the catalogue; a file that is fetched lies inside")
        place.parent.mkdir(parents=True, exist_ok=True)
        with _incoming(place.parent, reference) as (incoming, out):
            _receive(reference, source, out, progress)
            link(incoming, place)
            sync(place.parent)
    except FileExistsError:  # somebody was faster
        if _lies_there(reference, place):
            return False
        raise
    except OSError as error:
        raise UsageError(f"{reference.name}: cannot be fetched: {error.strerror or error}") from error
    return True


def _lies_there(reference: Away, place: Path) -> bool:
    """Whether the bytes lie at a place. Raises Refused if other ones do, or what is no file."""
    if not os.path.lexists(place):
        return False
    is_file = place.is_file() and not place.is_symlink() and place.stat().st_size == reference.size
    if is_file and digest.sha256_file(place) == reference.sha256:
        return True
    raise Refused(f"{reference.name} is not fetched", ("another file lies there; it is left as it is",))


def forget_other_name(reference: Away, place: Path) -> None:
    """Take away the other name of a file whose fetching was killed when it had both. Raises OSError."""
    incoming = _incoming_path(place.parent, reference)
    if incoming.exists() and place.exists() and incoming.samefile(place):
        incoming.unlink(missing_ok=True)


@contextmanager
def _incoming(folder: Path, reference: Away) -> Iterator[tuple[Path, BinaryIO]]:
    """An empty file beside the place, locked, and gone in the end. Raises InputError if another process has it."""
    path = _incoming_path(folder, reference)
    with _locked(path, reference) as file:
        try:
            yield path, file
        finally:
            path.unlink(missing_ok=True)


def _incoming_path(folder: Path, reference: Away) -> Path:
    return folder / f"{INCOMING}{reference.sha256}"


def _locked(path: Path, reference: Away) -> BinaryIO:
    """The file that `path` names, empty. One with another name as well was left by a kill, and is nobody's to empty."""
    while True:
        with ExitStack() as stack:
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            file = stack.enter_context(os.fdopen(os.open(path, flags, 0o666), "r+b"))
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                allowed = "one at a time; try again when it has ended"
                raise InputError(Fault(reference.name, "", "another process is fetching it", allowed)) from error
            if os.fstat(file.fileno()).st_nlink > 1:
                path.unlink(missing_ok=True)
            elif path.exists() and os.path.samestat(os.fstat(file.fileno()), path.lstat()):
                file.truncate()
                stack.pop_all()
                return file


def _receive(reference: Away, source: tuple[Store, str], out: BinaryIO, progress: Progress) -> None:
    """Write the bytes, synced. Raises StoreError if they are not those of the reference."""
    store, key = source
    found, size = hashlib.sha256(), 0
    for block in store.get(key):
        size += len(block)
        if size > reference.size:
            break
        found.update(block)
        out.write(block)
        progress(len(block))
    if size != reference.size or found.hexdigest() != reference.sha256:
        wrong = "holds other bytes than away.toml says; nothing was fetched"
        raise StoreError(f"{store.url}: {key}: {wrong}")
    out.flush()
    os.fsync(out.fileno())
