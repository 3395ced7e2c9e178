"""What manifests of any standard claim of the files beside them, so that one reading of a file answers all of them."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

MAX_TAG_BYTES = 64 << 20
"""The longest manifest that is read: some 500,000 files."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_C4 = "c4"


@dataclass(frozen=True, slots=True)
class Promise:
    """One line of a manifest: the file at `path` has this digest, and this size where the manifest says it.

    `algorithm` is a name of hashlib's, or `c4`.
    """

    path: str
    algorithm: str
    digest: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """Everything that the manifests of one standard say. `faults` is what is wrong with the manifests themselves.

    `not_checked` is what they say and nobody here can check.
    """

    standard: str
    promises: tuple[Promise, ...]
    faults: tuple[str, ...] = ()
    not_checked: tuple[str, ...] = ()


class Hash(Protocol):
    """A hash that is being taken."""

    def update(self, data: bytes, /) -> None:
        """More bytes."""

    def hexdigest(self) -> str:
        """The digest of all of them."""


def algorithm_of(name: str) -> str | None:
    """The hash that a manifest means: `SHA-256`, `sha3256` and `md5` as hashlib calls them; None for an unknown one."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    known = {re.sub(r"[^a-z0-9]", "", item): item for item in hashlib.algorithms_guaranteed if "shake" not in item}
    return _C4 if plain == _C4 else known.get(plain)


def new_hash(algorithm: str) -> Hash:
    """The hash of an algorithm; a C4 ID is made of a SHA-512."""
    return hashlib.new("sha512" if algorithm == _C4 else algorithm, usedforsecurity=False)


def unsafe(path: str) -> str:
    """Why a path of a manifest is not to be followed; nothing if it stays in the folder of its manifest."""
    if path.startswith(("/", "\\")) or _SCHEME.match(path):
        return "is not relative to its manifest"
    if path.startswith("~"):
        return "means somebody's home"
    if ".." in PurePosixPath(path).parts or ".." in path.split("\\"):
        return "leaves its folder"
    return "" if path and "\x00" not in path else "is no path"
