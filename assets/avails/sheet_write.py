"""Rows as a sheet of Avails (EMA Avails 1.7, 1.8, 1.9). Every cell is a text; no text can become a formula."""

import secrets
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from assets.avails.columns import WRITERS, Column, columns_of, is_filled, named, versions
from assets.avails.rows import Row
from assets.avails.values import MAX_TEXT, is_plain
from assets.errors import Fault, InputError, UsageError

NEWEST = "1.9"

_STARTS = frozenset("=+-@\t\r\n#")
"""What makes a spreadsheet, or one that reads its export, take a text for a formula or an error."""
_RISKY_SCRIPTS = frozenset("＝＋－＠")
"""The full-width forms of the same, which some spreadsheets take for them."""


def write_sheet(path: Path, rows: Iterable[Row], *, version: str = NEWEST, remark: str = "") -> tuple[str, ...]:
    """Write rows, one by one, and say what of them the sheet cannot hold; `remark` stands in the file's properties.

    The file appears whole or not at all. Raises UsageError for a version that is not known, InputError for a text that
    no cell can hold.
    """
    import openpyxl

    if version not in versions():
        raise UsageError(f"{version!r} is no version of the sheet; {', '.join(versions())}")
    columns = columns_of(version)
    lost: dict[str, str] = {}
    incoming = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with closing(openpyxl.Workbook(write_only=True)) as book:
        book.properties.description = remark
        book.properties.creator = "releaseprint"
        sheet = book.create_sheet("Avails")
        try:
            for line in _head(columns, version):
                sheet.append([_cell(sheet, text) for text in line])
            for row in rows:
                _note_lost(lost, row, columns)
                sheet.append([_cell(sheet, _text(row, column, path)) for column in columns])
        finally:
            sheet.close()  # also after an error: the library writes to a file of its own until then
        try:
            book.save(incoming)
            incoming.replace(path)
        except OSError as error:
            raise InputError(Fault(str(path), "", f"cannot be written: {error.strerror}")) from error
        finally:
            incoming.unlink(missing_ok=True)
    return tuple(lost.values())


def _head(columns: Sequence[Column], version: str) -> Iterable[list[str]]:
    """The group of each column, its name, and the line of remarks, whose first cell is the version."""
    yield [column.group for column in columns]
    yield [column.name for column in columns]
    yield [version, *("//" for _ in columns[1:])]


def _text(row: Row, column: Column, path: Path) -> str:
    """What stands in a cell; nothing for a field that says nothing."""
    if column.is_lag:
        text = getattr(row, column.name.removesuffix("Lag").lower()).lag
    elif column.field:
        value = getattr(row, column.field)
        text = WRITERS[column.kind](value) if is_filled(value) else ""
    else:
        text = next((value for name, value in row.other if named().get(name) is column), "")
    if len(text) > MAX_TEXT:
        fault = Fault(str(path), f"{row.place}: {column.name}", f"has {len(text)} characters", f"at most {MAX_TEXT}")
        raise InputError(fault)
    if not is_plain(text):
        raise InputError(Fault(str(path), f"{row.place}: {column.name}", "has control characters", "text"))
    return str(text)


def _cell(sheet: Any, text: str) -> Any:  # noqa: ANN401 -- openpyxl has no types
    """The text as a cell that is a text, whatever it begins with."""
    if text[:1] not in _STARTS | _RISKY_SCRIPTS:
        return text or None
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, "")
    cell.value = text
    cell.data_type = "s"  # which the library would make a formula or an error of
    cell.quotePrefix = True
    return cell


def _note_lost(lost: dict[str, str], row: Row, columns: Sequence[Column]) -> None:
    """Remember once for each name what a row says that has no column."""
    fields = {column.field for column in columns}
    names = {column.name for column in columns}
    gone = [name for name, _ in row.other if name not in names]
    later = [column for column in named().values() if column.field and column.field not in fields]
    gone += [column.name for column in later if is_filled(getattr(row, column.field))]
    gone += [] if "StartLag" in names else [name for name in ("start", "end") if getattr(row, name).lag]
    for name in gone:
        lost.setdefault(name, f"{row.place or row.title}: {name} has no column in this version and is left out")
