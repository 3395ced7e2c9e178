"""A list as it stands in a file: a header, rows, and cells that know their place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from assets.errors import Fault

Raw = str | int | float | date | time | timedelta

MAX_ROWS = 50_000
MAX_COLUMNS = 300


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty; `wrong` is why its value cannot be taken, and `allowed` what could."""

    place: str
    value: Raw
    wrong: str = ""
    allowed: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its cells by the number of the column, from 0."""

    place: str
    cells: Mapping[int, Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The header and the rows below it; `notes` are what a person should know of how it was read."""

    shown: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def fault(self, place: str, wrong: str, allowed: str = "") -> Fault:
        """A fault at a place of this list."""
        return Fault(self.shown, place, wrong, allowed)


def letters(column: int) -> str:
    """The letters of a column, counted from 0: A, Z, AA."""
    text = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
