"""A file gets new bytes, and its old ones are kept.

The order, and why a kill between any two steps is harmless:

 1. the new bytes are copied beside the file and synced: without a name of the title they are nothing;
 2. bytes that lie there and that no revision tells of get one: it says what is the case;
 3. the old bytes are kept: now they have two names, and nobody can write to them;
 4. the new bytes get the file's name: it has the one or the other, always whole;
 5. the line is written; if it is missing after a kill, the file is one that nobody announced, and whoever repeats the
    command writes the line.
"""

import secrets
import stat
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from assets import digest, paths
from assets.append_only import sync_folder
from assets.errors import Fault, InputError, UsageError
from assets.history import keeping
from assets.history.ledger import Ledger, opened
from assets.history.model import Revision
from assets.title import AssetFile, Title

INCOMING = ".releaseprint-incoming-"
FOUND = "found: these bytes lay there, and no revision told of them"


@dataclass(frozen=True, slots=True)
class _Bytes:
    """What a file is: its bytes, when they were written, and who may read them."""

    size: int
    sha256: str
    changed_ns: int
    mode: int


def replace_file(
    catalogue_root: Path,
    title: Title,
    role: str,
    file: AssetFile,
    new_bytes_path: Path,
    *,
    who: str,
    why: str,
    note: str,
    at: datetime,
    sha256: str | None = None,
) -> Revision:
    """Give a file of a title the bytes of another file, or make it; gives its newest revision.

    `sha256` is what the other file must have, None for whatever it has; it stays as it is. Bytes that are there already
    make no new revision. Where the file is a symbolic link, the link is replaced and what it led to stays. Raises
    UsageError for what cannot be written to, InputError if one of the files is changed meanwhile.
    """
    said = Revision(role, 0, file.name, "", 0, at, who, why, note)
    _require_place(catalogue_root, file)
    try:
        with opened(title) as ledger:
            return _Replacement(catalogue_root, title.id, ledger, file.path, said).make(new_bytes_path, sha256)
    except OSError as error:
        raise UsageError(f"{file.name}: cannot be replaced: {error.strerror or error}") from error


def _require_place(root: Path, file: AssetFile) -> None:
    if not paths.stays_inside(file.path.parent, root):
        raise UsageError(f"{file.name}: lies outside the catalogue; a file that is replaced lies inside")
    if file.path.exists() and not file.path.is_file():
        raise UsageError(f"{file.name}: is no regular file; it is left as it is")


@dataclass(frozen=True, slots=True)
class _Replacement:
    """One file of a title, whose history is locked; `said` is the revision to write, still without its bytes."""

    root: Path
    title_id: str
    ledger: Ledger
    path: Path
    said: Revision

    def make(self, source: Path, sha256: str | None) -> Revision:
        """Steps 1 to 5, or those of them that a killed run has not made."""
        new = _read(source)
        if sha256 not in {None, new.sha256}:
            wrong = "has other bytes than when it was looked at"
            raise InputError(Fault(str(source), "", wrong, "a file nobody is writing to"))
        old = _read(self.path) if self.path.exists() else None
        newest = self.ledger.newest(self.said.asset)
        if old is None or old.sha256 != new.sha256:
            incoming = self._incoming(source, new)
            try:
                self._swap(incoming, old, newest)
            finally:
                incoming.unlink(missing_ok=True)
            sync_folder(self.path.parent)
        elif said := self.ledger.says(self.said.asset, self.said.name, new.sha256):
            return said
        if new.size <= keeping.AT_ONCE_BYTES:
            keeping.keep(self.root, self.path, new.sha256)
        return self.ledger.append(replace(self.said, size=new.size, sha256=new.sha256))

    def _swap(self, incoming: Path, old: _Bytes | None, newest: Revision | None) -> None:
        """Give the new bytes the file's name, and keep what had it; if that fails, all is as it was."""
        if old is None:
            incoming.replace(self.path)
            return
        was_killed = keeping.is_shared(self.root, self.path, old.sha256)
        mode = old.mode | stat.S_IWUSR if was_killed else old.mode  # which a killed run took away
        try:
            self._keep(old, newest)
            incoming.chmod(mode)
            incoming.replace(self.path)
        except BaseException:
            keeping.give_back(self.root, self.path, old.sha256, mode)
            raise

    def _keep(self, old: _Bytes, newest: Revision | None) -> None:
        """Keep the bytes that lie there. Raises InputError if somebody writes to them."""
        if newest is None or newest.sha256 != old.sha256:
            self.ledger.append(replace(self.said, size=old.size, sha256=old.sha256, why=FOUND, note=""))
        keeping.keep(self.root, self.path, old.sha256, by_link=True)
        now = self.path.stat()
        if (now.st_size, now.st_mtime_ns) != (old.size, old.changed_ns):
            raise InputError(Fault(self.said.name, "", "was changed while it was read", "a file nobody is writing to"))

    def _incoming(self, source: Path, new: _Bytes) -> Path:
        """The new bytes under a name of their own beside the file. What a killed run of this title has left goes.

        Whoever holds the title's lock is the only one who uses such names of the title.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        begin = f"{INCOMING}{self.title_id}-"
        for left in self.path.parent.glob(f"{begin}*"):
            left.unlink()
        incoming = self.path.parent / f"{begin}{secrets.token_hex(8)}"
        keeping.copy(source, incoming, new.sha256)
        return incoming


def _read(path: Path) -> _Bytes:
    """A file's bytes; its time is taken first, so that whoever writes to it meanwhile is noticed."""
    found = path.stat()
    return _Bytes(found.st_size, digest.sha256_file(path), found.st_mtime_ns, found.st_mode & 0o777)
