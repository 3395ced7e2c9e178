"""Bags of any sender: what BagIt (RFC 8493, and the drafts 0.93 to 0.97 before it) claims of a folder.

Nothing is fetched: a file that `fetch.txt` names and that is not there is missing.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from storage.manifests.bagit import DECLARATION, INFO, PAYLOAD
from storage.manifests.claims import MAX_TAG_BYTES, Claims, Promise, algorithm_of, unsafe

NEWEST = (1, 0)
_OLD_INFO = "package-info.txt"
_DECLARED = re.compile(r"BagIt-Version: (\d+)\.(\d+)\r?\nTag-File-Character-Encoding: (\S+)\s*")
_LINE = re.compile(r"(?P<digest>[0-9A-Fa-f]+)[ \t]+\*?(?P<path>.+)")
_FETCH = re.compile(r"(?P<url>\S+)[ \t]+(?P<length>\d+|-)[ \t]+(?P<path>.+)")
_OXUM = re.compile(r"(\d+)\.(\d+)")
_MANIFEST = re.compile(r"(?P<tag>tag)?manifest-(?P<name>[A-Za-z0-9-]+)\.txt")


class _Bag:
    """A bag that is being read; what is wrong is collected in `faults`."""

    def __init__(self, folder: Path, there: Mapping[str, int]) -> None:
        self._folder = folder
        self._there = there
        self.faults: list[str] = []
        self.not_checked: list[str] = []
        self.version, self.encoding = self._declaration()

    def _declaration(self) -> tuple[tuple[int, int], str]:
        text = self.text(DECLARATION, "utf-8")
        declared = _DECLARED.fullmatch(text)
        if declared is None:
            what = "begins with a byte order mark" if text.startswith("\ufeff") else "is no declaration of a bag"
            self.faults.append(
                f"{DECLARATION}: {what}; its two lines say BagIt-Version and Tag-File-Character-Encoding"
            )
            return NEWEST, "utf-8"
        version = (int(declared[1]), int(declared[2]))
        if version > NEWEST:
            self.faults.append(f"{DECLARATION}: version {version[0]}.{version[1]} is not known; at most 1.0")
        try:
            return version, codecs.lookup(declared[3]).name
        except LookupError:
            self.faults.append(f"{DECLARATION}: {declared[3]!r} is no encoding; such as UTF-8")
            return version, "utf-8"

    def text(self, name: str, encoding: str = "") -> str:
        """A tag file; nothing, and a fault, if it cannot be read."""
        try:
            if self._there[name] > MAX_TAG_BYTES:
                self.faults.append(f"{name}: has {self._there[name]} bytes; at most {MAX_TAG_BYTES} are read")
                return ""
            return (self._folder / name).read_bytes().decode(encoding or self.encoding)
        except (OSError, KeyError) as error:
            self.faults.append(f"{name}: cannot be read: {getattr(error, 'strerror', None) or 'it is missing'}")
        except (UnicodeError, LookupError):
            self.faults.append(f"{name}: is not {(encoding or self.encoding).upper()}, which {DECLARATION} declares")
        return ""

    def manifest(self, name: str, algorithm: str, *, is_tag: bool) -> dict[str, Promise]:
        """The promises of one manifest, by path. Before 1.0 senders put tag files into that of the payload too."""
        found: dict[str, Promise] = {}
        for number, line in enumerate(self.text(name).splitlines(), 1):
            match = _LINE.fullmatch(line.strip())
            if match is None:
                if line.strip():
                    self.faults.append(f"{name}: line {number}: is no digest and path")
                continue
            path = self._path(match["path"])
            wrong = unsafe(path)
            if not wrong and path.startswith(PAYLOAD) == is_tag and (is_tag or self.version >= NEWEST):
                wrong = f"does not lie where {'tag files' if is_tag else 'the payload'} of a bag lies"
            if wrong:
                self.faults.append(f"{name}: line {number}: {path!r} {wrong}")
                continue
            if path in found and found[path].digest != match["digest"].lower():
                self.faults.append(f"{name}: line {number}: {path!r} is named twice with two digests")
            found[path] = Promise(path, algorithm, match["digest"].lower())
        return found

    def _path(self, written: str) -> str:
        """A path as it is meant: ends of lines are escaped, since 1.0 percent signs too; `./` means nothing."""
        path = re.sub("%0[Dd]", "\r", re.sub("%0[Aa]", "\n", written))
        if self.version >= NEWEST:
            path = path.replace("%25", "%")
        return path.removeprefix("./")

    def fetched(self, named: set[str]) -> Iterator[str]:
        """What is wrong with fetch.txt and what it says has yet to come."""
        for number, line in enumerate(self.text("fetch.txt").splitlines(), 1):
            match = _FETCH.fullmatch(line.strip())
            if match is None:
                if line.strip():
                    yield f"fetch.txt: line {number}: is no address, length and path"
                continue
            path = self._path(match["path"])
            if wrong := unsafe(path):
                yield f"fetch.txt: line {number}: {path!r} {wrong}"
            elif path not in named:
                yield f"fetch.txt: line {number}: {path!r} is in no manifest"
            elif path not in self._there:
                yield f"{path}: has to be fetched first; nothing is fetched here"

    def info(self, name: str) -> dict[str, list[str]]:
        """The metadata of a bag by label, in lower case; a label may be there several times."""
        found: dict[str, list[str]] = {}
        values: list[str] | None = None
        for number, line in enumerate(self.text(name).splitlines(), 1):
            if line[:1] in {" ", "\t"} and values and line.strip():
                values[-1] += f" {line.strip()}"
            elif ":" in line and line.split(":", 1)[0].strip():
                label, value = line.split(":", 1)
                values = found.setdefault(label.strip().lower(), [])
                values.append(value.strip())
            elif line.strip():
                self.faults.append(f"{name}: line {number}: is no `label: value`, and not indented to go on with one")
        return found

    def oxum(self, info: Mapping[str, list[str]], name: str) -> Iterator[str]:
        """Whether there are as many bytes and files as the bag says."""
        said = info.get("payload-oxum", [])
        if len(said) > 1:
            yield f"{name}: says Payload-Oxum {len(said)} times; once"
        sizes = [size for path, size in self._there.items() if path.startswith(PAYLOAD)]
        for text in said:
            match = _OXUM.fullmatch(text)
            if match is None:
                yield f"{name}: Payload-Oxum {text!r} is no count; bytes.files"
            elif (int(match[1]), int(match[2])) != (sum(sizes), len(sizes)):
                yield f"{name}: Payload-Oxum is {text}; there are {sum(sizes)}.{len(sizes)}"


def claims(folder: Path, there: Mapping[str, int]) -> Claims:
    """What a bag claims; `there` are the files of its folder with their sizes. Nothing is raised for a bad bag."""
    bag = _Bag(folder, there)
    payload: dict[str, dict[str, Promise]] = {}
    promises: list[Promise] = []
    for name in sorted(there):
        match = _MANIFEST.fullmatch(name)
        if match is None:
            continue
        algorithm = algorithm_of(match["name"])
        found = bag.manifest(name, algorithm or "", is_tag=bool(match["tag"]))
        if not match["tag"]:
            payload[name] = found
        if algorithm is None:
            bag.not_checked.append(f"{name}: the hash {match['name']!r} is not known here")
        else:
            promises += found.values()
    named = {path for found in payload.values() for path in found}
    if not payload:
        bag.faults.append("it has no manifest-….txt; a bag names its payload in one at least")
    bag.faults += _completeness(bag, payload, named, there)
    if "fetch.txt" in there:
        bag.faults += bag.fetched(named)
    for name in (INFO, _OLD_INFO):
        if name in there:
            bag.faults += bag.oxum(bag.info(name), name)
    return Claims("BagIt", tuple(promises), tuple(bag.faults), tuple(bag.not_checked))


def _completeness(
    bag: _Bag, payload: Mapping[str, Mapping[str, Promise]], named: set[str], there: Mapping[str, int]
) -> Iterator[str]:
    """Payload files that no manifest names, in whatever Unicode form, and since 1.0 those that not every one names."""
    forms = {unicodedata.normalize("NFC", path) for path in named}
    for path in sorted(there):
        if path.startswith(PAYLOAD) and unicodedata.normalize("NFC", path) not in forms:
            yield f"{path}: is in no manifest of the bag"
    if bag.version >= NEWEST:
        for name, found in payload.items():
            yield from (
                f"{name}: does not name {path!r}, which another manifest does" for path in sorted(named - set(found))
            )
