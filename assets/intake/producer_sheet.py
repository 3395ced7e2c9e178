"""A producer's sheet (CSV): what it says of the files of a drop, a row each."""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assets.errors import Fault, InputError
from assets.intake.proposal import Said
from assets.subtitles.decoding import decode
from assets.subtitles.reading import NotSubtitlesError

COLUMNS = ("file", "title", "version", "language", "kind", "sha256")
OF_TITLES = ("name", "year")
"""Columns that say something of a title that the catalogue does not know."""

MAX_BYTES = 16 << 20
_DELIMITERS = ",;\t"
_YEAR = re.compile(r"[0-9]{4}")
FIRST_YEAR, LAST_YEAR = 1888, 2200
"""The years that a title.toml may have."""


@dataclass(frozen=True, slots=True)
class SheetTitle:
    """What a sheet says of a title: its name, its production year (0: nothing), and where it says so."""

    name: str
    year: int
    by: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet says of each file, by the file's name below the drop, the digests that it promises, and titles."""

    words: Mapping[str, Said]
    digests: Mapping[str, str]
    titles: Mapping[str, SheetTitle] = field(default_factory=dict)


def read_sheet(path: Path) -> Sheet:
    """A sheet with a row of column names. Raises InputError with every fault, by line."""
    shown = path.name
    rows = _rows(path, shown)
    faults: list[Fault] = []
    words: dict[str, Said] = {}
    digests: dict[str, str] = {}
    titles: dict[str, SheetTitle] = {}
    for line, row in rows:
        name = unicodedata.normalize("NFC", row["file"]).replace("\\", "/").removeprefix("./")
        if not name:
            faults.append(Fault(shown, f"line {line}: file", "is empty", "the path of a file of the drop"))
        elif name in words:
            faults.append(Fault(shown, f"line {line}: file", f"{name!r} is there twice", "each file once"))
        else:
            cells = {column: row[column] or None for column in COLUMNS[1:-1] if column in row}
            words[name] = Said(**cells, by=f"{shown}, line {line}")
            if wrong := words[name].problem():
                faults.append(Fault(shown, f"line {line}", wrong))
            if row.get("sha256"):
                digests[name] = row["sha256"].lower()
            if wrong := _take_title(row, f"{shown}, line {line}", titles):
                faults.append(Fault(shown, f"line {line}: year", wrong, f"{FIRST_YEAR} to {LAST_YEAR}"))
    if faults:
        raise InputError(*faults)
    return Sheet(words, digests, titles)


def _take_title(row: Mapping[str, str], by: str, titles: dict[str, SheetTitle]) -> str:
    """Take what a row says of its title, the first to say anything; gives what is wrong, if anything."""
    title, name, year = row.get("title", ""), row.get("name", ""), row.get("year", "")
    if year and not (_YEAR.fullmatch(year) and FIRST_YEAR <= int(year) <= LAST_YEAR):
        return f"{year!r} is no year"
    if title and (name or year):
        known = titles.get(title, SheetTitle("", 0, by))
        titles[title] = SheetTitle(known.name or name, known.year or int(year or 0), known.by)
    return ""


def _rows(path: Path, shown: str) -> list[tuple[int, dict[str, str]]]:
    """The rows that have cells, with their lines."""
    text = _text(path, shown)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError(Fault(shown, "", f"is no CSV: {error}", "cells between commas, in double quotes")) from error
    header = [cell.strip().casefold() for cell in table[0]] if table else []
    unknown = [cell for cell in header if cell not in {*COLUMNS, *OF_TITLES}]
    if "file" not in header or unknown or len(set(header)) < len(header):
        wrong, others = f"the columns are {', '.join(header) or 'none'}", ", ".join((*COLUMNS[1:], *OF_TITLES))
        raise InputError(Fault(shown, "line 1", wrong, f"file, and of {others} those that are known"))
    found: list[tuple[int, dict[str, str]]] = []
    for line, cells in enumerate(table[1:], 2):
        if len(cells) > len(header):
            raise InputError(Fault(shown, f"line {line}", f"{len(cells)} cells", f"{len(header)}, one a column"))
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * (len(header) - len(cells))]
            found.append((line, {key: cell.strip() for key, cell in zip(header, padded, strict=True)}))
    return found


def _text(path: Path, shown: str) -> str:
    """The text of a sheet, in Unicode or in the encoding that an office in Korea or Japan writes."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            raise InputError(Fault(shown, "", "is no sheet", f"a CSV file of at most {MAX_BYTES >> 20} MB"))
        return decode(path.read_bytes()).text.removeprefix("\ufeff")
    except OSError as error:
        raise InputError(Fault(shown, "", f"cannot be read: {error.strerror}")) from error
    except NotSubtitlesError as error:
        raise InputError(Fault(shown, "", f"is no text: {error}", "a CSV file")) from error
