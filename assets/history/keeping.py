"""Where old bytes are kept: `.releaseprint/revisions/<sha256>` of the catalogue, read-only, each content once."""

import errno
import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from assets import digest
from assets.append_only import sync_folder
from assets.errors import Fault, InputError
from assets.history.model import Revision
from assets.private import FOLDER, own_folder, private_folder

NAME = "revisions"
AT_ONCE_BYTES = 64 << 20
"""A file of at most this size is kept as soon as it is recorded: text and pictures are edited where they lie."""

_NAME_BYTES = 16
_INCOMING = re.compile(rf"[0-9a-f]{{{2 * _NAME_BYTES}}}")
_BLOCK = 8 << 20
_ABANDONED_SECONDS = 24 * 60 * 60
"""A copy that nobody has written to for so long was left by a killed run."""
_WITHOUT_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV, errno.EACCES}


def place(root: Path, sha256: str) -> Path:
    """Where the bytes of a digest are kept, whether they are or not."""
    return root / FOLDER / NAME / sha256


def find_kept(root: Path, revision: Revision, others: Iterable[Path] = ()) -> Path | None:
    """A file that has the bytes of a revision now: the kept one, or one of the others; each is read to be sure."""
    for path in (place(root, revision.sha256), *others):
        with suppress(OSError):  # what cannot be read does not have them
            if path.is_file() and path.stat().st_size == revision.size and digest.sha256_file(path) == revision.sha256:
                return path
    return None


def keep(root: Path, source: Path, sha256: str, *, by_link: bool = False) -> None:
    """Keep the bytes of a file that has just been hashed.

    By a link only for a file that is about to be replaced: what is kept must be no file that anybody writes to. It is
    read-only from then on; `give_back` takes the link away if the file is not replaced after all. A file with other
    names already, or behind a symbolic link, is copied. Raises InputError if it has other bytes by now.
    """
    private_folder(root)
    target = place(root, sha256)
    own_folder(target.parent)
    if _is_kept(target, source, sha256):
        return
    if not (by_link and _link(source, target)):
        incoming = _incoming(root)
        copy(source, incoming, sha256)
        incoming.replace(target)
    protect(target)
    sync_folder(target.parent)


def protect(path: Path) -> None:
    """Make a kept file read-only, where the file system can be asked to."""
    with suppress(OSError):
        path.chmod(0o444)


def give_back(root: Path, source: Path, sha256: str, mode: int) -> None:
    """Undo the keeping by a link of a file that stays where it is and may be written to."""
    if is_shared(root, source, sha256):
        place(root, sha256).unlink()
        source.chmod(mode)


def is_shared(root: Path, source: Path, sha256: str) -> bool:
    """Whether a file is the kept one, under its own name: a run was killed before it gave it other bytes."""
    target = place(root, sha256)
    return target.is_file() and os.path.samestat(target.stat(), source.stat())


def _is_kept(target: Path, source: Path, sha256: str) -> bool:
    if not target.is_file():
        return False
    if os.path.samestat(target.stat(), source.stat()):
        return True
    return digest.sha256_file(target) == sha256


def _link(source: Path, target: Path) -> bool:
    """Give the file its kept name as well; False where that cannot be, or would keep what others write to."""
    if source.is_symlink() or source.stat().st_nlink > 1 or target.exists():
        return False
    with source.open("rb") as file:
        os.fsync(file.fileno())
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _WITHOUT_LINKS:
            raise
        return False
    return True


def _incoming(root: Path) -> Path:
    """A new name for what is being copied, in a folder rid of what killed runs have left there."""
    folder = own_folder(root / FOLDER / "incoming")
    for left in folder.iterdir():
        with suppress(OSError):  # another run tidies up as well
            if _INCOMING.fullmatch(left.name) and left.stat().st_mtime < time.time() - _ABANDONED_SECONDS:
                left.unlink()
    return folder / secrets.token_hex(_NAME_BYTES)


def copy(source: Path, incoming: Path, sha256: str) -> None:
    """Copy a file's bytes to a new file, synced. Raises InputError, and leaves none, if they are not of the digest."""
    try:
        found = _copied(source, incoming)
    except BaseException:
        incoming.unlink(missing_ok=True)
        raise
    if found != sha256:
        incoming.unlink(missing_ok=True)
        raise InputError(Fault(str(source), "", "was changed while it was read", "a file nobody is writing to"))


def _copied(source: Path, incoming: Path) -> str:
    """The digest of the bytes that were copied to a new file and synced."""
    hashed = hashlib.sha256()
    with source.open("rb") as file, incoming.open("xb") as out:
        while block := file.read(_BLOCK):
            hashed.update(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    return hashed.hexdigest()
