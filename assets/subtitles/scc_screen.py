"""The memory of a caption decoder, 15 rows of 32 cells, and the cues that are seen in it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from assets.subtitles import markup
from assets.subtitles import scc_codes as codes
from assets.subtitles.model import Region, Run

SAFE, SAFE_SHARE = 10, Fraction(80, 100)
"""The rows and columns fill the safe area: 80 per cent of the picture, 10 from each edge."""

_NEAR = 2
_BOTTOM_ROW, _TOP_ROW = 14, 2


@dataclass(frozen=True, slots=True)
class Cell:
    """A character in a style; `code` marks the blank that a style code shows as."""

    character: str
    style: Run
    code: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing is to be seen in the cell."""
        return self.character in {" ", "\u00a0"}


@dataclass(frozen=True, slots=True)
class Caption:
    """Rows of a screen that stand together: the text and its place. `row` is the first of them."""

    runs: tuple[Run, ...]
    row: int
    position: int
    region: Region | None
    text_align: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A caption on the screen from frame `start` to before frame `end`; `line` is where the source began it."""

    start: int
    end: int
    line: int
    caption: Caption


Row = list[Cell | None]
_NOTHING = Cell(" ", Run(""))
"""What has not been written shows as a blank."""


class Screen:
    """Rows by number, from 1; what has not been written is None."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}

    @property
    def blank(self) -> bool:
        """Whether nothing is to be seen."""
        return all(cell is None or cell.blank for row in self.rows.values() for cell in row)

    def put(self, row: int, column: int, cell: Cell | None) -> Cell | None:
        """Write a cell and give what stood there."""
        cells = self.rows.setdefault(row, [None] * codes.COLUMNS)
        before, cells[column] = cells[column], cell
        return before

    def at(self, row: int, column: int) -> Cell | None:
        """What stands in a cell; nothing before the first column."""
        return self.rows[row][min(column, codes.COLUMNS - 1)] if column >= 0 and row in self.rows else None

    def erase(self, row: int, column: int) -> None:
        """Erase a row from a column to its end."""
        if row in self.rows:
            self.rows[row][column:] = [None] * (codes.COLUMNS - column)

    def move(self, by: int, top: int) -> None:
        """Move all rows down, or up if `by` is negative; what comes above `top` or below the last row is gone."""
        self.rows = {row + by: cells for row, cells in self.rows.items() if top <= row + by <= codes.ROWS}

    @property
    def text(self) -> str:
        """All that is to be seen, row by row."""
        return "\n".join("".join(run.text for run in caption.runs) for caption in self.captions())

    def captions(self) -> list[Caption]:
        """What is to be seen: rows without a gap between them are one caption."""
        used = [row for row in sorted(self.rows) if any(self.rows[row])]
        groups: list[list[int]] = []
        for row in used:
            if groups and groups[-1][-1] == row - 1:
                groups[-1].append(row)
            else:
                groups.append([row])
        return [caption for group in groups for caption in self._caption(group)]

    def _caption(self, numbers: list[int]) -> Iterator[Caption]:
        rows = [_Trimmed(number, self.rows[number]) for number in numbers]
        while rows and rows[0].blank:
            del rows[0]
        while rows and rows[-1].blank:
            del rows[-1]
        if not rows:
            return
        runs: list[Run] = []
        for row in rows:
            runs += [Run("\n")] * bool(runs) + row.runs()
        shown = [(row.start, row.end) for row in rows if not row.blank]
        at_edge = all(row.at_edge for row in rows)
        place = placed(rows[0].number, rows[-1].number, shown, at_edge=at_edge)
        yield Caption(markup.tidy(runs), rows[0].number, *place)


class _Trimmed:
    """A row from its first to its last character; the blanks of style codes at its ends are left out."""

    def __init__(self, number: int, cells: Row) -> None:
        self.number = number
        written = [column for column, cell in enumerate(cells) if cell is not None and not cell.code]
        self.start = written[0] if written else 0
        self.end = written[-1] + 1 if written else 0
        self.cells = cells[self.start : self.end]
        self.blank = all(cell is None or cell.blank for cell in self.cells)
        self.at_edge = self.blank or cells[0] is not None  # a style code may stand before the first character

    def runs(self) -> list[Run]:
        if self.blank:
            return []
        cells = [cell or _NOTHING for cell in self.cells]
        grouped = groupby(cells, key=lambda cell: cell.style)
        return [replace(style, text="".join([cell.character for cell in group])) for style, group in grouped]


def placed(first: int, last: int, rows: list[tuple[int, int]], *, at_edge: bool) -> tuple[int, Region | None, str]:
    """Where rows stand that are seen from column to column: position, region and alignment, as in a cue.

    `at_edge` says that each begins in the first column, be it with a code.
    """
    column, align = _column(rows, at_edge=at_edge)
    position, found = _place(first, last, column, rows)
    return position, found, align if found else ""


def _column(rows: list[tuple[int, int]], *, at_edge: bool) -> tuple[int, str]:
    """The column as on a keypad, -1 to 1, and how the rows stand; 2 for a place that no column tells."""
    centres = [start - (codes.COLUMNS - (end - start)) // 2 for start, end in rows]
    if not any(centres):
        return 0, ""
    if at_edge:
        return -1, ""
    if all(end == codes.COLUMNS for _, end in rows):
        return 1, ""
    if all(abs(off) <= _NEAR for off in centres):
        return 0, ""
    if len({start for start, _ in rows}) == 1:
        return 2, "left"
    return 2, "right" if len({end for _, end in rows}) == 1 else "center"


def _place(first: int, last: int, column: int, rows: list[tuple[int, int]]) -> tuple[int, Region | None]:
    exact = column in {-1, 0, 1}
    if last >= _BOTTOM_ROW:
        band = 2
    elif first <= _TOP_ROW:
        band = 8
    else:
        middle = Fraction(first + last, 2)
        band = (
            5
            if Fraction(codes.ROWS, 3) < middle <= Fraction(2 * codes.ROWS, 3)
            else 8
            if middle <= codes.ROWS // 3
            else 2
        )
        exact = exact and first == middle_row(last - first + 1)
    left, right = min(start for start, _ in rows), max(end for _, end in rows)
    if exact:
        return band + column, None
    near = column if column in {-1, 0, 1} else _third(left, right)
    return band + near, region(first, last, left, right)


def _third(left: int, right: int) -> int:
    middle = (left + right) * 3 // (2 * codes.COLUMNS)
    return middle - 1 if middle < 3 else 1  # noqa: PLR2004


def middle_row(height: int) -> int:
    """The first of so many rows that stand in the middle."""
    return max(3, (codes.ROWS - height) // 2 + 1)


def region(first: int, last: int, left: int, right: int) -> Region:
    """The rectangle of some rows, and of the columns from `left` to before `right`."""
    x, y = Fraction(100 * left, codes.COLUMNS), Fraction(100 * (first - 1), codes.ROWS)
    width, height = Fraction(100 * (right - left), codes.COLUMNS), Fraction(100 * (last - first + 1), codes.ROWS)
    return Region(SAFE + x * SAFE_SHARE, SAFE + y * SAFE_SHARE, width * SAFE_SHARE, height * SAFE_SHARE, "before")


def styled(style: Run, low: int) -> Run:
    """The style of the low bits of an address or mid-row code. Italics keep the colour, a colour ends italics."""
    underline, colour = bool(low & 1), low >> 1
    if colour == codes.ITALICS:
        return replace(style, italic=True, underline=underline)
    return replace(style, italic=False, underline=underline, colour=codes.COLOURS[colour])


def marks(style: Run) -> int:
    """How many things set a style apart from plain text."""
    return sum((style.italic, style.underline, bool(style.colour), bool(style.background)))
