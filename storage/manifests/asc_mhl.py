"""ASC MHL 2.0: a history of hash lists in the folder `ascmhl`, which tools of post-production verify copies with.

A package never changes, so its history has one generation; whoever copies it on adds the next ones. Files are named
with their C4 ID (SMPTE ST 2114), the strongest of the hashes that the format knows; it has no SHA-256.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

FOLDER = "ascmhl/"
CHAIN = FOLDER + "ascmhl_chain.xml"
LIST = "urn:ASC:MHL:v2.0"
DIRECTORY = "urn:ASC:MHL:DIRECTORY:v2.0"

_C4_DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_C4_LENGTH = 88


@dataclass(frozen=True, slots=True)
class Hashed:
    """A file of a history: its path from the folder's top, its size, its SHA-512 in hexadecimal digits."""

    path: str
    size: int
    sha512: str


def c4(sha512: str) -> str:
    """The C4 ID of a SHA-512: `c4` and its value to the base 58, as long as the longest (ST 2114)."""
    value, digits = int(sha512, 16), ""
    while value:
        value, rest = divmod(value, len(_C4_DIGITS))
        digits = _C4_DIGITS[rest] + digits
    return "c4" + digits.rjust(_C4_LENGTH, _C4_DIGITS[0])


def write(folder: str, files: Iterable[Hashed], ignored: Iterable[str], at: str) -> Mapping[str, bytes]:
    """The history of a folder with one generation: the hash list and the chain that seals it, by path.

    `ignored` are patterns of what the list does not name, `at` is when it was made (`2026-11-22T03:00:00Z`). The same
    input gives the same bytes: no host is named, and no version of the tool.
    """
    name = f"0001_{folder}_{at[:10]}_{at[11:19].replace(':', '')}Z.mhl"
    generation = _generation(files, ignored, at)
    return {FOLDER + name: generation, CHAIN: _chain(name, c4(hashlib.sha512(generation).hexdigest()))}


def _generation(files: Iterable[Hashed], ignored: Iterable[str], at: str) -> bytes:
    from lxml import etree

    whole = etree.Element(f"{{{LIST}}}hashlist", {"version": "2.0"}, nsmap=_default(LIST))
    creator = etree.SubElement(whole, f"{{{LIST}}}creatorinfo")
    _add(creator, "creationdate", at)
    _add(creator, "hostname", "releaseprint")
    _add(creator, "tool", "releaseprint")
    process = etree.SubElement(whole, f"{{{LIST}}}processinfo")
    _add(process, "process", "in-place")
    ignore = etree.SubElement(process, f"{{{LIST}}}ignore")
    for pattern in (".DS_Store", "ascmhl", "ascmhl/", *ignored):
        _add(ignore, "pattern", pattern)
    hashes = etree.SubElement(whole, f"{{{LIST}}}hashes")
    for file in sorted(files, key=lambda file: file.path):
        entry = etree.SubElement(hashes, f"{{{LIST}}}hash")
        _add(entry, "path", file.path, size=str(file.size))
        _add(entry, "c4", c4(file.sha512), action="original", hashdate=at)
    return etree.tostring(whole, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _chain(name: str, digest: str) -> bytes:
    from lxml import etree

    whole = etree.Element(f"{{{DIRECTORY}}}ascmhldirectory", nsmap=_default(DIRECTORY))
    entry = etree.SubElement(whole, f"{{{DIRECTORY}}}hashlist", {"sequencenr": "1"})
    etree.SubElement(entry, f"{{{DIRECTORY}}}path").text = name
    etree.SubElement(entry, f"{{{DIRECTORY}}}c4").text = digest
    return etree.tostring(whole, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _default(space: str) -> dict[str, str]:
    """A namespace without a prefix, which lxml's stubs do not know."""
    return {None: space}  # type: ignore[dict-item]


def _add(parent: "etree._Element", name: str, text: str, **attributes: str) -> None:
    from lxml import etree

    etree.SubElement(parent, f"{{{LIST}}}{name}", attributes).text = text
