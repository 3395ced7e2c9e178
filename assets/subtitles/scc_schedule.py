"""When the byte pairs of pop-on captions are sent: two bytes a frame, so that each is shown in its very frame.

A caption is loaded right before its in-cue, while the one before it is still shown; the code that takes that one off
goes between. Where the time is too short the caption is shown as soon as it is loaded, and the delay is reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assets.subtitles import scc_codes
from assets.subtitles.scc_row import PAUSE, Unit, control

_ERASE, _SHOW = control(scc_codes.EDM), control(scc_codes.EOC)
_OPENING = (control(scc_codes.ENM), control(scc_codes.RCL))
_ROOM = 3
"""Pairs that are kept free for taking the last caption off while the next is loaded."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What is shown from frame `start` to before frame `end`, and how it is sent."""

    start: int
    end: int
    units: Sequence[Unit]


@dataclass(slots=True)
class Schedule:
    """Byte pairs by frame, in lines of what is sent without a pause. `late` tells screens that come late, by frames."""

    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    late: dict[int, int] = field(default_factory=dict)
    _free: int = 0
    _off: int | None = None  # the frame in which what is shown is to be taken off

    def fill(self, screens: Sequence[Screen]) -> None:
        """Send screens that are in the order of time and do not overlap."""
        for number, screen in enumerate(screens):
            if self._off is not None and self._off >= screen.start:
                self._off = None
            self._load(screen)
            shown = max(screen.start, self._free)
            if shown > screen.start:
                self.late[number] = shown - screen.start
            end = max(screen.end, shown + 1)
            self._erase(shown)
            self._send(shown, _SHOW[: end - shown])
            self._off = end
        self._erase(None)

    def _load(self, screen: Screen) -> None:
        units = [*_OPENING, *screen.units]
        length = load_frames(screen.units)
        start = screen.start - length
        if self._off is not None and self._off >= start - _ROOM:
            start -= _ROOM
        elif self._off is not None:
            self._erase(None)
        self._free = max(self._free, start)
        before = 0
        while self._off is not None and before < len(units):
            unit = units[before]
            if self._free >= self._off:
                self._erase(None)
            elif self._free + len(unit) > self._off:
                self._send(self._free, PAUSE)
            else:
                self._send(self._free, unit)
                before += 1
        self._send(self._free, [word for unit in units[before:] for word in unit])

    def _erase(self, limit: int | None) -> None:
        """Take off what is shown, in its frame, or as soon as can be; before frame `limit`."""
        if self._off is None:
            return
        at = max(self._off, self._free)
        self._off = None
        if limit is None or at < limit:
            self._send(at, _ERASE if limit is None else _ERASE[: limit - at])

    def _send(self, frame: int, words: Sequence[str]) -> None:
        if self.lines and self.lines[-1][0] + len(self.lines[-1][1]) == frame:
            self.lines[-1][1].extend(words)
        else:
            self.lines.append((frame, list(words)))
        self._free = frame + len(words)


def load_frames(units: Sequence[Unit]) -> int:
    """How many frames it takes to load a caption."""
    return sum(len(unit) for unit in (*_OPENING, *units))
