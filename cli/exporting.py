"""The catalogue and what the state knows of it, as JSON and CSV files."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from assets.catalogue import Catalogue
from assets.errors import UsageError
from cli.main import CLEAN, UNREADABLE
from cli.rebuilding import read
from cli.render.words import count_text, visible_lines
from cli.writing import write_bytes
from storage.index import open_index

SCHEMA = "releaseprint/export/1"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet may take for a formula, full-width forms included (OWASP, CSV injection)."""

Tables = Mapping[str, tuple[Sequence[str], Sequence[Sequence[object]]]]


def run(catalogue: Catalogue, json_path: Path | None, csv_folder: Path | None) -> int:
    """Write the catalogue as it is now, and what the state knows of deliveries; 3 if a title could not be read.

    Raises UsageError if a file cannot be written.
    """
    found, wrong = read(catalogue)
    with open_index(catalogue.root) as index:
        index.put_titles(found)
        tables = index.exported()
    for line in wrong:
        click.echo(visible_lines(line), err=True)
    for line in _written(tables, json_path, csv_folder):
        click.echo(line)
    return UNREADABLE if wrong else CLEAN


def _written(tables: Tables, json_path: Path | None, csv_folder: Path | None) -> Iterator[str]:
    """Write the files; gives a line for each."""
    rows = count_text(sum(len(table[1]) for table in tables.values()), "row")
    if json_path:
        write_bytes(json_path, as_json(tables))
        yield f"{json_path}: {rows}"
    if csv_folder:
        try:
            csv_folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{csv_folder}: cannot be made: {error.strerror}") from error
        for name, (columns, cells) in tables.items():
            write_bytes(csv_folder / f"{name}.csv", as_csv(columns, cells))
            yield f"{csv_folder / name}.csv: {count_text(len(cells), 'row')}"


def as_json(tables: Tables) -> bytes:
    """All tables in one document, each a list of objects; the same state gives the same bytes."""
    whole: dict[str, object] = {"schema": SCHEMA}
    for name, (columns, rows) in tables.items():
        whole[name] = [dict(zip(columns, row, strict=True)) for row in rows]
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """One table (RFC 4180), with a head and without any cell that can become a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def cell(value: object) -> object:
    """A value as a cell: text that begins as a formula does gets an apostrophe, nothing is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return f"'{value}"
    return value
