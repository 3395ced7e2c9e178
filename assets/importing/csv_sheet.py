"""A list as CSV, in any encoding that an office in Korea, Japan or elsewhere writes."""

import csv
import io
from pathlib import Path

from assets.errors import Fault, InputError
from assets.importing.sheet import MAX_COLUMNS, MAX_ROWS, Cell, Row, Sheet, letters
from assets.subtitles.decoding import MAX_BYTES, Decoded, decode
from assets.subtitles.errors import NotSubtitlesError

_DELIMITERS = ",;\t"


def read_csv(path: Path) -> Sheet:
    """The rows of a CSV file. Raises InputError."""
    shown = path.name
    decoded = _decoded(path, shown)
    broken = [Fault(shown, f"line {item.line}", item.what) for item in decoded.damage if item.kind == "undecodable"]
    if broken:
        raise InputError(*broken)
    notes = tuple(f"line {item.line}: {item.what}" for item in decoded.damage)
    text = decoded.text.removeprefix("\ufeff")
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    start = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > MAX_COLUMNS or len(rows) >= MAX_ROWS:
                raise InputError(Fault(shown, f"line {line}", "too large", f"{MAX_ROWS} rows, {MAX_COLUMNS} columns"))
            if header:
                rows.append(_row(cells, line))
            else:
                header = tuple(cell.strip() for cell in cells)
    except csv.Error as error:
        allowed = "cells between commas, semicolons or tabs, in double quotes where they hold these"
        raise InputError(Fault(shown, f"line {start}", f"is no CSV: {error}", allowed)) from error
    return Sheet(shown, header, tuple(rows), notes)


def _row(cells: list[str], line: int) -> Row:
    filled = ((number, cell.strip()) for number, cell in enumerate(cells) if cell.strip())
    return Row(
        f"line {line}", {number: Cell(f"line {line}, column {letters(number)}", cell) for number, cell in filled}
    )


def _decoded(path: Path, shown: str) -> Decoded:
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            raise InputError(Fault(shown, "", "is no list", f"a CSV file of at most {MAX_BYTES // 1_000_000} MB"))
        return decode(path.read_bytes())
    except OSError as error:
        raise InputError(Fault(shown, "", f"cannot be read: {error.strerror}")) from error
    except NotSubtitlesError as error:
        raise InputError(Fault(shown, "", "is no text, or is empty", "a CSV file with a row of headers")) from error


def _delimiter(text: str) -> str:
    """What makes the most cells of the first line that has any; a comma where nothing does."""
    first = next((line for line in text.splitlines() if line.strip(f" {_DELIMITERS}")), "")
    return max(_DELIMITERS, key=lambda each: len(next(csv.reader([first], delimiter=each), [])))
