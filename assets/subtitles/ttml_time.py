"""Time expressions of TTML (TTML2, clause 12.3 `<time-expression>`) as exact times."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assets.timing import Time, from_seconds

_CLOCK = re.compile(
    r"([0-9]{2,6}):([0-9]{2}):([0-9]{2})(?:(\.[0-9]{1,20})|:([0-9]{2,6})(?:\.([0-9]{1,6}))?)?", re.ASCII
)
_OFFSET = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,20})?)(h|ms|m|s|f|t)", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,12}")
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
        text = text.strip()
        if match := _OFFSET.fullmatch(text):
            units = {
                "h": Fraction(3600),
                "m": Fraction(60),
                "s": Fraction(1),
                "ms": Fraction(1, 1000),
                "f": 1 / self.rate,
                "t": 1 / self.ticks,
            }
            return from_seconds(Fraction(match[1]) * units[match[2]])
        match = _CLOCK.fullmatch(text)
        if match is None:
            return None
        hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3])
        frames = int(match[5] or 0) + Fraction(int(match[6] or 0), self.sub_frames)
        if frames >= self.nominal or minutes > 59 or seconds > 60:  # noqa: PLR2004 -- a leap second is allowed
            return None
        whole = (hours * 60 + minutes) * 60 + seconds
        if self.labels:
            return from_seconds(self._count(whole, frames) / self.rate)
        return from_seconds(whole + Fraction(match[4] or 0) + frames / self.rate)

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
    whole, rest = divmod(max(0, time), from_seconds(Fraction(1)))
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    decimals = f"{round(Fraction(rest, from_seconds(Fraction(1))) * 10**11):011}".rstrip("0").ljust(3, "0")
    return f"{hours:02}:{minutes:02}:{seconds:02}.{decimals}"


def _number(text: str | None, default: int) -> int:
    """A positive integer, or the default."""
    return (int(text) or default) if text and _NUMBER.fullmatch(text.strip()) else default
