"""Which row of a list is its header: lists begin with what they are called, for whom, and as of when."""

from collections.abc import Mapping
from dataclasses import replace

from assets.importing.columns import count_known
from assets.importing.sheet import Row, Sheet

MOST_ABOVE = 20
"""Rows that may stand above a header."""
_ENOUGH = 2
"""Headers that are known of a row that is one."""


def headed(sheet: Sheet, said: Mapping[str, str]) -> Sheet:
    """The list from its header on: the first row, unless only one further down has headers that are known."""
    if count_known(sheet.header, said) >= _ENOUGH:
        return sheet
    for at, row in enumerate(sheet.rows[:MOST_ABOVE]):
        header = _texts(row)
        if count_known(header, said) >= _ENOUGH:
            note = f"{row.place} is the header; what stands above it is not read"
            return replace(sheet, header=header, rows=sheet.rows[at + 1 :], notes=(*sheet.notes, note))
    return sheet


def _texts(row: Row) -> tuple[str, ...]:
    cells = {number: str(cell.value).strip() for number, cell in row.cells.items() if not cell.wrong}
    return tuple(cells.get(number, "") for number in range(max(cells, default=-1) + 1))
