"""A decoder of line 21 captions of one channel (47 CFR 79.101 (f), CTA-608): codes and characters -> screens in time.

Pop-on captions are loaded unseen and shown at once by End Of Caption; roll-up and paint-on ones are seen as they come.
A cue is what the screen shows from one change to the next: a row that rolls up is in the cue before it rolls and in
the one after it. Text that is painted on within one line of the file is one cue, shown from its first character on.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum

from assets.subtitles import scc_codes as codes
from assets.subtitles.model import Damage, Run
from assets.subtitles.scc_screen import Cell, Screen, Shown, marks, styled


class Mode(Enum):
    """How characters are taken."""

    POP_ON = "pop-on"
    ROLL_UP = "roll-up"
    PAINT_ON = "paint-on"
    TEXT = "text"


_MODES = {codes.RCL: Mode.POP_ON, codes.TR: Mode.TEXT, codes.RTD: Mode.TEXT}


class Decoder:
    """One channel. `name` is CC1 to CC4; `last_frame` is that of the last data."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.shown: list[Shown] = []
        self.damage: list[Damage] = []
        self.unended = False
        self._mode = Mode.POP_ON
        self._depth, self._row, self._column = 2, codes.ROWS, 0
        self._style = Run("")
        self._seen, self._loaded = Screen(), Screen()
        self._since: tuple[int, int] | None = None
        self._is_new = False  # whether text has been loaded since the last End Of Caption
        self._pending = False  # whether what is painted next begins another cue
        self._frame = self._line = 0
        self._lost: list[str] = []
        self._text: list[str] = []

    def at(self, frame: int, line: int) -> None:
        """What follows is sent in this frame and stands on this line of the file."""
        if line != self._line:
            self._pending = self._mode is Mode.PAINT_ON
            self._report()
        self._frame, self._line = frame, line

    def character(self, character: str, *, replaces: bool = False) -> None:
        """Write a character; one of the extended sets replaces the character before it."""
        if self._mode is Mode.TEXT:
            self._text.append(character)
            return
        if replaces and self._column:
            self._column -= 1
            self._replaced(character)
        self._put(Cell(character, self._style))

    def address(self, row: int, low: int) -> None:
        """A preamble address code: a row, with an indent or a style in the low five bits."""
        if self._mode is Mode.TEXT:
            return
        if self._mode is Mode.ROLL_UP:
            row = max(row, self._depth)
            self._relocate(row - self._row)
        self._row, self._column = row, 0
        underline = bool(low & 1)
        if low & 0x10:
            self._column = (low & 0xE) * 2
            self._style = Run("", underline=underline)
        else:
            self._style = styled(Run(""), low)

    def style(self, low: int) -> None:
        """A mid-row code, which shows as a blank."""
        self._change(styled(self._style, low))

    def background(self, low: int) -> None:
        """A background code, which takes the place of a blank before it."""
        self._change(replace(self._style, background=codes.background(low)), replaces=True)

    def tab(self, second: int) -> None:
        """A tab offset, a clear background or black characters; other second bytes are of sets that are not known."""
        if second in codes.TABS:
            self._column = min(codes.COLUMNS - 1, self._column + second - 0x20)
        elif second == codes.CLEAR_BACKGROUND:
            self._change(replace(self._style, background=codes.CLEAR), replaces=True)
        elif second in {codes.BLACK_TEXT, codes.BLACK_UNDERLINED}:
            underline = second == codes.BLACK_UNDERLINED
            style = replace(self._style, colour=codes.BLACK, italic=False, underline=underline)
            self._change(style, replaces=True)
        else:
            self.note("not-kept", f"code 17{second:02X}h, another character set or size", "")

    def control(self, second: int) -> None:
        """A miscellaneous control code."""
        action = self._ACTIONS.get(second)
        if action is not None:
            action(self)
        elif second in _MODES:
            self._leave(_MODES[second])
        elif second in {codes.RU2, codes.RU3, codes.RU4}:
            self._roll_up(second - codes.RU2 + 2)
        else:
            names = {codes.AOF: "alarm off", codes.AON: "alarm on", codes.FON: "flash"}
            self.note("not-kept", f"{names[second]}, which is not kept", "")

    def note(self, kind: str, what: str, text: str) -> None:
        """Report something about the line that is being read."""
        self.damage.append(Damage(kind, self._line, f"{self.name}: {what}", text))

    def end(self) -> None:
        """The file is over: what is still on the screen ends with it, what was never shown is reported."""
        self._report()
        self._discard()
        if self._since and not self._seen.blank:
            self.unended = True
            self._frame += 1
            self.note("no-end", "the last caption is never taken off; it ends with the file", self._seen.text)
            self._flush()

    @property
    def _screen(self) -> Screen:
        return self._loaded if self._mode is Mode.POP_ON else self._seen

    def _replaced(self, character: str) -> None:
        """Note a character that an extended one replaces and that is not there in its place."""
        before = self._screen.at(self._row, self._column)
        if before is not None and not codes.is_fallback(before.character, character):
            self.note("not-kept", f"replaced by the extended character {character}", before.character)

    def _put(self, cell: Cell) -> None:
        if self._mode is Mode.POP_ON:
            self._is_new = True
        elif not cell.blank:
            if self._pending:
                self._flush()
                self._pending = False
            self._since = self._since or (self._frame, self._line)
        before = self._screen.put(self._row, min(self._column, codes.COLUMNS - 1), cell)
        if self._column >= codes.COLUMNS and before is not None:
            self._lost.append(before.character)
        self._column = min(codes.COLUMNS, self._column + 1)

    def _change(self, style: Run, *, replaces: bool = False) -> None:
        """Set a style; the blank of its code is in the plainer one of the styles beside it."""
        if self._mode is Mode.TEXT:
            return
        old = self._style
        before = self._screen.at(self._row, self._column - 1)
        if replaces and before is not None and before.blank:
            self._column -= 1
        self._put(Cell(" ", style if marks(style) < marks(old) else old, code=True))
        self._style = style

    def _flush(self) -> None:
        """End what the screen shows: it becomes cues."""
        if self._since and not self._seen.blank:
            start, line = self._since
            self.shown += [Shown(start, self._frame, line, caption) for caption in self._seen.captions()]
        self._since = None

    def _again(self) -> None:
        """Begin a cue with what the screen shows now."""
        self._since = None if self._seen.blank else (self._frame, self._line)

    def _relocate(self, by: int) -> None:
        if by and self._seen.rows:
            self._flush()
            self._seen.move(by, 1)
            self._again()

    def _discard(self) -> None:
        if self._is_new and not self._loaded.blank:
            self.note("not-kept", "a caption that is loaded and never shown", self._loaded.text)
        self._loaded = Screen()
        self._is_new = False

    def _leave(self, mode: Mode) -> None:
        self._report()
        self._mode = mode

    def _roll_up(self, depth: int) -> None:
        if self._mode is not Mode.ROLL_UP:
            self._erase_displayed()
            self._discard()
            self._row, self._column, self._style = codes.ROWS, 0, Run("")
        elif depth < self._depth and self._seen.rows:
            self._flush()
            self._seen.move(0, self._row - depth + 1)
            self._again()
        self._depth = depth
        self._leave(Mode.ROLL_UP)

    def _return(self) -> None:
        if self._mode is not Mode.ROLL_UP:
            return
        self._flush()
        self._seen.move(-1, max(1, self._row - self._depth + 1))
        self._again()
        self._column, self._style = 0, Run("")

    def _paint(self) -> None:
        self._leave(Mode.PAINT_ON)
        self._pending = True

    def _show(self) -> None:
        self._flush()
        self._seen, self._loaded = self._loaded, self._seen
        self._is_new = False
        self._again()
        self._leave(Mode.POP_ON)

    def _erase_displayed(self) -> None:
        self._flush()
        self._seen = Screen()

    def _back(self) -> None:
        if self._column and self._mode is not Mode.TEXT:
            self._column -= 1
            self._screen.put(self._row, self._column, None)

    def _erase_row(self) -> None:
        if self._mode is not Mode.TEXT:
            self._screen.erase(self._row, self._column)

    def _report(self) -> None:
        """Report the characters of a line that are not kept."""
        beyond = "characters beyond the end of a row, of which the last is shown"
        for what, characters in ((beyond, self._lost), ("text service, which is no captions", self._text)):
            if characters:
                self.note("not-kept", what, "".join(characters))
                characters.clear()

    _ACTIONS: dict[int, Callable[["Decoder"], None]] = {
        codes.BS: _back,
        codes.DER: _erase_row,
        codes.RDC: _paint,
        codes.EDM: _erase_displayed,
        codes.CR: _return,
        codes.ENM: _discard,
        codes.EOC: _show,
    }
