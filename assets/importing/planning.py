"""What a list would make of a catalogue: new titles, changes of titles, what is wrong, by row. Nothing is written."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assets import collecting, manifest
from assets.catalogue import Catalogue
from assets.errors import Fault, InputError, UsageError
from assets.importing.changes import Change, changes_of, place_of
from assets.importing.columns import ALLOWED, Columns, columns_of
from assets.importing.csv_sheet import read_csv
from assets.importing.facts import Fact, Said, said_by
from assets.importing.heading import headed
from assets.importing.matching import Match, Titles, entry_of
from assets.importing.new_title import title_text
from assets.importing.sheet import Row, Sheet
from assets.importing.xlsx_sheet import read_xlsx
from assets.name_scanning import read_entries
from assets.title_editing import edited
from assets.title_records import TitleRecord
from assets.tomlfile import KeyFaultError, TomlFile


class Status(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Planned:
    """A row: the title that it is and what changes.

    `before` are the bytes of its title.toml, None if it is new; `data` is what the new one says.
    """

    place: str
    status: Status
    title: str = ""
    name: str = ""
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()
    before: bytes | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """The whole text of the title.toml with the changes. Raises InputError where they cannot be put in."""
        if self.before is None:
            return title_text(self.data)
        return edited(self.before.decode(), [change.addition for change in self.changes])


@dataclass(frozen=True, slots=True)
class Plan:
    """Every row of a list, the columns that mean nothing, and what a person should know of how it was read."""

    shown: str
    rows: tuple[Planned, ...]
    unknown: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong, in the order of the rows."""
        return tuple(fault for row in self.rows for fault in row.faults)


def read_list(path: Path, sheet: str | None) -> Sheet:
    """A list by the ending of its name. Raises InputError, UsageError."""
    ending = path.suffix.lower()
    if ending == ".xlsx":
        return read_xlsx(path, sheet)
    if ending in {".csv", ".tsv", ".txt"}:
        if sheet is not None:
            raise UsageError(f"{path.name}: only a workbook has sheets; --sheet goes with .xlsx")
        return read_csv(path)
    raise UsageError(f"{path.name}: is no list by its name; .csv, .tsv or .xlsx")


@collecting.paused()
def plan(catalogue: Catalogue, sheet: Sheet, said: Mapping[str, str], original: str = "") -> Plan:
    """What becomes of each row; `said` are keys by header, `original` the language of new titles whose rows name none.

    Raises InputError for a title.toml that is no TOML.
    """
    sheet = headed(sheet, said)
    columns = columns_of(sheet.header, said)
    if not columns.keys:
        wrong = f"no column is known: {', '.join(filter(None, sheet.header)) or 'it has none'}"
        raise InputError(sheet.fault("", wrong, f"{ALLOWED}; --map COLUMN=KEY names them"))
    entries, unreadable = read_entries(catalogue)
    if unreadable:  # else a row might become a second title of one that is there
        raise InputError(*(fault for error in unreadable for fault in error.faults))
    planner = _Planner(catalogue, sheet, columns, Titles(entries), original)
    rows = tuple(planner.row(row) for row in sheet.rows)
    return Plan(sheet.shown, rows, columns.unknown, sheet.notes)


class _Planner:
    """Plans row after row: a later row that is the title of an earlier one is wrong."""

    def __init__(self, catalogue: Catalogue, sheet: Sheet, columns: Columns, titles: Titles, original: str) -> None:
        self.catalogue, self.sheet, self.columns, self.titles = catalogue, sheet, columns, titles
        self.original = original
        self.taken: dict[str, str] = {}

    def row(self, row: Row) -> Planned:
        said = said_by(self.sheet, row, self.columns.keys)
        try:
            match = self.titles.match(said)
        except ValueError as error:
            wrong, _, allowed = str(error).partition("; ")
            fault = self.sheet.fault(said.id_place if said.id else row.place, wrong, allowed)
            return Planned(row.place, Status.WRONG, faults=(*said.faults, fault), name=_name(said))
        if match.id in self.taken:
            wrong = f"is the title {match.id}, and so is {self.taken[match.id]}"
            fault = self.sheet.fault(row.place, wrong, "a title a row; ids in a column `id` tell them apart")
            return Planned(row.place, Status.WRONG, match.id, _name(said), faults=(*said.faults, fault))
        self.taken[match.id] = row.place
        if match.entry is None:
            self.titles.add(entry_of(match.id, said))
        return self._planned(said, match)

    def _planned(self, said: Said, match: Match) -> Planned:
        path = self.catalogue.root / "titles" / match.id / manifest.FILE_NAME
        try:
            before, data = self._read(path) if match.entry else (None, {})
        except InputError as error:
            return Planned(said.row.place, Status.WRONG, match.id, _name(said), faults=error.faults)
        name = _name(said) or (match.entry.name if match.entry else "")
        try:
            changes, wanted = changes_of(data, said.facts if match.entry else self._with_language(said))
            faults = (*said.faults, *self._faults(wanted, changes, said.row.place))
        except (AttributeError, KeyError, TypeError):  # its own values are of other types than a title's
            shown = self.catalogue.shown(path)
            fault = Fault(
                shown, "", "is no title, so that nothing can be changed in it", "`releaseprint check` says why"
            )
            return Planned(said.row.place, Status.WRONG, match.id, name, faults=(fault,))
        status = Status.NEW if before is None else Status.CHANGED if changes else Status.SAME
        status = Status.WRONG if faults else status
        return Planned(said.row.place, status, match.id, name, tuple(changes), faults, before, wanted)

    def _with_language(self, said: Said) -> tuple[Fact, ...]:
        """What a row says of a new title, and its original language where a person said that of all."""
        if not self.original or any(fact.path == ("original_language",) for fact in said.facts):
            return said.facts
        return (*said.facts, Fact(("original_language",), "--original-language", self.original))

    def _read(self, path: Path) -> tuple[bytes, dict[str, Any]]:
        """The bytes and the data of a title.toml. Raises InputError."""
        shown = self.catalogue.shown(path)
        try:
            before = path.read_bytes()
            return before, tomllib.loads(before.decode("utf-8-sig").replace("\r\n", "\n"))
        except OSError as error:
            raise InputError(Fault(shown, "", f"cannot be read: {error.strerror}")) from error
        except ValueError as error:
            TomlFile(path, shown)  # says where, and what is wrong
            raise InputError(Fault(shown, "", "is changed by another process", "try again")) from error

    def _faults(self, data: dict[str, Any], changes: list[Change], row: str) -> Iterator[Fault]:
        """What a title.toml with these data would have wrong, by cell; what is no cell's fault, by row."""
        if not changes:
            return
        try:
            TitleRecord.model_validate(data)
        except ValidationError as error:
            for item in error.errors(include_url=False):
                cause = item.get("ctx", {}).get("error")
                location = (*item["loc"], *(cause.location if isinstance(cause, KeyFaultError) else ()))
                place, key = place_of(changes, location, row), ".".join(map(str, location))
                if item["type"] == "missing":
                    yield self.sheet.fault(row, f"{key} is missing", "a title.toml requires it; a column for it")
                else:
                    wrong, _, allowed = item["msg"].removeprefix("Value error, ").partition("; ")
                    yield self.sheet.fault(place, f"{key}: {wrong}", allowed)


def _name(said: Said) -> str:
    names = said.texts("names")
    return names.get("en") or next(iter(names.values()), "")
