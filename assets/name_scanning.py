"""The names and identifiers of very many title.toml files, read without reading all the rest of them.

A whole TOML file takes a parser milliseconds, and a catalogue has ten thousand. Names nearly always stand in tables of
their own, one plain string a line: these lines are read as they are. Where a file is written in any other way, it is
parsed in full, so that nothing is missed.
"""

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets import collecting, manifest
from assets.catalogue import Catalogue
from assets.errors import InputError
from assets.tomlfile import TomlFile


@dataclass(frozen=True, slots=True)
class Spelling:
    """One name of a title; `kind` is `name`, `id`, `identifier`, or the kind of another name."""

    text: str
    language: str
    kind: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A title as far as it is found by its names; `year` 0 is none."""

    id: str
    year: int
    original_language: str
    spellings: tuple[Spelling, ...]

    @property
    def name(self) -> str:
        """The name to show: English if there is one, else the original, else the first."""
        names = {item.language: item.text for item in reversed(self.spellings) if item.kind == "name"}
        return names.get("en") or names.get(self.original_language) or next(reversed(names.values()), self.id)


_TABLES = frozenset({"names", "other_names", "identifiers", "versions.identifiers"})
_HEADER = re.compile(r"\[{1,2}[ \t]*([A-Za-z0-9_.-]+)[ \t]*\]{1,2}[ \t]*(?:#.*)?")
_SPACES, _STARTS = frozenset(" \t"), frozenset("noi\"'")
_ELSEWHERE = re.compile(r"""["']|(?:names|other_names|identifiers)[ \t]*[.=]""")
"""How a line begins that has names or identifiers without a table of their own, or a key in quotation marks."""
_LINE = re.compile(r'[ \t]*(?:([A-Za-z0-9_-]+)[ \t]*=[ \t]*"([^"\\]*)"[ \t]*)?(?:#.*)?')
_YEAR = re.compile(r"^production_year[ \t]*=[ \t]*(\d{4})\b", re.MULTILINE)
_ORIGINAL = re.compile(r'^original_language[ \t]*=[ \t]*"([^"\\\n]*)"', re.MULTILINE)


@collecting.paused()
def read_entries(catalogue: Catalogue) -> tuple[list[Entry], list[InputError]]:
    """Every title of a catalogue, in the order of ids, and the faults of the files that could not be read."""
    faults: list[InputError] = []
    return list(_entries(catalogue, faults)), faults


def _entries(catalogue: Catalogue, faults: list[InputError]) -> Iterator[Entry]:
    titles = catalogue.root / "titles"
    if not titles.is_dir():
        return
    for title_id in sorted(os.listdir(titles)):  # noqa: PTH208
        path = f"{titles}/{title_id}/{manifest.FILE_NAME}"  # ten thousand Path objects take as long as the reading
        try:
            with open(path, "rb") as file:  # noqa: PTH123
                data = file.read()
        except (FileNotFoundError, NotADirectoryError):
            continue  # a folder without a title.toml is no title
        except OSError:
            data = None
        try:
            yield _entry(title_id, data, Path(path), catalogue)
        except InputError as error:
            faults.append(error)


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
    return Entry(title_id, int(year[1]) if year else 0, original[1] if original else "", (*scanned, own))


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
    )


def _strings(table: object) -> dict[str, str]:
    pairs = table.items() if isinstance(table, dict) else ()
    return {key: text for key, text in pairs if isinstance(text, str)}


def _tables(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
