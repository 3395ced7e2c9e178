"""The lines of a Scenarist SCC file: a timecode and the byte pairs that are sent from it on, one a frame.

The timecode is that of television of 525 lines: `;` before the frames (or `.`) means drop-frame labels, `:` means that
none is left out. Files made at 23.976, 24 or 25 frames a second look the same and cannot be told for certain.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assets.subtitles import frames
from assets.subtitles.model import Damage

HEADER = "Scenarist_SCC V1.0"
NOMINAL = 30
_TIMECODE = r"([0-9]{2,3}):([0-9]{2}):([0-9]{2})([:;.,])([0-9]{2})"
_LINE = re.compile(rf"{_TIMECODE}(?:\s+(.*))?", re.DOTALL)
_WORD = re.compile("[0-9A-Fa-f]{4}")
_SIGNATURE = re.compile(rf"\s*(?:Scenarist_SCC|{_TIMECODE}[ \t]+[0-9A-Fa-f]{{4}}(?:\s|$))", re.IGNORECASE)
_ENOUGH = 50
"""In so many random labels all of a second is met: the chance that the last six are missing is 1 in 70,000."""


@dataclass(frozen=True, slots=True)
class Line:
    """Byte pairs as numbers of 16 bits, parity and all; `frame` is that of the first."""

    number: int
    frame: int
    words: tuple[int, ...]
    text: str


@dataclass(slots=True)
class Lines:
    """The lines of a file in its order, and what is wrong with them. `drop` is that of the first timecode."""

    lines: list[Line] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)
    drop: bool = False
    _labels: list[int] = field(default_factory=list)
    _separators: set[bool] = field(default_factory=set)

    def gather(self, text: str) -> None:
        """Read the lines of a whole file."""
        rows = text.split("\n")
        first = next((number for number, row in enumerate(rows) if row.strip()), 0)
        if rows[first].strip() != HEADER:
            self.damage.append(Damage("bad-header", first + 1, f"the file does not begin with {HEADER}", rows[first]))
        for number, row in enumerate(rows[first:], first + 1):
            if row.strip() and not (number == first + 1 and row.strip().lower().startswith("scenarist_scc")):
                self._row(number, row.strip())
        self._rates()

    def _row(self, number: int, row: str) -> None:
        match = _LINE.fullmatch(row)
        if match is None:
            self.damage.append(Damage("unparsed-text", number, "a line without a timecode", row))
            return
        hours, minutes, seconds, frame = (int(match[group]) for group in (1, 2, 3, 5))
        drop = match[4] != ":"
        label = (hours, minutes, seconds, frame)
        if not frames.is_clock(0, minutes, seconds) or frame >= NOMINAL:
            self.damage.append(Damage("bad-timestamp", number, "no timecode; the line is left out", row))
            return
        if drop and frames.is_dropped(label, NOMINAL):
            what = "a label that drop-frame timecode leaves out, read as the frame after"
            self.damage.append(Damage("odd-timestamp", number, what, row[: match.end(5)]))
        words = tuple(self._words(number, match[6] or ""))
        count = frames.count(label, NOMINAL, drop=drop)
        self._order(number, count, row[: match.end(5)])
        self.drop = drop if not self.lines else self.drop
        self._separators.add(drop)
        self._labels.append(frame)
        self.lines.append(Line(number, count, words, row))

    def _words(self, number: int, text: str) -> Iterator[int]:
        wrong = []
        for word in text.split():
            if _WORD.fullmatch(word):
                yield int(word, 16)
            else:
                wrong.append(word)
        if wrong:
            what = "not pairs of bytes of four hexadecimal digits, passed over"
            self.damage.append(Damage("unparsed-text", number, what, " ".join(wrong)))

    def _order(self, number: int, count: int, timecode: str) -> None:
        if not self.lines:
            return
        before = self.lines[-1]
        if count < before.frame:
            self.damage.append(Damage("out-of-order", number, "a timecode earlier than the one before it", timecode))
        elif count < before.frame + len(before.words):
            what = f"sent before the {len(before.words)} pairs of bytes of line {before.number} can be"
            self.damage.append(Damage("overlapping-data", number, what, timecode))

    def _rates(self) -> None:
        if len(self._separators) > 1:
            what = "timecodes with and without drop-frame labels (; and :), each read as it stands"
            self.damage.append(Damage("odd-timestamp", self.lines[0].number, what))
        highest = max(self._labels, default=NOMINAL)
        if self._separators == {False} and len(self._labels) >= _ENOUGH and highest < NOMINAL - 5:
            rate = "25" if highest == 24 else "24 or 23.976"  # noqa: PLR2004
            what = f"no timecode counts beyond frame {highest}: made at {rate}, it seems; read at 29.97"
            self.damage.append(Damage("ambiguous-rate", self.lines[0].number, what))


def matches(text: str) -> bool:
    """Whether a text begins as a file of SCC does, with its name or with a timecode and a pair of bytes."""
    return _SIGNATURE.match(text.removeprefix("\ufeff")) is not None
