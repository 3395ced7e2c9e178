"""A list as XLSX (ECMA-376). Nothing in it is evaluated, and what it unpacks to is limited before it is unpacked."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from assets.errors import Fault, InputError, UsageError
from assets.importing.sheet import MAX_COLUMNS, MAX_ROWS, Cell, Row, Sheet, letters

MAX_UNPACKED = 200_000_000
"""Bytes of all parts together: a list of 50 000 titles with synopses is a quarter of it."""
MAX_PARTS = 2000

_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CELLS = re.compile(r"[A-Z]+\d+(?::[A-Z]+\d+)?")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


def read_xlsx(path: Path, wanted: str | None) -> Sheet:
    """The rows of one sheet: the `wanted` one, or the first that is not hidden. Raises InputError, UsageError."""
    with opened(path, wanted) as (sheet, notes, merged):
        told = (f"{where}: cells are merged; the value counts for the first of them only" for where in merged.values())
        return _sheet(sheet, path.name, (*notes, *told))


@contextmanager
def opened(path: Path, wanted: str | None) -> Iterator[tuple[Any, tuple[str, ...], dict[str, str]]]:
    """One sheet, to be read cell by cell, what a person should know of the workbook, and where cells are merged.

    These are references, such as B4:B7, with how they are said. The value is in the first of such cells only.
    Raises InputError, UsageError; whatever else the block raises while it reads is a fault of the file.
    """
    import openpyxl

    shown = path.name
    _require_harmless(path, shown)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that openpyxl does not keep
            with closing(openpyxl.load_workbook(path, read_only=True, keep_links=False)) as book:
                sheet = _chosen(book, wanted, shown)
                merged: dict[str, str] = {}
                with zipfile.ZipFile(path) as archive:
                    notes = tuple(_layout(archive, sheet, merged))
                sheet.reset_dimensions()  # what the file says of its size may be wrong
                yield sheet, (*_others(book, sheet), *notes), merged
    except (InputError, UsageError):
        raise
    except Exception as error:
        wrong = f"is no workbook that can be read: {type(error).__name__}"
        raise InputError(Fault(shown, "", wrong, "an XLSX file as spreadsheets write it")) from error


def _require_harmless(path: Path, shown: str) -> None:
    """Raises InputError for an archive that is broken, unpacks to too much, or whose XML declares entities."""
    allowed = f"at most {MAX_PARTS} parts, {MAX_UNPACKED // 1_000_000} MB together"
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise InputError(Fault(shown, "", "unpacks to too much", allowed))
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and _declares_entities(archive, part):
                    raise InputError(Fault(shown, part.filename, "declares entities", "XML without a DOCTYPE"))
    except OSError as error:
        raise InputError(Fault(shown, "", f"cannot be read: {error.strerror}")) from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        allowed = "an XLSX file without a password; the older XLS has to be saved as XLSX"
        raise InputError(Fault(shown, "", "is no XLSX file", allowed)) from error


def _declares_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    tail = b""
    with archive.open(part) as file:  # gives no more than the size that the archive declares
        while block := file.read(1 << 20):
            text = tail + block.replace(b"\0", b"")  # which UTF-16 has between its letters
            if _FORBIDDEN.search(text):
                return True
            tail = text[-16:]
    return False


def _chosen(book: Any, wanted: str | None, shown: str) -> Any:  # noqa: ANN401 -- openpyxl has no types
    names = [sheet.title for sheet in book.worksheets]
    if wanted is not None:
        if wanted not in names:
            raise UsageError(f"{shown}: there is no sheet {wanted!r}; sheets: {', '.join(names)}")
        return book[wanted]
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise InputError(Fault(shown, "", "has no sheet that is not hidden", "--sheet names a hidden one"))
    return visible[0]


def _others(book: Any, sheet: Any) -> Iterator[str]:  # noqa: ANN401
    for other in book.worksheets:
        if other.title != sheet.title:
            hidden = "hidden " if other.sheet_state != "visible" else ""
            yield f"the {hidden}sheet {other.title} is not read; --sheet names the one that is"


def _layout(archive: zipfile.ZipFile, sheet: Any, merged: dict[str, str]) -> Iterator[str]:  # noqa: ANN401
    """Hidden rows and columns, which a person does not see; the references of `merged` cells are put there."""
    from lxml import etree

    name = str(sheet._worksheet_path)  # noqa: SLF001 -- a read-only sheet says it nowhere else
    if not _SHEET.fullmatch(name):
        return
    place = f"sheet {sheet.title}"
    hidden: list[str] = []
    tags = ("{*}row", "{*}col", "{*}mergeCell")
    with archive.open(name) as file:
        for _, element in etree.iterparse(file, tag=tags, resolve_entities=False, no_network=True):
            tag = str(element.tag).rpartition("}")[2]
            if tag == "mergeCell":
                if _CELLS.fullmatch(where := str(element.get("ref"))):
                    merged[where] = f"{place}, {where}"
            elif element.get("hidden") in {"1", "true"}:
                first = element.get("r") if tag == "row" else letters(int(element.get("min", "1")) - 1)
                hidden.append(f"{tag.replace('col', 'column')} {first}")
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    if hidden:
        more = f" and {len(hidden) - 10} more" if len(hidden) > 10 else ""  # noqa: PLR2004 -- a line of a terminal
        yield f"{place}: hidden, and read all the same: {', '.join(hidden[:10])}{more}"


def _sheet(sheet: Any, shown: str, notes: tuple[str, ...]) -> Sheet:  # noqa: ANN401
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    place = f"sheet {sheet.title}"
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), 1):
        found = {
            at: _cell(cell, f"{place}, {letters(at)}{number}") for at, cell in enumerate(cells) if _is_filled(cell)
        }
        if not found:
            continue
        if MAX_COLUMNS in found or len(rows) >= MAX_ROWS:
            raise InputError(
                Fault(shown, f"{place}, row {number}", "too large", f"{MAX_ROWS} rows, {MAX_COLUMNS} columns")
            )
        if header:
            rows.append(Row(f"{place}, row {number}", found))
        else:
            names = {at: str(cell.value).strip() for at, cell in found.items()}
            header = tuple(names.get(at, "") for at in range(max(names) + 1))
    return Sheet(shown, header, tuple(rows), notes)


def _is_filled(cell: Any) -> bool:  # noqa: ANN401
    value = cell.value
    return value is not None and not (isinstance(value, str) and not value.strip())


def _cell(cell: Any, place: str) -> Cell:  # noqa: ANN401
    value = cell.value
    if cell.data_type == "f" or not isinstance(value, str | int | float | date | time | timedelta):
        return Cell(place, "", "is a formula, and nothing is evaluated", "its value: copy, and paste values only")
    if cell.data_type == "e":
        return Cell(place, "", f"is the error {value}", "a value")
    if isinstance(value, bool):
        return Cell(place, "", f"is {str(value).upper()}", "a text, a number or a date")
    if isinstance(value, str):
        return Cell(place, value.strip())
    return Cell(place, value.date() if isinstance(value, datetime) and value.time() == time() else value)
