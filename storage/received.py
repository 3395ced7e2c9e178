"""A folder that came by any way: whether it is what the manifests in it say, of whatever standard they are.

Every file is read once for all of them. Links are not followed, nothing is fetched, nothing in the folder is changed.
"""

import os
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from assets.errors import Fault, InputError, StoreError
from storage.manifests import asc_mhl, asc_mhl_read, bagit, bagit_read, itmsp, itmsp_read, own
from storage.manifests.asc_mhl import c4
from storage.manifests.claims import MAX_TAG_BYTES, Claims, Hash, Promise, new_hash, unsafe
from storage.stores.store import Progress

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found of one standard's claims: of how many files, what is wrong, and what could not be checked."""

    standard: str
    files: int
    wrong: tuple[str, ...]
    not_checked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """A folder and what its manifests say of it. `notes` are about paths whose Unicode form is another there."""

    outcomes: tuple[Outcome, ...]
    notes: tuple[str, ...]

    @property
    def is_as_promised(self) -> bool:
        """Whether nothing is wrong by any manifest."""
        return not any(outcome.wrong for outcome in self.outcomes)


class _There:
    """The files of a folder by path, with their sizes; `strange` are those that are neither files nor folders."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sizes: dict[str, int] = {}
        self.strange: list[str] = []
        self._walk(folder, "")
        self._by_form = {unicodedata.normalize("NFC", path): path for path in self.sizes}

    def _walk(self, folder: Path, prefix: str) -> None:
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            raise InputError(Fault(str(folder), "", f"cannot be read: {error.strerror}", "a folder")) from error
        for entry in found:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                self._walk(Path(entry.path), path + "/")
            elif entry.is_file(follow_symlinks=False):
                self.sizes[path] = entry.stat(follow_symlinks=False).st_size
            else:
                self.strange.append(f"{path}: is a link or a device, and was not followed")

    def find(self, path: str) -> str | None:
        """The path as it is there; that of another Unicode form if there is none of this."""
        return path if path in self.sizes else self._by_form.get(unicodedata.normalize("NFC", path))


def size_of(folder: Path) -> int:
    """Bytes of all files of a folder. Raises InputError if it cannot be read."""
    return sum(_There(folder).sizes.values())


def check(folder: Path, progress: Progress) -> Received:
    """Read a folder and compare it with every manifest in it. `progress` hears of the bytes that were read.

    Raises InputError if it cannot be read or has no manifest.
    """
    there = _There(folder)
    known = list(_all_claims(there))
    if not known:
        standards = f"{own.NAME}, {own.SUMS_NAME}, {bagit.DECLARATION}, {asc_mhl.CHAIN}, *{itmsp.SUFFIX}/{itmsp.NAME}"
        raise InputError(Fault(str(folder), "", "has no manifest that is known", standards))
    wanted: dict[str, set[str]] = {}
    for item in known:
        for promise in item.promises:
            wanted.setdefault(promise.path, set()).add(promise.algorithm)
    found, notes = {}, []
    for path, algorithms in sorted(wanted.items()):
        real = there.find(path)
        if real is not None:
            found[path] = _digests(there, real, algorithms, progress)
            if real != path:
                notes.append(f"{path}: lies there in another Unicode form of its name")
    return Received(tuple(_outcome(item, there, found) for item in known), (*there.strange, *notes))


def _all_claims(there: _There) -> Iterator[Claims]:
    sizes = there.sizes
    if own.NAME in sizes:
        yield _own(there)
    if own.SUMS_NAME in sizes:
        yield _sums(there)
    if bagit.DECLARATION in sizes:
        yield bagit_read.claims(there.folder, sizes)
    if asc_mhl.CHAIN in sizes:
        yield asc_mhl_read.claims(there.folder, sizes)
    for name in itmsp_read.found(sizes):
        yield itmsp_read.claims(there.folder, name, sizes)


def _own(there: _There) -> Claims:
    try:
        manifest = own.read(_small(there, own.NAME), own.NAME)
    except (StoreError, OSError) as error:
        return Claims(own.NAME, (), (str(error),))
    promises = tuple(Promise(entry.key, "sha256", entry.sha256, entry.size) for entry in manifest.entries)
    return Claims(own.NAME, promises)


def _sums(there: _There) -> Claims:
    """A list as `sha256sum` reads it: 64 digits, two characters, a path; escaped paths begin with a backslash."""
    promises, faults = [], []
    try:
        lines = _small(there, own.SUMS_NAME).decode().splitlines()
    except (StoreError, OSError, UnicodeDecodeError) as error:
        return Claims(own.SUMS_NAME, (), (f"{own.SUMS_NAME}: cannot be read: {error}",))
    for number, line in enumerate(lines, 1):
        digest, path = line[:64].lower(), line[66:]
        if line[64:65] != " " or set(digest) - set("0123456789abcdef"):
            faults.append(f"{own.SUMS_NAME}: line {number}: is no digest and path")
        elif wrong := unsafe(path):
            faults.append(f"{own.SUMS_NAME}: line {number}: {path!r} {wrong}")
        else:
            promises.append(Promise(path, "sha256", digest))
    return Claims(own.SUMS_NAME, tuple(promises), tuple(faults))


def _small(there: _There, name: str) -> bytes:
    if there.sizes[name] > MAX_TAG_BYTES:
        raise StoreError(f"{name}: has {there.sizes[name]} bytes; at most {MAX_TAG_BYTES} are read")
    return (there.folder / name).read_bytes()


def _digests(there: _There, path: str, algorithms: Collection[str], progress: Progress) -> dict[str, str]:
    """The digests of one file, each in the way its standard writes it. Nothing if it cannot be read."""
    hashes: dict[str, Hash] = {name: new_hash(name) for name in algorithms}
    try:
        with (there.folder / path).open("rb") as file:
            while block := file.read(_BLOCK):
                progress(len(block))
                for taken in hashes.values():
                    taken.update(block)
    except OSError:
        return {}
    return {name: c4(item.hexdigest()) if name == "c4" else item.hexdigest() for name, item in hashes.items()}


def _outcome(claims: Claims, there: _There, found: dict[str, dict[str, str]]) -> Outcome:
    wrong = [*claims.faults]
    for promise in claims.promises:
        real = there.find(promise.path)
        if real is None:
            wrong.append(f"{promise.path}: is missing")
        elif promise.size is not None and there.sizes[real] != promise.size:
            wrong.append(f"{promise.path}: has {there.sizes[real]} bytes; {promise.size} were promised")
        elif not found[promise.path]:
            wrong.append(f"{promise.path}: cannot be read")
        elif (digest := found[promise.path][promise.algorithm]) != promise.digest:
            wrong.append(f"{promise.path}: has {promise.algorithm} {digest}; {promise.digest} was promised")
    files = len({promise.path for promise in claims.promises})
    return Outcome(claims.standard, files, tuple(wrong), claims.not_checked)
