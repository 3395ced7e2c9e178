"""When the byte pairs of pop-on captions are sent: two bytes a frame, so that each is shown in its very frame.

A caption is loaded right before its in-cue, while the one before it is still shown; the code that takes that one off
goes between. Where the time is too short the caption is shown as soon as it is loaded, and the delay is reported.
Byte pairs are text, as `scc_row` writes them; only the line that is being filled is held.
"""

from dataclasses import dataclass, field

from assets.subtitles import scc_codes
from assets.subtitles.scc_row import PAUSE, control

_ERASE, _SHOW = control(scc_codes.EDM), control(scc_codes.EOC)
_OPENING = f"{control(scc_codes.ENM)} {control(scc_codes.RCL)}"
_ROOM = 3
"""Pairs that are kept free for taking the last caption off while the next is loaded."""

_WORD = len(PAUSE) + 1
_CONTROLS = range(0x10, 0x20)


@dataclass(slots=True)
class Schedule:
    """What is sent from which frame on, line by line: what is sent without a pause is a line.

    `lines` are those that are full, for the caller to take away. `stayed` is by how many frames the screen before the
    last one that was added stayed too long, or after `finish` the last one.
    """

    lines: list[tuple[int, str]] = field(default_factory=list)
    stayed: int = 0
    _line: list[str] = field(default_factory=list)
    _begun: int = 0
    _sent: int = 0  # the frame after the last pair that was sent
    _free: int = 0
    _off: int | None = None  # the frame in which what is shown is to be taken off

    def add(self, start: int, end: int, words: str) -> int:
        """Send a screen that is shown from frame `start` to before `end`, after all before it; by how much it is late.

        Screens come in the order of time and do not overlap.
        """
        self.stayed = 0
        replaced = self._off if self._off is not None and self._off >= start else None
        if replaced is not None:
            self._off = None
        self._load(start, f"{_OPENING} {words}")
        shown = max(start, self._free)
        if replaced is not None:
            self.stayed = max(0, shown - replaced)
        end = max(end, shown + 1)
        self._erase(shown)
        self._send(shown, _first(_SHOW, end - shown))
        self._off = end
        return shown - start

    def finish(self) -> None:
        """Take off what is shown, and end the last line."""
        self.stayed = 0
        self._erase(None)
        self._close()

    def _load(self, start: int, words: str) -> None:
        length = count(words)
        begin = start - length
        if self._off is not None and self._off >= begin - _ROOM:
            begin -= _ROOM
        elif self._off is not None:
            self._erase(None)
        self._free = max(self._free, begin)
        before = length if self._off is None else max(0, self._off - self._free)
        if before < length:
            parted = _is_parted(words, before)
            if before > parted:
                self._send(self._free, _first(words, before - parted))
            if parted:
                self._send(self._free, PAUSE)
            self._erase(None)
            words = words[(before - parted) * _WORD :]
        self._send(self._free, words)

    def _erase(self, limit: int | None) -> None:
        """Take off what is shown, in its frame, or as soon as can be; before frame `limit`."""
        if self._off is None:
            return
        at = max(self._off, self._free)
        self.stayed = (at if limit is None else min(at, limit)) - self._off
        self._off = None
        if limit is None or at < limit:
            self._send(at, _ERASE if limit is None else _first(_ERASE, limit - at))

    def _send(self, frame: int, words: str) -> None:
        if frame != self._sent:
            self._close()
        if not self._line:
            self._begun = frame
        self._line.append(words)
        self._free = self._sent = frame + count(words)

    def _close(self) -> None:
        if self._line:
            self.lines.append((self._begun, " ".join(self._line)))
            self._line.clear()


def count(words: str) -> int:
    """How many byte pairs there are, each of which takes a frame."""
    return (len(words) + 1) // _WORD


def load_frames(words: str) -> int:
    """How many frames it takes to load a caption."""
    return count(_OPENING) + count(words)


def _first(words: str, number: int) -> str:
    return words[: number * _WORD - 1]


def _is_parted(words: str, at: int) -> bool:
    """Whether a break after so many pairs would come between a control code and its repetition."""
    if not at or int(words[(at - 1) * _WORD :][:2], 16) & 0x7F not in _CONTROLS:
        return False
    last, run = words[(at - 1) * _WORD :][: _WORD - 1], 1
    while run < at and words[(at - run - 1) * _WORD :][: _WORD - 1] == last:
        run += 1
    return run % 2 == 1
