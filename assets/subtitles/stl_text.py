"""The text field of EBU STL (Tech 3264, 4.3, TF): characters and control codes -> styled text.

80h to 85h switch italics, underline and boxing, a black background. 00h to 1Fh are those of teletext (ETS 300 706,
12.2): each stands in a cell of the row, which shows as a space, and lasts until the end of the row. 8Ah breaks the row
and 8Fh fills what is not used.
"""

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter

from assets.subtitles import markup, stl_codes
from assets.subtitles.model import Run

NEWLINE, FILLER = 0x8A, 0x8F
ITALIC_ON, ITALIC_OFF, UNDERLINE_ON, UNDERLINE_OFF, BOX_ON, BOX_OFF = range(0x80, 0x86)
BOX = "#000000"
"""The background that boxing is."""

_COLOURS = ("#000000", "#ff0000", "#00ff00", "#ffff00", "#0000ff", "#ff00ff", "#00ffff", "")
"""Black, red, green, yellow, blue, magenta, cyan, and white, which is the default."""

_WHITE = "#ffffff"
_CELL_CODES = 0x20
_BLACK_BACKGROUND, _NEW_BACKGROUND = 0x1C, 0x1D
_DOUBLE = {0x0D, 0x0F}
_QUIET = {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1F}
"""Steady, the boxes around text, heights and release mosaic: how teletext is laid out, not what it says."""

_NAMES = {0x08: "flash", 0x0E: "double width", 0x0F: "double size", 0x18: "conceal", 0x1B: "escape"}
_PIECE = re.compile(rb"(?P<text>[\x20-\x7e\xa0-\xff]+)|(?P<breaks>\x8a+)|(?P<code>[\x00-\x1f\x7f-\x9f])")


@dataclass(frozen=True, slots=True)
class Field:
    """What a text field says. `height` counts the rows of the picture it takes; `lost` names codes not kept."""

    runs: tuple[Run, ...]
    height: int
    lost: tuple[str, ...]


@dataclass(slots=True)
class _Reader:
    """What has been read so far: texts with their styles, which are italics, underline, colour and background."""

    table: str
    italic: bool = False
    underline: bool = False
    colour: str = ""
    background: str = ""
    pieces: list[tuple[str, tuple[bool, bool, str, str]]] = field(default_factory=list)
    lost: dict[str, None] = field(default_factory=dict)
    pending: bool = False  # whether a cell of a code stands before what comes next

    def add(self, text: str) -> None:
        """Add text in the style that is set."""
        self.pieces.append((text, (self.italic, self.underline, self.colour, self.background)))

    def text(self, data: bytes) -> None:
        """Add characters; the cell of a code is a blank, but beside another and at the beginning of a row."""
        shown = stl_codes.decode(data, self.table)
        before = self.pieces[-1][0][-1:] if self.pieces else ""
        if self.pending and before not in {"", " ", "\n"} and not shown.startswith(" "):
            self.add(" ")
        self.pending = False
        self.add(shown)

    def code(self, code: int) -> None:
        """Switch a style, or note a code that is not kept."""
        if code < _CELL_CODES:
            self.pending = True
            self._teletext(code)
        elif code in {ITALIC_ON, ITALIC_OFF}:
            self.italic = code == ITALIC_ON
        elif code in {UNDERLINE_ON, UNDERLINE_OFF}:
            self.underline = code == UNDERLINE_ON
        elif code in {BOX_ON, BOX_OFF}:
            self.background = BOX if code == BOX_ON else ""
        else:
            self.lost[f"code {code:02X}h"] = None

    def _teletext(self, code: int) -> None:
        if code < len(_COLOURS):
            self.colour = _COLOURS[code]
        elif code == _BLACK_BACKGROUND:
            self.background = ""
        elif code == _NEW_BACKGROUND:
            background = self.colour or _WHITE
            self.background = "" if background == _COLOURS[0] else background
        elif code not in _QUIET:
            self.lost[_NAMES.get(code, f"mosaic {code:02X}h")] = None

    def row(self, breaks: int, *, teletext: bool) -> None:
        """Begin another row, in which teletext has its colours anew."""
        self.pending = False
        self.add("\n" * breaks)
        if teletext:
            self.colour = self.background = ""

    def runs(self) -> tuple[Run, ...]:
        """The text in its styles."""
        return markup.tidy(
            Run("".join([text for text, _ in group]), italic, underline=underline, colour=colour, background=background)
            for (italic, underline, colour, background), group in groupby(self.pieces, key=itemgetter(1))
        )


def read(data: bytes, table: str, *, teletext: bool, indented: bool) -> Field:
    """The text of a whole field, all of its blocks joined.

    Of teletext, blanks around a row only place it and are left out, unless the rows are to stand as they are
    (`indented`); two row breaks after a row of double height are one.
    """
    teletext = teletext or any(code < _CELL_CODES for code in data)
    reader = _Reader(table)
    height, double = 1, False
    for match in _PIECE.finditer(data.replace(bytes([FILLER]), b"")):
        piece, kind = match[0], match.lastgroup
        if kind == "text":
            reader.text(piece)
        elif kind == "breaks":
            height += len(piece)
            reader.row((len(piece) + 1) // 2 if double else len(piece), teletext=teletext)
            double = False
        else:
            double = double or piece[0] in _DOUBLE
            reader.code(piece[0])
    runs = reader.runs()
    if teletext:
        runs = _trimmed(runs, indented=indented)
    return Field(runs, height + double, tuple(reader.lost))


def _trimmed(runs: tuple[Run, ...], *, indented: bool) -> tuple[Run, ...]:
    """The rows without blanks at their ends, and without empty rows above and below."""
    rows = [_row(row, indented=indented) for row in markup.rows(runs)]
    while rows and not rows[0]:
        del rows[0]
    while rows and not rows[-1]:
        del rows[-1]
    joined: list[Run] = []
    for number, row in enumerate(rows):
        joined += [Run("\n")] * bool(number) + row
    return markup.tidy(joined)


def _row(row: list[Run], *, indented: bool) -> list[Run]:
    row = list(row)
    while row and not indented and not row[0].text.strip(" "):
        del row[0]
    while row and not row[-1].text.strip(" "):
        del row[-1]
    if row:
        row[-1] = replace(row[-1], text=row[-1].text.rstrip(" "))
        row[0] = row[0] if indented else replace(row[0], text=row[0].text.lstrip(" "))
    return row
