"""A store that is a folder: a disk, a network share, a drive that is shipped."""

import errno
import os
import secrets
import stat
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from assets import digest, paths
from assets.errors import PackageError, StoreError
from storage.stores import folder_files
from storage.stores.keys import clean_key
from storage.stores.pace import Pace
from storage.stores.promised import BrokenPromiseError, PromisedFile, Stream, UnreadableError
from storage.stores.store import READ_BACK, Progress, Stored, Transfer

INCOMING = ".releaseprint-incoming"
"""Where objects are written before they are renamed to their keys: on the same file system, and never listed."""

_BLOCK = 8 << 20
_HASHED = "hashed as it was written"
_ABANDONED_SECONDS = 24 * 60 * 60
"""An incoming file that nobody has written to for so long, and nobody has locked, was left by a killed run."""

_REASONS = {
    errno.ENOSPC: "the disk is full; free space or name another store",
    errno.EDQUOT: "the disk quota is used up; free space or name another store",
    errno.EACCES: "permission denied; the folder must be readable and writable for you",
    errno.EPERM: "not permitted; the folder must be readable and writable for you",
    errno.EROFS: "the file system is read-only; name another store",
    errno.ENAMETOOLONG: "a name is too long for this file system; at most 255 bytes of UTF-8 in most",
}


class FolderStore:
    """Objects as files below `root`, which is made when the first object is stored.

    An object is written to INCOMING, synced, and renamed, so that it is absent or whole even after a power cut.
    Symbolic links below the root are refused: no key leads out of the folder. A name that another system has put into
    NFD is found by its NFC key.
    """

    def __init__(self, root: Path, pace: Pace | None = None) -> None:
        self._root = Path(os.path.realpath(root))  # resolve() would fail on a loop of links
        self._pace = pace

    @property
    def url(self) -> str:
        """Where the store is, for a person."""
        return f"file:{self._root}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """A folder can do all that is asked of a store."""
        return ()

    def put_file(self, key: str, path: Path | Stream | bytes, sha256: str, progress: Progress) -> Transfer:
        """Store a file's bytes; StoreError, and nothing stored, if they are not those of `sha256`."""
        self._put(key, lambda out: self._fill(out, path, sha256, progress), os.replace)
        return Transfer(_HASHED)

    def put_bytes(self, key: str, data: bytes, *, only_if_absent: bool = False) -> bool:
        """Store a small object; with `only_if_absent` an existing one stays, and False is returned.

        Of several writers one wins, except on a file system without hard links (exFAT), where two that come in the
        same instant may both believe they did.
        """
        return self._put(key, lambda out: out.write(data), folder_files.link if only_if_absent else os.replace)

    def copy(self, source: str, key: str, size: int, sha256: str) -> Transfer | None:
        """Copy a file of the folder, so that a source that is slow to read is not read again.

        It is hashed on the way; None, and nothing stored, if it is not these bytes. Links are not made: whoever changed
        one of two names would change both.
        """
        try:
            origin = self._place(source)
            if _size(origin) != size:
                return None
        except (StoreError, OSError):  # a manifest that somebody wrote may name what cannot be a key
            return None
        try:
            self._put(key, lambda out: self._fill(out, origin, sha256, lambda _: None), os.replace)
        except (BrokenPromiseError, UnreadableError):
            return None
        return Transfer(f"copied in the folder, {_HASHED}")

    def get(self, key: str) -> Iterator[bytes]:
        """The bytes of an object, streamed. Raises StoreError if there is none."""
        with self._explained(key):
            place = self._place(key)
            if _size(place) is None:
                raise StoreError(f"{self.url}: {key}: there is no such object")
        return self._blocks(key, place)

    def place(self, key: str) -> Path:
        """Where the file of an object is, or would be: to read it, and nothing else."""
        with self._explained(key):
            return self._place(key)

    def head(self, key: str) -> Stored | None:
        """The object at a key, or None."""
        with self._explained(key):
            size = _size(self._place(key))
        return None if size is None else Stored(unicodedata.normalize("NFC", key), size)

    def holds(self, key: str, size: int, sha256: str, source: Path | Stream | bytes | None = None) -> str:  # noqa: ARG002
        """What vouches for it that exactly these bytes are stored at the key: an object of the right size is read."""
        with self._explained(key):
            place = self._place(key)
            return READ_BACK if _size(place) == size and digest.sha256_file(place) == sha256 else ""

    def list(self, prefix: str = "") -> Iterator[Stored]:
        """The objects whose keys begin with `prefix`, sorted by key."""
        with self._explained(prefix):
            yield from _walk(self._root, "", unicodedata.normalize("NFC", prefix))

    def remove(self, key: str) -> str:
        """Remove a file; the folders that it lay in stay."""
        with self._explained(key):
            place = self._place(key)
            if place.is_file():
                place.unlink()
                folder_files.sync_folder(place.parent)
        return ""

    def give_up(self, prefix: str) -> str:  # noqa: ARG002 -- the protocol
        """Nothing to do: what a killed run has left in INCOMING has no key, and the next write removes it."""
        return ""

    def link(self, key: str, seconds: int) -> None:
        """A folder has no links."""

    def _fill(self, out: BinaryIO, source: Path | Stream | bytes, sha256: str, progress: Progress) -> None:
        """Write the bytes of a source, as fast as the pace allows."""
        with PromisedFile(source, sha256) as file:
            while block := file.read(_BLOCK):
                if self._pace is not None:
                    self._pace.take(len(block))
                out.write(block)
                progress(len(block))

    def _put(self, key: str, fill: Callable[[BinaryIO], object], publish: Callable[[Path, Path], None]) -> bool:
        """Write an object to INCOMING and publish it at its key; False if `publish` found one there."""
        with self._explained(key):
            place = self._place(key)
            incoming = self._incoming() / secrets.token_hex(16)
            try:
                with incoming.open("xb") as out:
                    folder_files.is_locked(out)
                    fill(out)
                    out.flush()
                    os.fsync(out.fileno())
                folder_files.make_folder(place.parent)
                if place.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                publish(incoming, place)
                folder_files.sync_folder(place.parent)
            except FileExistsError:
                if place.is_file():
                    return False
                raise
            finally:
                incoming.unlink(missing_ok=True)
        return True

    def _incoming(self) -> Path:
        """The folder for what is being written, rid of what killed runs have left."""
        folder = self._root / INCOMING
        folder_files.make_folder(folder)
        oldest = time.time() - _ABANDONED_SECONDS
        for left in folder.iterdir():
            with suppress(OSError):  # another run tidies up as well, and what cannot be removed does no harm
                if left.lstat().st_mtime < oldest and folder_files.is_abandoned(left):
                    left.unlink()
        return folder

    def _place(self, key: str) -> Path:
        """The path of a key. Raises StoreError if it leads out of the store."""
        nfc = clean_key(key, self.url)
        if PurePosixPath(nfc).parts[0] == INCOMING:
            raise StoreError(f"{self.url}: {key}: {INCOMING} is for files that are being written; choose another key")
        place = paths.find(self._root, nfc)
        for step in (place, *place.parents):
            if step == self._root:
                break
            if step.is_symlink():
                raise StoreError(f"{self.url}: {key}: {step} is a symbolic link; allowed are real files and folders")
        return place

    def _blocks(self, key: str, place: Path) -> Iterator[bytes]:
        with self._explained(key), place.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block

    @contextmanager
    def _explained(self, key: str) -> Iterator[None]:
        """Turn errors of the file system into StoreError."""
        try:
            yield
        except (IsADirectoryError, NotADirectoryError, FileExistsError) as error:
            wrong = "an object cannot be a folder of other objects as well; choose another key"
            raise PackageError(f"{self.url}: {key}: {wrong}") from error
        except OSError as error:
            reason = _REASONS.get(error.errno or 0, f"{error.strerror or error}; see that the folder can be used")
            raise StoreError(f"{self.url}: {key}: {reason}") from error


def _size(place: Path) -> int | None:
    """The size of a regular file, or None if there is none."""
    try:
        found = place.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


def _walk(folder: Path, start: str, prefix: str) -> Iterator[Stored]:
    """The regular files below a folder, whose keys begin with `start`, in the order of their keys.

    A folder sorts as its name with a slash, which is how the keys below it sort among their neighbours. Of two names
    that are one in NFC the one that is in NFC counts, as it does in `paths.find`.
    """
    try:
        found = list(os.scandir(folder))
    except FileNotFoundError:
        return
    names = {entry.name for entry in found}
    keyed = [
        (start + nfc, entry)
        for entry in found
        if (nfc := unicodedata.normalize("NFC", entry.name)) == entry.name or nfc not in names
    ]
    keyed = [(f"{key}/" if entry.is_dir(follow_symlinks=False) else key, entry) for key, entry in keyed]
    for key, entry in sorted(keyed, key=lambda pair: pair[0]):
        if key == f"{INCOMING}/":
            continue
        if key.endswith("/"):
            if key.startswith(prefix) or prefix.startswith(key):
                yield from _walk(Path(entry.path), key, prefix)
        elif key.startswith(prefix) and entry.is_file(follow_symlinks=False):
            yield Stored(key, entry.stat(follow_symlinks=False).st_size)
