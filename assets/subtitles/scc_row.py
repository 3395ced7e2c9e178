"""Rows of captions as byte pairs: an address, the characters, and the codes where the style changes.

A style code takes a cell, which shows as a blank: the blank beside the change where there is one, else a cell of its
own. What is sent is text: byte pairs of four hexadecimal digits with a blank between them, a control code twice, as
CTA-608 asks for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assets.subtitles import narrow, scc_style
from assets.subtitles import scc_codes as codes
from assets.subtitles.model import Run, with_text
from assets.subtitles.scc_style import Code, Style

_FILL = codes.with_parity(0)
PAUSE = f"{_FILL:02x}" * 2

_BYTES = {character: code for code, character in codes.BASIC.items()}
_BASIC = frozenset(_BYTES)
_SENT = {ord(character): codes.with_parity(code) for character, code in _BYTES.items()}
_PAIRS = {character: pair for pair, character in (codes.EXTENDED | codes.SPECIAL).items() if character not in _BYTES}
KNOWN = frozenset(_BYTES.keys() | _PAIRS.keys())
"""The characters that can be written."""

_BLANK = " "


Cell = tuple[str, Style]


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a character or of the code that takes the cell; `style` is that of the first, `added` counts blanks."""

    cells: Sequence[str | Code]
    style: Style = scc_style.PLAIN
    added: int = 0

    @property
    def width(self) -> int:
        """How many cells the row takes, from its first character on."""
        return len(self.cells)

    @property
    def least(self) -> int:
        """How many cells the row takes with the codes that its address cannot say, at the edge of the screen."""
        return self.width + len(list(scc_style.changes(scc_style.addressed(self.style), self.style)))

    @property
    def blank(self) -> bool:
        """Whether nothing of the row is to be seen."""
        if isinstance(self.cells, str):
            return not self.cells.strip(_BLANK + codes.TRANSPARENT)
        return all(cell in {_BLANK, codes.TRANSPARENT} for cell in self.cells if isinstance(cell, str))


def rows_of(row: Sequence[Run]) -> list[Row]:
    """A row of runs as rows of at most 32 cells, broken at blanks; at most one more than a screen has."""
    texts = [(narrow.fitted(run.text, KNOWN), scc_style.style_of(run)) for run in row]
    if len(texts) == 1 and texts[0][0].strip(_BLANK):
        return list(_in_one_style(*texts[0]))
    cells = [(character, style) for text, style in texts for character in text]
    cells = _edged(cells)
    result: list[Row] = []
    place = 0
    while place < len(cells) and len(result) <= codes.ROWS:
        rest = cells[place : place + codes.COLUMNS + 1]
        whole = _row(rest)
        if len(rest) <= codes.COLUMNS and whole.least <= codes.COLUMNS:
            return [*result, whole]
        end = _break(rest)
        result.append(_row(rest[:end]))
        place += end + (rest[end][0] == _BLANK)
    return result or [Row((_BLANK,))]


def rows_of_run(run: Run) -> list[Row]:
    """The rows of text in one style, as `rows_of` gives them for each of its rows."""
    style = scc_style.style_of(run)
    rows: list[Row] = []
    for row in narrow.fitted(run.text, KNOWN).split("\n"):
        if len(row) <= codes.COLUMNS and style == scc_style.PLAIN:
            rows.append(Row(row or _BLANK))
        else:
            rows += _in_one_style(row, style) if row.strip(_BLANK) else rows_of([with_text(run, row)] if row else [])
    return rows


def _in_one_style(text: str, style: Style) -> Iterator[Row]:
    """Rows of text in one style; the codes that an address cannot say take cells of their own."""
    room = codes.COLUMNS - (
        len(list(scc_style.changes(scc_style.addressed(style), style))) if style != scc_style.PLAIN else 0
    )
    place, made = 0, 0
    while len(text) - place > room and made <= codes.ROWS:
        blank = text.rfind(_BLANK, place + 1, place + room + 1)
        end = blank if blank > 0 else place + room
        yield Row(text[place:end], style)
        place, made = end + (text[end] == _BLANK), made + 1
    if place < len(text):
        yield Row(text[place:], style)


def sent(row: Row, number: int, column: int) -> str:
    """What is sent for a row at its place. Codes for its first style stand before it, or move it to the right."""
    lead = () if row.style == scc_style.PLAIN else _lead(row)
    if column >= len(lead):
        place = column - len(lead)
        words = [_address(number, 0x10 | place // 4 << 1 | row.style.underline)]
        if place % 4:
            words.append(_control(codes.TAB, 0x20 + place % 4))
    else:
        addressed = scc_style.addressed(row.style)
        lead = list(scc_style.changes(addressed, row.style))
        colour = codes.ITALICS if addressed.italic else codes.COLOURS.index(addressed.colour)
        words = [_address(number, colour << 1 | addressed.underline)]
    words += _sent((*lead, *row.cells) if lead else row.cells)
    return " ".join(words)


def start_of(row: Row, column: int) -> tuple[int, bool]:
    """The column where a row set at `column` begins, and whether it stands at the edge, with the codes before it."""
    lead = _lead(row)
    if column >= len(lead):
        return column, column == len(lead)
    return len(list(scc_style.changes(scc_style.addressed(row.style), row.style))), True


def control(second: int) -> str:
    """A miscellaneous control code of field 1, channel 1."""
    return _control(codes.FIELD_1, second)


def _lead(row: Row) -> list[Code]:
    """The codes that lead to the first style of a row from an address with an indent, which can only underline."""
    return (
        list(scc_style.changes(scc_style.Style(underline=row.style.underline), row.style))
        if row.style != scc_style.PLAIN
        else []
    )


def _edged(cells: list[Cell]) -> list[Cell]:
    """The cells with blanks at the ends in the style of what they stand beside, so that no code is needed there."""
    shown = [place for place, (character, _) in enumerate(cells) if character != _BLANK]
    if not shown:
        return [(character, scc_style.PLAIN) for character, _ in cells]
    first, last = shown[0], shown[-1]
    return [(character, cells[min(max(place, first), last)][1]) for place, (character, _) in enumerate(cells)]


def _row(cells: Sequence[Cell]) -> Row:
    result: list[str | Code] = []
    added = 0
    style = cells[0][1]
    for character, wanted in cells:
        if wanted == style:
            result.append(character)
            continue
        changes = list(scc_style.changes(style, wanted))
        style = wanted
        added += len(changes) - 1
        if result[-1] == _BLANK:
            result[-1:] = [*changes, character]
        elif character == _BLANK:
            result += changes
        else:
            added += 1
            result += [*changes, character]
    return Row(tuple(result), cells[0][1], added)


def _break(cells: Sequence[Cell]) -> int:
    """How many cells fit in a row: up to the last blank that leaves the rest, or else as many as can."""
    end = min(len(cells), codes.COLUMNS)
    while end > 1 and _row(cells[:end]).least > codes.COLUMNS:
        end -= 1
    for blank in range(end, 0, -1):
        if blank < len(cells) and cells[blank][0] == _BLANK:
            return blank
    return end


@cache
def _address(number: int, low: int) -> str:
    first, base = codes.ADDRESS_OF[number]
    return _control(first, base | low)


@cache
def _control(first: int, second: int) -> str:
    pair = f"{codes.with_parity(first):02x}{codes.with_parity(second):02x}"
    return f"{pair} {pair}"


def _sent(cells: Sequence[str | Code]) -> Iterator[str]:
    if isinstance(cells, str) and _BASIC.issuperset(cells):
        yield _pairs(cells)
        return
    pending = ""
    for cell in cells:
        if isinstance(cell, str) and cell in _BYTES:
            pending += cell
            continue
        if isinstance(cell, str):
            pair = _PAIRS[cell]
            if pair in codes.EXTENDED:
                stands_in = narrow.substitute(cell, _BYTES)
                pending += stands_in if len(stands_in) == 1 else narrow.MISSING
        else:
            pair = cell
            pending += _BLANK * (pair[0] != codes.STYLE)  # the blank that the code takes the place of
        if pending:
            yield _pairs(pending)
            pending = ""
        yield _control(*pair)
    if pending:
        yield _pairs(pending)


def _pairs(text: str) -> str:
    """Characters of one byte each, two a frame."""
    data = text.translate(_SENT).encode("latin-1")
    return (data + bytes([_FILL]) if len(data) % 2 else data).hex(" ", -2)
