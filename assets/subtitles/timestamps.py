"""Clock times of SubRip and WebVTT: as the formats write them, and the odd forms that files are found with."""

import re
from dataclasses import dataclass

from assets.timing import TICKS_PER_MS, Time

_ARROW = re.compile(r"(?:-{1,3}|[–—=])\s?>")
_CLOCK = (
    r"(-?)(?:([0-9]{1,6})\s{0,2}[:：]\s{0,2})?([0-9]{1,3})\s{0,2}[:：]\s{0,2}([0-9]{1,3})"
    r"(?:(?:\s{0,2}[.,．，]\s{0,2}|:(?=[0-9]{3}(?![0-9])))([0-9]{1,9}))?"
)
_LOOSE = re.compile(rf"{_CLOCK}\s*{_ARROW.pattern}\s*{_CLOCK}(?:\s+(.*))?$")
_CLOCKLIKE = re.compile(r"[0-9]\s{0,2}[:：]\s{0,2}[0-9]")
_CLOCK_GROUPS = 5
_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Timing:
    """In-cue and out-cue in milliseconds, negative after a minus sign, and what follows them on the line."""

    start: int
    end: int
    rest: str


def loose(line: str) -> Timing | None:
    """The times of a line in any form that leaves no doubt: one-digit fields, no hours, `.` or `,`, odd arrows.

    A fraction is read as decimal: `5.5` is five and a half seconds. More than three digits are rounded to milliseconds.
    After a colon just three digits are a fraction: two may be frames.
    """
    match = _LOOSE.match(line.strip())
    if match is None:
        return None
    groups = match.groups(default="")
    return Timing(_ms(*groups[:_CLOCK_GROUPS]), _ms(*groups[_CLOCK_GROUPS:-1]), groups[-1].strip())


def is_meant_as_times(line: str) -> bool:
    """Whether a line has an arrow and something of a clock time, so that it was meant to hold the times of a cue."""
    return ">" in line and _ARROW.search(line) is not None and _CLOCKLIKE.search(line) is not None


def has_times(text: str) -> bool:
    """Whether a line of the text has the arrow of SubRip and something of a clock time."""
    return any("-->" in line[0] and is_meant_as_times(line[0]) for line in _LINE.finditer(text))


def without_arrows(line: str, guard: str) -> str:
    """The line with `guard` put into each arrow, so that no reader takes it for the times of a cue."""
    return _ARROW.sub(lambda match: f"{match[0][:-1]}{guard}>", line)


def nearest_ms(time: Time) -> int:
    """Ticks as milliseconds, rounded half up. A time before zero is zero: no format can write one."""
    return max(0, (time + TICKS_PER_MS // 2) // TICKS_PER_MS)


def _ms(sign: str, hours: str, minutes: str, seconds: str, fraction: str) -> int:
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    scale: int = 10 ** len(fraction)
    total = whole * 1000 + (int(fraction or 0) * 2000 + scale) // (2 * scale)
    return -total if sign else total
