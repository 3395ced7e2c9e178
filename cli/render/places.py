"""Where a finding is in the files: path, line, and the columns of the words that it is about.

Paths are relative to the catalogue, or to the work tree of a CI run that holds it. Lines of a title's own files are
found by the key that a finding names. Files are only read, one at a time; what cannot be read has no line.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.errors import Fault, InputError
from assets.manifest import FILE_NAME
from assets.tomlfile import Location, TomlFile
from checks.core import Finding
from checks.report import Report
from cli.render.source_text import Columns, SourceText

LOOSE = "file"
"""The id of the title around a file that belongs to none; its name is the path of the file, as it was named."""

_LINE = re.compile(r"line ([1-9][0-9]{0,8})\b")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file; an unknown line is None, and columns are empty where the words could not be found."""

    path: str
    line: int | None = None
    columns: Columns | None = None


class Places:
    """The files of a run: the catalogue at `root`, below `base`, and files that were `named` and belong to no title."""

    def __init__(self, root: Path | None = None, base: Path | None = None, named: Iterable[str] = ()) -> None:
        self.root = root
        self.named = {Path(name).as_posix(): Path(name) for name in named}
        self.base = base or root or (Path.cwd() if self.named else None)
        self._paths: dict[str, str] = {}  # of the last title alone, as the others: there may be very many
        self._title: tuple[str, str] | None = None
        self._text: tuple[Path, SourceText] | None = None
        self._toml: tuple[Path, TomlFile | None] | None = None

    def path(self, report: Report, name: str) -> str:
        """Where a file of a title lies, with `/`; `name` is relative to the title's folder."""
        if self._title != (title := (report.title_id, report.title_name)):
            self._title, self._paths = title, {}
        if name not in self._paths:
            self._paths[name] = self._shown(self._file(report, name))
        return self._paths[name]

    def files(self, report: Report, of_titles: Iterable[str]) -> Iterator[Path]:
        """The files that a report is about, among them those of these names that say something of its title."""
        names = () if report.title_id == LOOSE else of_titles
        yield from (self._file(report, name) for name in (*names, *(asset.name for asset in report.assets)))

    def path_of_fault(self, path: str) -> str:
        """Where the file of an error lies; errors name it relative to the catalogue, or as it was named."""
        return self._shown(self.root / path) if self.root and path else path

    def spot(self, report: Report, finding: Finding) -> Spot:
        """The place of a finding. What is about the title as a whole is in its title.toml."""
        at = finding.at
        if name := finding.asset or at.file:
            return self._in_file(report, finding, name)
        if at.line:
            return Spot(self.path(report, FILE_NAME), at.line)
        return Spot(self.path(report, FILE_NAME), self._title_line(report, at.label))

    def _in_file(self, report: Report, finding: Finding, name: str) -> Spot:
        path, line = self.path(report, name), finding.at.line
        if line is None:
            return Spot(path)
        found = self._source(report, name).find(finding, line)
        return Spot(path, found.line, found) if found else Spot(path, line)

    def _file(self, report: Report, name: str) -> Path:
        if report.title_id == LOOSE and report.title_name in self.named:
            return self.named[report.title_name]  # the one file of a title that has no other
        return (self.root or Path()) / "titles" / report.title_id / name

    def _shown(self, path: Path) -> str:
        """Below the base, if it lies there; otherwise as it was named."""
        if self.base is None:
            return path.as_posix()
        whole = Path.cwd() / path
        return whole.relative_to(self.base).as_posix() if whole.is_relative_to(self.base) else path.as_posix()

    def _source(self, report: Report, name: str) -> SourceText:
        path = self._file(report, name)
        if self._text is None or self._text[0] != path:
            self._text = path, SourceText(path if self.base else None)
        return self._text[1]

    def _title_line(self, report: Report, label: str) -> int | None:
        file = self._title_file(report)
        return None if file is None or not label else next(_lines(file, label), None)

    def _title_file(self, report: Report) -> TomlFile | None:
        if self.root is None:
            return None
        path = self._file(report, FILE_NAME)
        if self._toml is None or self._toml[0] != path:
            try:
                self._toml = path, TomlFile(path)
            except InputError:
                self._toml = path, None
        return self._toml[1]


def line_of_fault(fault: Fault) -> int | None:
    """The line that the place of an error begins with, as in `line 3: names.ko`."""
    found = _LINE.match(fault.place)
    return int(found[1]) if found else None


def _lines(file: TomlFile, label: str) -> Iterator[int]:
    """The lines that a label may mean, the likeliest first: a key, the name of something, a table before a colon."""
    table, _, rest = label.partition(": ")
    key: Location = tuple(table.split("."))
    names = {label, rest, label.partition(", ")[0]} - {""}
    identifier = label.partition(" ")[2]
    found = [key] if _has(file.data, key) and not rest else []
    for place, text in _texts(file.data):
        if text in names or (text == identifier and place[-1] == "id"):
            found.append(place)
    found += [key] if _has(file.data, key) else []
    yield from (line for place in found if (line := file.line(place)))


def _has(data: Any, key: Location) -> bool:  # noqa: ANN401 -- a value of TOML
    for part in key:
        if not isinstance(data, dict) or part not in data:
            return False
        data = data[part]
    return True


def _texts(value: Any, at: Location = ()) -> Iterator[tuple[Location, str]]:  # noqa: ANN401 -- a value of TOML
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from _texts(item, (*at, key))
