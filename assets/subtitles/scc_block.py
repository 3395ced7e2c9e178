"""The rows of a cue as they stand on the screen of captions, what is sent for them, and what they do not tell of it.

A row of more than 32 cells goes on in the next row; what the screen has no row for is left out. What is worked out is
kept for a while, as a cue is asked for when its losses are told, when the track is, and when it is written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import islice

from assets.subtitles import direction, markup, narrow, scc_codes, scc_row, scc_screen, scc_style
from assets.subtitles.model import Cue, Region, Run
from assets.subtitles.scc_row import Row

_USUAL_ROWS = 4
_ALIGNMENTS = {"left": 0, "start": 0, "center": 1, "right": 2, "end": 2}
_KEPT = 1 << 13
"""How many cues and rows are kept: those of several films."""

_SIDES = ("left", "center", "right")


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of a cue, the row and the columns they are set at, and what is sent for them.

    `top` and `bottom` are the first and the last row in which something is to be seen; 0 if nothing is.
    """

    first: int
    rows: tuple[Row, ...]
    columns: tuple[int, ...]
    words: str
    top: int
    bottom: int

    def moved(self, first: int) -> "Block":
        """The same rows from another one on."""
        by = first - self.first
        words = _words(first, self.rows, self.columns)
        return Block(first, self.rows, self.columns, words, self.top + by, self.bottom + by)


def block_of(cue: Cue) -> Block:
    """The rows of a cue."""
    return _block(cue.runs, cue.position, cue.region, _column(cue))


def losses(cue: Cue) -> tuple[str, ...]:
    """What of a cue's text, look and place is not kept."""
    return _losses(cue.runs, cue.position, cue.region, cue.text_align, cue.rows_align)


def _column(cue: Cue) -> int:
    align = direction.physical(cue) if cue.text_align in {"start", "end"} else cue.text_align
    return _ALIGNMENTS.get(align, (cue.position - 1) % 3)


@lru_cache(_KEPT)
def _block(runs: tuple[Run, ...], position: int, region: Region | None, align: int) -> Block:
    rows = _rows(runs)[: scc_codes.ROWS]
    left, right = 0, scc_codes.COLUMNS
    band = (position - 1) // 3
    first = (scc_codes.ROWS + 1 - len(rows), scc_screen.middle_row(len(rows)), 1)[band]
    if region:
        share = {"center": Fraction(1, 2), "after": Fraction(1)}.get(region.align, Fraction(0))
        tall = Fraction(100 * len(rows), scc_codes.ROWS) * scc_screen.SAFE_SHARE
        top = region.y + (region.height - tall) * share
        first = _cell(top, scc_codes.ROWS) + 1
        left = min(max(_cell(region.x, right), 0), right)
        right = min(max(_cell(region.x + region.width, right), left), right)
    first = min(max(first, 1), scc_codes.ROWS + 1 - len(rows))
    columns = []
    for row in rows:
        room = right - left - row.width
        columns.append(min(max(left + (0, room // 2, room)[align], 0), scc_codes.COLUMNS - row.width))
    seen = [number for number, row in enumerate(rows, first) if not row.blank]
    words = _words(first, rows, tuple(columns))
    return Block(first, rows, tuple(columns), words, seen[0] if seen else 0, seen[-1] if seen else 0)


def _words(first: int, rows: tuple[Row, ...], columns: tuple[int, ...]) -> str:
    placed = enumerate(zip(rows, columns, strict=True), first)
    return " ".join([scc_row.sent(row, number, column) for number, (row, column) in placed])


def _rows(runs: tuple[Run, ...]) -> tuple[Row, ...]:
    """The rows that a screen has, and one more if there are more."""
    if len(runs) == 1:
        rows = scc_row.rows_of_run(runs[0])
    else:
        rows = [row for each in islice(markup.rows(runs), scc_codes.ROWS + 1) for row in scc_row.rows_of(each)]
    return tuple(rows[: scc_codes.ROWS + 1])


def _cell(share: Fraction, cells: int) -> int:
    return round((share - scc_screen.SAFE) / scc_screen.SAFE_SHARE * cells / 100)


@lru_cache(_KEPT)
def _losses(
    runs: tuple[Run, ...], position: int, region: Region | None, text_align: str, rows_align: str
) -> tuple[str, ...]:
    cue = Cue(0, 0, 0, runs, 0, position, region, text_align, rows_align)
    block = block_of(cue)
    colours = {run.colour for run in runs if scc_style.colour_of(run.colour) is None}
    backgrounds = {run.background for run in runs if scc_style.background_of(run.background) is None}
    found = list(narrow.losses(cue.text, scc_row.KNOWN))
    if len(block.rows) != cue.text.count("\n") + 1 or any(row.added for row in block.rows):
        found += _of_rows(runs)
    if len(block.rows) > _USUAL_ROWS:
        found.append(_too_many(len(_rows(runs))))
    if colours:
        found.append(f"colours that are none of the eight, written as white: {', '.join(sorted(colours))}")
    if backgrounds:
        found.append(f"backgrounds that are none of the eight, written as black: {', '.join(sorted(backgrounds))}")
    if block.top:
        return (*found, *_of_blank_rows(cue, block), *_of_place(cue, block))
    return (*found, "a cue in which nothing is to be seen; no reader finds it")


def _of_rows(runs: tuple[Run, ...]) -> Iterator[str]:
    for each in markup.rows(runs):
        rows = scc_row.rows_of(each)
        if len(rows) > 1:
            text = "".join(run.text for run in each)
            yield f"a row of more than {scc_codes.COLUMNS} characters, set on {len(rows)} rows: {text}"
        if any(row.added for row in rows):
            text = "".join(run.text for run in each)
            yield f"a style that changes without a blank, where one is put in: {text}"


def _too_many(count: int) -> str:
    if count > scc_codes.ROWS:
        return f"rows after the first {scc_codes.ROWS}, which are left out"
    return f"{count} rows; decoders need show no more than {_USUAL_ROWS}"


def _of_blank_rows(cue: Cue, block: Block) -> Iterator[str]:
    if (block.top, block.bottom) != (block.first, block.first + len(block.rows) - 1):
        yield "empty rows above or below the text"
    if any(row and not row.strip(" \u00a0") for row in cue.lines):
        yield "blanks that are all of a row"


def _of_place(cue: Cue, block: Block) -> Iterator[str]:
    """What a reader makes of where the rows stand, if it is another place."""
    shown, at_edge = [], True
    for row, column in zip(block.rows, block.columns, strict=True):
        if not row.blank:
            start, is_edge = scc_row.start_of(row, column)
            shown.append((start, start + row.width))
            at_edge = at_edge and is_edge
    position, region, _ = scc_screen.placed(block.top, block.bottom, shown, at_edge=at_edge)
    column = (cue.position - 1) % 3
    align = _column(cue)
    if align != column and not cue.region:
        yield f"the alignment {cue.text_align}, written as the place of the whole cue"
    if cue.rows_align and _ALIGNMENTS.get(cue.rows_align) != align:
        yield f"the alignment {cue.rows_align} of rows among themselves"
    left, right = min(block.columns), max(end for _, end in shown)
    if cue.region and cue.region not in {region, scc_screen.region(block.top, block.bottom, left, right)}:
        yield f"the exact place: the cue is set on row {block.first} from column {left + 1}"
    elif not cue.region and align == column and (position, region) != (cue.position, None):
        read = f"place {position} of the keypad" if region is None else "a place of its own"
        side = _SIDES[column]
        yield f"place {cue.position} of the keypad: rows that fill the screen on the {side} are read as at {read}"
