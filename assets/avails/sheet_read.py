"""A sheet of Avails as rows (EMA Avails 1.7, 1.8, 1.9). Nothing in it is evaluated; what is wrong is said by cell."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from assets.avails import sheet_header
from assets.avails.columns import READERS, Column, named, television, versions
from assets.avails.rows import NEVER, Avails, Row
from assets.avails.values import Raw, told
from assets.errors import Fault, InputError
from assets.importing.sheet import MAX_COLUMNS, letters
from assets.importing.xlsx_sheet import opened

MAX_ROWS = 60_000
"""Rows of Avails: what the largest platform takes in one sheet."""
MAX_FAULTS = 1000
"""So many wrong cells are said; a sheet with more of them is another kind of sheet."""

_HEADER_WITHIN = 5
"""The names of the columns stand within so many rows."""
_ASKED = ("ALID", "LicenseType", "Start", "End")
"""Columns by which the row of names is told."""
_MOST_REMARKS = 10
"""So many rows of remarks are named."""
_ROWS = re.compile(r"\d+")
_TRUTHS = {"TRUE()": True, "FALSE()": False}
"""How spreadsheets write a truth value as a formula that has nothing to evaluate; the EMA's own samples do."""


@dataclass(slots=True)
class _Reading:
    """A sheet that is being read."""

    shown: str
    place: str
    header: dict[int, str] = field(default_factory=dict)
    header_row: int = 0
    version: str = ""
    remarks: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    known: dict[Any, Any] = field(default_factory=dict)


def read_sheet(path: Path, wanted: str | None = None) -> Avails:
    """The rows of one sheet: the `wanted` one, or the first that is not hidden. Raises InputError, UsageError."""
    with opened(path, wanted) as (sheet, notes, merged):
        reading = _Reading(path.name, f"sheet {sheet.title}")
        for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), 1):
            _read_row(reading, number, cells)
        if not reading.header:
            allowed = f"the names {', '.join(_ASKED)} within the first {_HEADER_WITHIN} rows"
            raise InputError(Fault(path.name, reading.place, "has no row of column names of Avails", allowed))
        return Avails(
            shown=path.name,
            version=_version(reading),
            rows=tuple(reading.rows),
            faults=tuple(reading.faults),
            columns={name: letters(at) for at, name in reading.header.items()},
            notes=(*notes, *_merged(reading, merged), *_notes(reading)),
        )


def _read_row(reading: _Reading, number: int, cells: Sequence[Any]) -> None:
    found = {at: cell for at, cell in enumerate(cells) if _is_filled(cell.value)}
    if not found:
        return
    if MAX_COLUMNS in found or len(reading.rows) >= MAX_ROWS:
        allowed = f"{MAX_ROWS} rows, {MAX_COLUMNS} columns"
        raise InputError(Fault(reading.shown, f"{reading.place}, row {number}", "too large", allowed))
    if not reading.header:
        names = {at: str(cell.value).strip() for at, cell in found.items()}
        if all(name in names.values() for name in _ASKED):
            sheet_header.require_right(names, reading.shown, reading.place, number)
            reading.header, reading.header_row = names, number
        elif number >= _HEADER_WITHIN:
            allowed = f"the names {', '.join(_ASKED)}"
            raise InputError(Fault(reading.shown, f"{reading.place}, row {number}", "no row of column names", allowed))
    elif _is_remark(found):
        if number > reading.header_row + 1:
            reading.remarks.append(number)
        first = found.get(0)  # the version, in the first such line
        reading.version = reading.version or ("" if first is None else str(first.value).strip())
    else:
        _read_cells(reading, number, found)


def _merged(reading: _Reading, merged: Mapping[str, str]) -> Iterator[str]:
    """What is said of merged cells. Raises InputError if rows share one: to all but the first it would say nothing."""
    faults = [
        Fault(reading.shown, said, "cells are merged, and only the first has the value", "a value in each row")
        for where, said in merged.items()
        if (rows := _ROWS.findall(where))[0] != rows[-1] and int(rows[-1]) > reading.header_row
    ]
    if faults:
        raise InputError(*faults[:MAX_FAULTS])
    for where, said in merged.items():
        if int(_ROWS.findall(where)[-1]) > reading.header_row:
            yield f"{said}: cells are merged; the value counts for the first of them only"


def _is_remark(found: dict[int, Any]) -> bool:
    """Whether a row only says what the columns ask for: most of its cells begin with two slashes."""
    remarks = [cell for cell in found.values() if isinstance(cell.value, str) and cell.value.startswith("//")]
    return len(remarks) * 2 > len(found)


def _is_filled(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _read_cells(reading: _Reading, number: int, found: dict[int, Any]) -> None:
    said: dict[str, Any] = {}
    raws: dict[str, Raw] = {}
    faults: list[Fault] = []
    for at, cell in found.items():
        name = reading.header.get(at, "")
        place = f"{reading.place}, {letters(at)}{number}"
        if not name:
            wrong = "has a value, and its column has no name"
            faults.append(Fault(reading.shown, place, wrong, "a column of Avails, or an empty cell"))
            continue
        try:
            raws[name] = _raw(cell)
            if column := named().get(name):
                said[column.name] = _value(reading, column, raws[name])
        except ValueError as error:
            faults.append(Fault(reading.shown, f"{place} ({name})", *told(error)))
    if len(reading.faults) + len(faults) > MAX_FAULTS:
        what = f"more than {MAX_FAULTS} cells are wrong"
        raise InputError(*reading.faults, Fault(reading.shown, reading.place, what, "a sheet of Avails"))
    reading.faults += faults
    if not faults:
        reading.rows.append(_row(f"{reading.place}, row {number}", said, raws, reading))


def _value(reading: _Reading, column: Column, raw: Raw) -> Any:  # noqa: ANN401 -- of the field's type
    """The value of a cell; equal cells share one value, so that a long sheet stays small."""
    key = (column.kind, type(raw), raw)
    if key not in reading.known:
        reading.known[key] = READERS[column.kind](raw)
    return reading.known[key]


def _raw(cell: Any) -> Raw:  # noqa: ANN401 -- openpyxl has no types
    value = cell.value
    if cell.data_type == "f":
        if isinstance(value, str) and value.lstrip("=").strip().upper() in _TRUTHS:
            return _TRUTHS[value.lstrip("=").strip().upper()]
        raise ValueError("is a formula, and nothing is evaluated; its value: copy, and paste values only")
    if cell.data_type == "e":
        raise ValueError(f"is the error {value}; a value")
    if not isinstance(value, str | int | float | bool | date | time | timedelta):
        raise ValueError(f"is a {type(value).__name__}, and no value; a text, a number or a date")  # noqa: TRY004
    return value


def _row(place: str, said: dict[str, Any], raws: dict[str, Raw], reading: _Reading) -> Row:
    for name, others in television().items():
        first = next((other for other in others if other in raws), None)
        if name not in said and first is not None:
            said[name] = _value(reading, named()[name], raws[first])
    values: dict[str, Any] = {"place": place}
    for name, value in said.items():
        column = named()[name]
        if column.field and not column.is_lag:
            values[column.field] = value
    for name in ("Start", "End"):
        if lag := said.get(f"{name}Lag", ""):
            values[name.lower()] = _lagging(values.get(name.lower(), NEVER), lag)
    return Row(**values, other=tuple(_other(raws, reading)))


def _lagging(value: Any, lag: str) -> Any:  # noqa: ANN401 -- a When
    return type(value)(value.at, value.condition, lag)


def _other(raws: dict[str, Raw], reading: _Reading) -> Iterator[tuple[str, str]]:
    """The columns that have no field, as texts."""
    for name, raw in raws.items():
        column = named().get(name)
        if column is None or not (column.field or column.is_lag):
            yield name, _value(reading, _PLAIN, raw)


_PLAIN = Column("", "")


def _version(reading: _Reading) -> str:
    written = reading.version
    known = next((version for version in versions() if re.match(rf"v?{re.escape(version)}(\D|$)", written)), "")
    if written and not known:
        allowed = f"the versions {', '.join(versions())}"
        raise InputError(Fault(reading.shown, reading.place, f"is of version {written[:20]!r}", allowed))
    return known


def _notes(reading: _Reading) -> Iterable[str]:
    if not reading.version:
        yield f"{reading.place}: does not say its version; its columns are read by their names"
    if reading.remarks:
        rows = ", ".join(map(str, reading.remarks[:_MOST_REMARKS]))
        more = f" and {len(reading.remarks) - _MOST_REMARKS} more" if len(reading.remarks) > _MOST_REMARKS else ""
        yield f"{reading.place}: rows that only remark, not read: {rows}{more}"
    unknown = sorted(name for name in reading.header.values() if name and name not in sheet_header.known())
    if unknown:
        yield f"{reading.place}: columns that Avails do not have, not judged: {', '.join(unknown)}"
