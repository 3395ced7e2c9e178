"""Time as integers that are exact at every frame rate in use, and timecode (SMPTE ST 12-1).

A `Time` is a count of ticks of 1/17 640 000 000 s. That number is a common multiple of all frame rates of film and
television with and without the 1000/1001 pull-down, of the millisecond, of the 90 kHz MPEG clock, of the audio sample
rates and of the 10 MHz tick rate of TTML files, so that a time read from any of them is exact and two times compare
as integers. 84 minutes are about 9e13 ticks: far inside 64 bits.
"""

from fractions import Fraction

TICKS_PER_SECOND = 17_640_000_000
TICKS_PER_MS = TICKS_PER_SECOND // 1000

Time = int
"""Ticks of 1/17 640 000 000 s."""

DROP_FRAME_RATES = (Fraction(30000, 1001), Fraction(60000, 1001))


def from_ms(milliseconds: int) -> Time:
    """Milliseconds as ticks; exact."""
    return milliseconds * TICKS_PER_MS


def from_seconds(seconds: Fraction) -> Time:
    """Seconds as ticks, rounded to the nearest tick (0.06 ns)."""
    return round(seconds * TICKS_PER_SECOND)


def from_frames(frames: int, rate: Fraction) -> Time:
    """The time at which frame number `frames` starts at `rate` frames per second."""
    return from_seconds(frames / rate)


def to_seconds(time: Time) -> Fraction:
    """Ticks as seconds; exact."""
    return Fraction(time, TICKS_PER_SECOND)


def to_frames(time: Time, rate: Fraction) -> int:
    """The number of the frame that is on screen at `time`.

    A time less than 1/20 frame before a frame's start counts as that start: a file in milliseconds, such as SubRip,
    rounds a frame's start by at most half a millisecond, 0.03 frame at 60 fps.
    """
    frame = TICKS_PER_SECOND * rate.denominator
    return (20 * time * rate.numerator + frame) // (20 * frame)


def ms_text(time: Time) -> str:
    """`01:23:20.000`, rounded to the nearest millisecond; negative times carry a minus sign."""
    total = round(Fraction(abs(time), TICKS_PER_MS))
    seconds, ms = divmod(total, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{'-' if time < 0 else ''}{hours:02}:{minutes:02}:{seconds:02}.{ms:03}"


def timecode(time: Time, rate: Fraction, *, drop: bool = False) -> str:
    """`HH:MM:SS:FF` counted at `rate`; drop-frame labels (`HH:MM:SS;FF`) only exist at 29.97 and 59.94.

    Source: SMPTE ST 12-1, drop-frame compensation: each minute but the tenth leaves out two labels (four at 59.94).
    """
    frames = to_frames(time, rate)
    nominal = round(rate)
    sign = "-" if frames < 0 else ""
    frames = abs(frames)
    if drop and rate in DROP_FRAME_RATES:
        dropped = nominal // 15
        per_minute, per_ten = nominal * 60 - dropped, nominal * 600 - dropped * 9
        tens, rest = divmod(frames, per_ten)
        frames += dropped * 9 * tens
        if rest > dropped:
            frames += dropped * ((rest - dropped) // per_minute)
    separator = ";" if drop and rate in DROP_FRAME_RATES else ":"
    seconds, frame = divmod(frames, nominal)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours:02}:{minutes:02}:{seconds:02}{separator}{frame:02}"


def rate_text(rate: Fraction) -> str:
    """`23.976`, `25`, `29.97`: a frame rate as people write it."""
    return f"{float(rate):.3f}".rstrip("0").rstrip(".")
