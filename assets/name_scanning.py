"""The names and identifiers of very many title.toml files, read without reading all the rest of them.

A whole TOML file takes a parser milliseconds, and a catalogue has ten thousand. Names nearly always stand in tables of
their own, one plain string a line: these lines are read as they are. Where a file is written in any other way, it is
parsed in full, so that nothing is missed.
"""

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from assets import collecting, manifest
from assets.catalogue import Catalogue
from assets.errors import InputError
from assets.spelling import Key, fold, key
from assets.tomlfile import TomlFile


@dataclass(frozen=True, slots=True)
class Spelling:
    """One name of a title; `kind` is `name`, `id`, `identifier`, or the kind of another name."""

    text: str
    language: str
    kind: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A title as far as it is found by its names; `year` 0 is none. Runtimes are as title.toml says them, or empty."""

    id: str
    year: int
    original_language: str
    spellings: tuple[Spelling, ...]
    runtime: str = ""
    runtime_tolerance: str = ""
    keys: tuple[Key, ...] = ()
    """The keys of the spellings, in their order, where they were kept."""

    def keyed(self) -> Iterator[tuple[Spelling, Key]]:
        """Every spelling with its key."""
        return zip(self.spellings, self.keys or map(key_of, self.spellings), strict=True)

    @property
    def name(self) -> str:
        """The name to show: English if there is one, else the original, else the first."""
        names = {item.language: item.text for item in reversed(self.spellings) if item.kind == "name"}
        return names.get("en") or names.get(self.original_language) or next(reversed(names.values()), self.id)


class KeptNames(Protocol):
    """Where entries are kept between two commands, by what the file system says of their title.toml."""

    def entry_of(self, title_id: str, found: os.stat_result) -> Entry | None:
        """The entry of a title whose title.toml has not changed since it was kept."""

    def keep(self, entry: Entry, found: os.stat_result) -> None:
        """Keeps an entry; `found` is of before its title.toml was read."""


_PREFIX = re.compile(r"^(?:urneidr|httpswwwdoiorg|httpsdoiorg|doiorg|doi)(?=10)")


def bare_identifier(whole: str) -> str:
    """A folded identifier without the words that a DOI is written with."""
    return _PREFIX.sub("", whole)


def key_of(spelling: Spelling) -> Key:
    """The key by which a spelling is found."""
    if spelling.kind in {"id", "identifier"}:
        whole = "".join(fold(spelling.text))
        return Key((whole,), bare_identifier(whole))
    return key(spelling.text, spelling.language or "und")


_TABLES = frozenset({"names", "other_names", "identifiers", "versions.identifiers"})
_HEADER = re.compile(r"\[{1,2}[ \t]*([A-Za-z0-9_.-]+)[ \t]*\]{1,2}[ \t]*(?:#.*)?")
_SPACES, _STARTS = frozenset(" \t"), frozenset("noi\"'")
_ELSEWHERE = re.compile(r"""["']|(?:names|other_names|identifiers)[ \t]*[.=]""")
"""How a line begins that has names or identifiers without a table of their own, or a key in quotation marks."""
_LINE = re.compile(r'[ \t]*(?:([A-Za-z0-9_-]+)[ \t]*=[ \t]*"([^"\\]*)"[ \t]*)?(?:#.*)?')
_YEAR = re.compile(r"^production_year[ \t]*=[ \t]*(\d{4})\b", re.MULTILINE)
_ORIGINAL = re.compile(r'^original_language[ \t]*=[ \t]*"([^"\\\n]*)"', re.MULTILINE)


_RUNTIME = re.compile(r'^(runtime|runtime_tolerance)[ \t]*=[ \t]*"([^"\\\n]*)"', re.MULTILINE)


@collecting.paused()
def read_entries(
    catalogue: Catalogue, kept: KeptNames | None = None, only: str | None = None
) -> tuple[list[Entry], list[InputError]]:
    """Every title of a catalogue, in the order of ids, and the faults of the files that could not be read.

    `kept` is where names are kept between two commands. With `only` there is no other title than that one.
    """
    faults: list[InputError] = []
    return list(_entries(catalogue, faults, kept, only)), faults


def _entries(
    catalogue: Catalogue, faults: list[InputError], kept: KeptNames | None, only: str | None
) -> Iterator[Entry]:
    titles = catalogue.root / "titles"
    if not titles.is_dir():
        return
    for title_id in sorted(os.listdir(titles)) if only is None else [only]:  # noqa: PTH208
        path = f"{titles}/{title_id}/{manifest.FILE_NAME}"  # ten thousand Path objects take as long as the reading
        try:
            found = os.stat(path)  # noqa: PTH116 -- before it is read: what changes meanwhile is noticed
        except (FileNotFoundError, NotADirectoryError):
            continue  # a folder without a title.toml is no title
        except OSError:
            found = None
        if known := kept.entry_of(title_id, found) if kept and found else None:
            yield known
            continue
        try:
            entry = _entry(title_id, _bytes(path), Path(path), catalogue)
        except InputError as error:
            faults.append(error)
            continue
        if kept and found:
            entry = replace(entry, keys=tuple(own for _, own in entry.keyed()))
            kept.keep(entry, found)
        yield entry


def _bytes(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 -- as above
            return file.read()
    except OSError:
        return None


def _entry(title_id: str, data: bytes | None, path: Path, catalogue: Catalogue) -> Entry:
    """The entry of a title.toml, from its bytes if there are any. Raises InputError with what is wrong."""
    try:
        text = (data or b"\xff").decode("utf-8-sig").replace("\r\n", "\n")
        scanned = _scanned(text)
        if scanned is None:
            return _parsed(title_id, tomllib.loads(text))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return _parsed(title_id, TomlFile(path, catalogue.shown(path)).data)  # says what is wrong with the file
    year, original = _YEAR.search(text), _ORIGINAL.search(text)
    own = Spelling(title_id, "", "id")
    spellings = (*scanned, own)
    return Entry(title_id, int(year[1]) if year else 0, original[1] if original else "", spellings, *_runtimes(text))


def _runtimes(text: str) -> tuple[str, str]:
    """The runtime and its tolerance: plain keys, which stand above the first table."""
    head = text.partition("\n[")[0]
    found = dict(_RUNTIME.findall(head))
    if len(found) < sum(1 for line in head.split("\n") if line.lstrip().startswith("runtime")):
        return _runtimes_of(tomllib.loads(head))
    return _runtimes_of(found)


def _runtimes_of(data: dict[str, Any]) -> tuple[str, str]:
    found = _strings(data)
    return found.get("runtime", ""), found.get("runtime_tolerance", "")


def _scanned(text: str) -> list[Spelling] | None:
    """The names in plain tables, or None if the file may have names that are not written so."""
    found: list[Spelling] = []
    table, pairs = "", dict[str, str]()
    for line in text.split("\n"):
        start = line[:1]
        if start in _SPACES:
            start = line.lstrip()[:1]
        if start == "[":
            header = _HEADER.fullmatch(line.strip())
            if header is None and ('"' in line or "'" in line):
                return None
            found += _spellings(table, pairs)
            table, pairs = header[1] if header else "", {}
        elif table in _TABLES:
            match = _LINE.fullmatch(line)
            if match is None:
                return None
            if match[1]:
                pairs[match[1]] = match[2]
        elif start in _STARTS and _ELSEWHERE.match(line.lstrip()):
            return None
    found += _spellings(table, pairs)
    return found if any(item.kind == "name" for item in found) else None


def _spellings(table: str, pairs: dict[str, str]) -> list[Spelling]:
    if not pairs or table not in _TABLES:
        return []
    if table == "names":
        return [Spelling(text, tag, "name") for tag, text in pairs.items()]
    if table == "other_names":
        return [Spelling(pairs.get("text", ""), pairs.get("language", ""), pairs.get("kind", "alternative"))]
    return [Spelling(text, "", "identifier") for text in pairs.values()]


def _parsed(title_id: str, data: dict[str, Any]) -> Entry:
    """The same of a file that was parsed; what is not as it should be is passed over, another command tells of it."""
    found = [
        spelling for table in ("names", "identifiers") for spelling in _spellings(table, _strings(data.get(table)))
    ]
    for item in _tables(data.get("other_names")):
        found += _spellings("other_names", _strings(item))
    for version in _tables(data.get("versions")):
        found += _spellings("identifiers", _strings(version.get("identifiers")))
    year, original = data.get("production_year"), data.get("original_language")
    return Entry(
        title_id,
        year if isinstance(year, int) else 0,
        original if isinstance(original, str) else "",
        (*found, Spelling(title_id, "", "id")),
        *_runtimes_of(data),
    )


def _strings(table: object) -> dict[str, str]:
    pairs = table.items() if isinstance(table, dict) else ()
    return {key: text for key, text in pairs if isinstance(text, str)}


def _tables(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
