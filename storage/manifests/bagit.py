"""BagIt 1.0 (RFC 8493): the tag files that make a package a bag, whose payload lies in `data/`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.digest import sha256_bytes

PAYLOAD = "data/"
DECLARATION, INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
FILES = (DECLARATION, INFO, MANIFEST, TAG_MANIFEST)


@dataclass(frozen=True, slots=True)
class Bagged:
    """A file of a bag, by its path from the bag's top."""

    path: str
    size: int
    sha256: str


def write(files: Sequence[Bagged], identifier: str, bagged_on: str) -> Mapping[str, bytes]:
    """The tag files of a bag with these payload files, by path. `identifier` is what the sender calls it.

    The same input gives the same bytes; `bagged_on` is a day, `2026-11-22`.
    """
    info = {
        "Bag-Software-Agent": "releaseprint",
        "Bagging-Date": bagged_on,
        "External-Identifier": identifier,
        "Payload-Oxum": f"{sum(file.size for file in files)}.{len(files)}",
    }
    tags = {
        DECLARATION: b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        INFO: "".join(f"{name}: {value}\n" for name, value in info.items()).encode(),
        MANIFEST: _lines({file.path: file.sha256 for file in files}),
    }
    sealed = {path: sha256_bytes(data) for path, data in tags.items()}
    return {**tags, TAG_MANIFEST: _lines(sealed)}


def _lines(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {_escaped(path)}\n" for path, digest in sorted(digests.items())).encode()


def _escaped(path: str) -> str:
    """A path in one line: percent signs and ends of lines are escaped (RFC 8493, 2.1.3)."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
