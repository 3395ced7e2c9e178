"""Time expressions of TTML (TTML2, clause 12.3 `<time-expression>`) as exact times."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assets.subtitles.frames import is_dropped
from assets.timing import TICKS_PER_MS, TICKS_PER_SECOND, Time, from_seconds

_CLOCK = re.compile(
    r"([0-9]{2,9}):([0-9]{2}):([0-9]{2})(?:(\.[0-9]{1,20})|[:;]([0-9]{2,6})(?:\.([0-9]{1,6}))?)?", re.ASCII
)
_OFFSET = re.compile(r"([0-9]{1,15})(\.[0-9]{1,20})?(h|ms|m|s|f|t)", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,12}")
_UNITS = {"h": 3600 * TICKS_PER_SECOND, "m": 60 * TICKS_PER_SECOND, "s": TICKS_PER_SECOND, "ms": TICKS_PER_MS}
_LONGEST = 1_000_000 * 3600 * TICKS_PER_SECOND
_DEFAULT_FRAME_RATE = 30
_ITUNES_PULL_DOWN = Fraction(999, 1000)
_POSITIVE = re.compile(r"0{0,3}[1-9][0-9]{0,11}")
_PARAMETERS = {
    "ttp:frameRate": _POSITIVE,
    "ttp:frameRateMultiplier": re.compile(r"[1-9][0-9]{0,11}(?:(?:\s+|:)[1-9][0-9]{0,11})?"),
    "ttp:subFrameRate": _POSITIVE,
    "ttp:tickRate": _POSITIVE,
    "ttp:timeBase": re.compile("media|smpte|clock"),
    "ttp:dropMode": re.compile("nonDrop|dropNTSC|dropPAL"),
    "ttp:markerMode": re.compile("continuous|discontinuous"),
}

PULL_DOWN = Fraction(1000, 1001)
"""The rate of television of 525 lines against its nominal rate."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The parameters of a document that its time expressions depend on.

    `nominal` frames are counted in a second of a label, `rate` frames go by in a second of time. `labels` is set for
    SMPTE time base, where all of a label counts frames. `drop` if the labels leave out two a minute (`dropNTSC`),
    `drop_pal` if they leave out four every second minute (`dropPAL`). `malformed` are parameters that are none.
    """

    nominal: int = _DEFAULT_FRAME_RATE
    rate: Fraction = Fraction(_DEFAULT_FRAME_RATE)
    sub_frames: int = 1
    ticks: Fraction = Fraction(1)
    labels: bool = False
    drop: bool = False
    drop_pal: bool = False
    malformed: tuple[str, ...] = ()

    def time(self, text: str) -> Time | None:
        """The time that an expression gives, or None if it is none, or one of more than a hundred years.

        A comma before decimals is read as the point that belongs there.
        """
        text = text.replace(",", ".", 1)
        if match := _CLOCK.fullmatch(text.strip()):
            found = self._clock(match)
        else:
            offset = _OFFSET.fullmatch(text.strip())
            found = self._offset(*offset.groups()) if offset else None
        return None if found is None or found > _LONGEST else found

    def oddity(self, text: str) -> str:
        """What is wrong with an expression that is read all the same; empty if nothing is."""
        if not self.drop and ";" not in text and "," not in text:
            return ""
        if "," in text:
            return f"{text}: a comma, where TTML has a point before decimals"
        match = _CLOCK.fullmatch(text.strip())
        if match is None:
            return ""
        if self.drop:
            hours, minutes, seconds, frames = (int(group or 0) for group in match.group(1, 2, 3, 5))
            if is_dropped((hours, minutes, seconds, frames), self.nominal):
                return f"{text}: drop-frame timecode leaves this label out"
        return f"{text}: frames after a semicolon, which TTML has after a colon" if ";" in text else ""

    def _offset(self, whole: str, decimals: str | None, unit: str) -> Time:
        if unit in _UNITS:
            return _exact(int(whole), decimals, _UNITS[unit])
        return from_seconds(Fraction(whole + (decimals or "")) / (self.rate if unit == "f" else self.ticks))

    def _clock(self, match: re.Match[str]) -> Time | None:
        hours, minutes, seconds, decimals, frames, sub_frames = match.groups()
        minute, second = int(minutes), int(seconds)
        if minute > 59 or second > 60:  # noqa: PLR2004 -- a leap second is allowed
            return None
        whole = (int(hours) * 60 + minute) * 60 + second
        if frames is None and not self.labels:
            return _exact(whole, decimals, TICKS_PER_SECOND)
        part = int(frames or 0) * self.sub_frames + int(sub_frames or 0)
        if part >= self.nominal * self.sub_frames:
            return None
        if not self.labels:
            return whole * TICKS_PER_SECOND + self._ticks(part)
        return self._ticks((whole * self.nominal - self._dropped(whole // 60)) * self.sub_frames + part)

    def _ticks(self, sub_frames: int) -> Time:
        """So many subframes as ticks, to the nearest; in integers, as most files have thousands of times."""
        scale = self.rate.numerator * self.sub_frames
        return (2 * sub_frames * TICKS_PER_SECOND * self.rate.denominator + scale) // (2 * scale)

    def _dropped(self, minutes: int) -> int:
        """How many labels are left out in so many minutes (TTML2, 7.2.4; SMPTE ST 12-1)."""
        if self.drop_pal:
            return 4 * (minutes // 2 - minutes // 20)
        return self.nominal // 15 * (minutes - minutes // 10) if self.drop else 0


def clock(parameters: Mapping[str, str]) -> Clock:
    """The clock of a document with the given `ttp:` attributes; one that is malformed has its default.

    Without ttp:tickRate a tick is a subframe if the document gives a frame rate, else a second (TTML2, 7.2.15).
    The multiplier 999/1000 is how iTunes Timed Text writes 1000/1001, and is read as that.
    """
    nominal = _number(parameters.get("ttp:frameRate"), _DEFAULT_FRAME_RATE)
    numerator, _, denominator = parameters.get("ttp:frameRateMultiplier", "1 1").replace(":", " ").partition(" ")
    multiplier = Fraction(_number(numerator, 1), _number(denominator or "1", 1))
    rate = nominal * (PULL_DOWN if multiplier == _ITUNES_PULL_DOWN else multiplier)
    sub_frames = _number(parameters.get("ttp:subFrameRate"), 1)
    implied = rate * sub_frames if "ttp:frameRate" in parameters else Fraction(1)
    ticks = Fraction(_number(parameters.get("ttp:tickRate"), 0)) or implied
    labels = parameters.get("ttp:timeBase") == "smpte"
    mode = parameters.get("ttp:dropMode", "nonDrop") if labels else "nonDrop"
    malformed = tuple(
        f'{name}="{parameters[name]}"'
        for name, pattern in _PARAMETERS.items()
        if name in parameters and not pattern.fullmatch(parameters[name].strip())
    )
    return Clock(nominal, rate, sub_frames, ticks, labels, mode == "dropNTSC", mode == "dropPAL", malformed)


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
