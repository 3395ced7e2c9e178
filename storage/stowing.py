"""A file of a title goes to a store, and a reference stays.

The order, and why a kill between any two steps is harmless:

 1. the bytes go to the store, under a key that is their digest: an object that nothing refers to;
 2. they are read back, all of them: what is removed here is known to be there;
 3. the history is told of the bytes, if it was not;
 4. the reference is written to away.toml: the file lies in both places, and the one here counts;
 5. the file is removed, if it is still the one that was sent. If it is left after a kill, the next run removes it.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from assets import away, digest, history
from assets.append_only import sync_folder
from assets.errors import Fault, InputError, Refused, StoreError, UsageError
from assets.history.ledger import opened
from assets.title import AssetFile, Away, Title
from storage.fetching import forget_other_name
from storage.stores.objects import object_key
from storage.stores.store import Progress, Store


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was when it was read, and what is known of its bytes."""

    file: AssetFile
    found: os.stat_result
    sha256: str

    @property
    def size(self) -> int:
        """Bytes."""
        return self.found.st_size


def look_at(title: Title, file: AssetFile, progress: Progress) -> Sent:
    """A file that may be stowed, all of it read; `progress` hears of its bytes.

    Raises UsageError for one that is none, Refused, InputError.
    """
    if file.path.is_symlink() or not file.path.is_file():
        wrong = "is a symbolic link" if file.path.is_symlink() else "there is no such file"
        raise UsageError(f"{file.name}: {wrong}; a regular file is stowed")
    try:
        found = file.path.stat()
        sha256 = digest.sha256_file(file.path, progress)
    except OSError as error:
        raise InputError(Fault(file.name, "", f"cannot be read: {error.strerror}")) from error
    for changed in history.unannounced(title, {file.name: sha256}).changed:
        if changed.name == file.name:
            reason = f"it has other bytes than {changed.newest.id}; `releaseprint announce` says why"
            raise Refused(f"{file.name} is not stowed", (reason,))
    return Sent(file, found, sha256)


def put(sent: Sent, store: Store, progress: Progress) -> None:
    """Steps 1 and 2. `progress` hears each byte that is sent or read back. Raises StoreError, and nothing is lost."""
    key = object_key(sent.sha256)
    there = store.head(key)
    if there is not None and there.size == sent.size and _read_back(store, key, progress) == sent.sha256:
        return
    store.put_file(key, sent.file.path, sent.sha256, progress)
    if _read_back(store, key, progress) != sent.sha256:
        raise StoreError(f"{store.url}: {key}: holds other bytes than it was given; {sent.file.name} stays here")


def _read_back(store: Store, key: str, progress: Progress) -> str:
    found = hashlib.sha256()
    for block in store.get(key):
        found.update(block)
        progress(len(block))
    return found.hexdigest()


def settle(title: Title, sent: Sent, reference: Away, *, keep: bool) -> None:
    """Steps 4 and 5, while nobody else changes the title's files. Raises InputError if the file is another by now."""
    path = sent.file.path
    try:
        with opened(title):
            _require_same(path, sent)
            away.refer(title.folder, reference)
            if not keep:
                forget_other_name(reference, path)
                path.unlink()
                sync_folder(path.parent)
    except OSError as error:
        raise UsageError(f"{sent.file.name}: cannot be put away: {error.strerror or error}") from error


def _require_same(path: Path, sent: Sent) -> None:
    now = path.lstat()
    same = ("st_dev", "st_ino", "st_size", "st_mtime_ns", "st_mode")
    if any(getattr(now, name) != getattr(sent.found, name) for name in same):
        raise InputError(Fault(sent.file.name, "", "was changed while it was sent", "a file nobody is writing to"))
