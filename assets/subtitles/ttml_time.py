"""Time expressions of TTML (TTML2, clause 12.3 `<time-expression>`) as exact times."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assets.timing import TICKS_PER_MS, TICKS_PER_SECOND, Time, from_seconds

_CLOCK = re.compile(
    r"([0-9]{2,6}):([0-9]{2}):([0-9]{2})(?:(\.[0-9]{1,20})|:([0-9]{2,6})(?:\.([0-9]{1,6}))?)?", re.ASCII
)
_OFFSET = re.compile(r"([0-9]{1,15})(\.[0-9]{1,20})?(h|ms|m|s|f|t)", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,12}")
_UNITS = {"h": 3600 * TICKS_PER_SECOND, "m": 60 * TICKS_PER_SECOND, "s": TICKS_PER_SECOND, "ms": TICKS_PER_MS}
_DEFAULT_FRAME_RATE = 30


@dataclass(frozen=True, slots=True)
class Clock:
    """The parameters of a document that its time expressions depend on.

    `nominal` frames are counted in a second of a label, `rate` frames go by in a second of time. `labels` is set for
    SMPTE time base, where all of a label counts frames; `drop` if the labels leave out two a minute.
    """

    nominal: int = _DEFAULT_FRAME_RATE
    rate: Fraction = Fraction(_DEFAULT_FRAME_RATE)
    sub_frames: int = 1
    ticks: Fraction = Fraction(1)
    labels: bool = False
    drop: bool = False

    def time(self, text: str) -> Time | None:
        """The time that an expression gives, or None if it is none."""
        if offset := _OFFSET.fullmatch(text.strip()):
            return self._offset(*offset.groups())
        match = _CLOCK.fullmatch(text.strip())
        return self._clock(match) if match else None

    def _offset(self, whole: str, decimals: str | None, unit: str) -> Time:
        if unit in _UNITS:
            return _exact(int(whole), decimals, _UNITS[unit])
        return from_seconds(Fraction(whole + (decimals or "")) / (self.rate if unit == "f" else self.ticks))

    def _clock(self, match: re.Match[str]) -> Time | None:
        hours, minutes, seconds, decimals, frames, sub_frames = match.groups()
        if int(minutes) > 59 or int(seconds) > 60:  # noqa: PLR2004 -- a leap second is allowed
            return None
        whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
        if frames is None and not self.labels:
            return _exact(whole, decimals, TICKS_PER_SECOND)
        part = int(frames or 0) + Fraction(int(sub_frames or 0), self.sub_frames)
        if part >= self.nominal:
            return None
        return from_seconds(self._count(whole, part) / self.rate if self.labels else whole + part / self.rate)

    def _count(self, seconds: int, frames: Fraction) -> Fraction:
        """How many frames lie before a label, of which drop-frame labels leave out some (SMPTE ST 12-1)."""
        minutes = seconds // 60
        dropped = self.nominal // 15 * (minutes - minutes // 10) if self.drop else 0
        return seconds * self.nominal + frames - dropped


def clock(parameters: Mapping[str, str]) -> Clock:
    """The clock of a document with the given `ttp:` attributes; one that is malformed has its default.

    Without ttp:tickRate a tick is a subframe if the document gives a frame rate, else a second (TTML2, 7.2.15).
    """
    nominal = _number(parameters.get("ttp:frameRate"), _DEFAULT_FRAME_RATE)
    numerator, _, denominator = parameters.get("ttp:frameRateMultiplier", "1 1").replace(":", " ").partition(" ")
    rate = nominal * Fraction(_number(numerator, 1), _number(denominator.strip(), 1))
    sub_frames = _number(parameters.get("ttp:subFrameRate"), 1)
    implied = rate * sub_frames if "ttp:frameRate" in parameters else Fraction(1)
    ticks = Fraction(_number(parameters.get("ttp:tickRate"), 0)) or implied
    labels = parameters.get("ttp:timeBase") == "smpte"
    drop = labels and parameters.get("ttp:dropMode", "nonDrop").startswith("drop")
    return Clock(nominal, rate, sub_frames, ticks, labels, drop)


def expression(time: Time) -> str:
    """A time as `HH:MM:SS.mmm`, with up to 11 decimals where milliseconds are not exact; exact to the tick."""
    whole, rest = divmod(max(0, time), TICKS_PER_SECOND)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    ms, beyond = divmod(rest, TICKS_PER_MS)
    decimals = f"{ms:03}"
    if beyond:
        decimals = f"{(rest * 10**11 + TICKS_PER_SECOND // 2) // TICKS_PER_SECOND:011}".rstrip("0")
    return f"{hours:02}:{minutes:02}:{seconds:02}.{decimals}"


def _exact(whole: int, decimals: str | None, unit: Time) -> Time:
    """A decimal number of units in ticks, rounded to the nearest; in integers, as most files have thousands."""
    if decimals is None:
        return whole * unit
    scale: int = 10 ** (len(decimals) - 1)
    return whole * unit + (2 * int(decimals[1:]) * unit + scale) // (2 * scale)


def _number(text: str | None, default: int) -> int:
    """A positive integer, or the default."""
    return (int(text) or default) if text and _NUMBER.fullmatch(text.strip()) else default
