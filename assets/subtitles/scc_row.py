"""Rows of captions as byte pairs: an address, the characters, and the codes where the style changes.

A style code takes a cell, which shows as a blank: the blank beside the change where there is one, else a cell of its
own. A `Unit` is what must be sent without a break: characters, or a control code twice, as CTA-608 asks for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from assets.subtitles import narrow
from assets.subtitles import scc_codes as codes
from assets.subtitles.model import Run

Unit = tuple[str, ...]
"""Byte pairs as four hexadecimal digits each."""

_HEX = [f"{codes.with_parity(byte):02x}" for byte in range(0x80)]
_FILL = "80"
PAUSE: Unit = (_FILL * 2,)

_BYTES = {character: code for code, character in codes.BASIC.items()}
_TRANSLATED = {ord(character): _HEX[code] for character, code in _BYTES.items()}
_PAIRS = {character: pair for pair, character in (codes.EXTENDED | codes.SPECIAL).items() if character not in _BYTES}
KNOWN = _BYTES.keys() | _PAIRS.keys()
"""The characters that can be written."""

_BLANK = " "


@dataclass(frozen=True, slots=True)
class Style:
    """The styles that line 21 has. An empty colour is white, an empty background black."""

    italic: bool = False
    underline: bool = False
    colour: str = ""
    background: str = ""


PLAIN = Style()
Code = tuple[int, int]
Cell = tuple[str, Style]


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a character or of the code that takes the cell; `style` is that of the first, `added` counts blanks."""

    cells: Sequence[str | Code]
    style: Style = PLAIN
    added: int = 0

    @property
    def width(self) -> int:
        """How many cells the row takes, from its first character on."""
        return len(self.cells)

    @property
    def least(self) -> int:
        """How many cells the row takes with the codes that its address cannot say, at the edge of the screen."""
        return self.width + len(list(_changes(_addressed(self.style), self.style)))


@lru_cache(maxsize=256)
def colour_of(colour: str) -> str | None:
    """A colour as one of line 21, or None if it has none like it."""
    colour = colour.lower().removesuffix("ff") if len(colour) == len("#rrggbbaa") else colour.lower()
    colour = "" if colour == "#ffffff" else colour
    return colour if colour in {*codes.COLOURS, codes.BLACK} else None


@lru_cache(maxsize=256)
def background_of(background: str) -> str | None:
    """A background as one of line 21, or None if it has none like it."""
    background = background.lower()
    if len(background) == len("#rrggbbaa"):
        base, alpha = background[:7], background[7:]
        if alpha == "00":
            return codes.CLEAR
        half = codes.HALF if alpha == codes.HALF else ""
        known = alpha in {"ff", codes.HALF} and (base in codes.BACKGROUNDS or base == codes.BLACK)
        return (base + half if half else _background(base)) if known else None
    return _background(background) if background in {*codes.BACKGROUNDS, codes.BLACK} else None


def rows_of(row: Sequence[Run]) -> list[Row]:
    """A row of runs as rows of at most 32 cells, broken at blanks; at most one more than a screen has."""
    texts = [(narrow.fitted(run.text, KNOWN), _style(run)) for run in row]
    if len(texts) == 1 and len(texts[0][0]) <= codes.COLUMNS:
        whole = Row(*texts[0])
        if texts[0][1] == PLAIN or whole.least <= codes.COLUMNS:
            return [whole]
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


def units(row: Row, number: int, column: int) -> Iterator[Unit]:
    """What is sent for a row at its place. Codes for its first style stand before it, or move it to the right."""
    lead = list(_changes(Style(underline=row.style.underline), row.style)) if row.style != PLAIN else []
    if column >= len(lead):
        place = column - len(lead)
        yield _address(number, 0x10 | place // 4 << 1 | row.style.underline)
        if place % 4:
            yield _control(codes.TAB, 0x20 + place % 4)
    else:
        addressed = _addressed(row.style)
        lead = list(_changes(addressed, row.style))
        colour = codes.ITALICS if addressed.italic else codes.COLOURS.index(addressed.colour)
        yield _address(number, colour << 1 | addressed.underline)
    yield from _sent((*lead, *row.cells) if lead else row.cells)


def control(second: int) -> Unit:
    """A miscellaneous control code of field 1, channel 1."""
    return _control(codes.FIELD_1, second)


def _background(background: str) -> str:
    return "" if background == codes.BLACK else background


@lru_cache(maxsize=256)
def _style_of(italic: bool, underline: bool, colour: str, background: str) -> Style:
    return Style(italic, underline, colour_of(colour) or "", background_of(background) or "")


def _style(run: Run) -> Style:
    return _style_of(run.italic, run.underline, run.colour, run.background)


def _edged(cells: list[Cell]) -> list[Cell]:
    """The cells with blanks at the ends in the style of what they stand beside, so that no code is needed there."""
    shown = [place for place, (character, _) in enumerate(cells) if character != _BLANK]
    if not shown:
        return [(character, PLAIN) for character, _ in cells]
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
        changes = list(_changes(style, wanted))
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


def _changes(old: Style, new: Style) -> Iterator[Code]:
    """The codes that lead from one style to another; a background first, as it is kept by the others."""
    if old.background != new.background:
        yield _background_code(new.background)
    if (old.italic, old.underline, old.colour) == (new.italic, new.underline, new.colour):
        return
    if old.colour != new.colour or not new.italic:
        if new.colour == codes.BLACK:
            yield codes.TAB, codes.BLACK_TEXT + new.underline
        else:
            yield codes.STYLE, 0x20 | codes.COLOURS.index(new.colour) << 1 | new.underline
    if new.italic:
        yield codes.STYLE, 0x20 | codes.ITALICS << 1 | new.underline


def _background_code(background: str) -> Code:
    if background == codes.CLEAR:
        return codes.TAB, codes.CLEAR_BACKGROUND
    half = background.endswith(codes.HALF) and len(background) == len("#rrggbbaa")
    base = _background(background[:7]) if half else background
    return codes.BACKGROUND, 0x20 | codes.BACKGROUNDS.index(base) << 1 | half


def _addressed(style: Style) -> Style:
    """What of a style an address can set at the edge of the screen: a colour but black, or white italics."""
    colour = style.colour if style.colour != codes.BLACK else ""
    return Style(italic=style.italic and not style.colour, underline=style.underline, colour=colour)


@cache
def _address(number: int, low: int) -> Unit:
    first, base = codes.ADDRESS_OF[number]
    return _control(first, base | low)


@cache
def _control(first: int, second: int) -> Unit:
    return (_HEX[first] + _HEX[second],) * 2


def _sent(cells: Sequence[str | Code]) -> Iterator[Unit]:
    if isinstance(cells, str) and all(map(_BYTES.__contains__, cells)):
        yield from _pairs(cells.translate(_TRANSLATED))
        return
    pending = ""
    for cell in cells:
        if isinstance(cell, str) and cell in _BYTES:
            pending += _HEX[_BYTES[cell]]
            continue
        if isinstance(cell, str):
            pair = _PAIRS[cell]
            if pair in codes.EXTENDED:
                stands_in = narrow.substitute(cell, _BYTES)
                pending += _HEX[_BYTES[stands_in if len(stands_in) == 1 else narrow.MISSING]]
        else:
            pair = cell
            pending += _HEX[0x20] * (pair[0] != codes.STYLE)  # the blank that the code takes the place of
        yield from _pairs(pending)
        pending = ""
        yield _control(*pair)
    yield from _pairs(pending)


def _pairs(digits: str) -> Iterator[Unit]:
    digits += _FILL * (len(digits) % 4 // 2)
    for place in range(0, len(digits), 4):
        yield (digits[place : place + 4],)
