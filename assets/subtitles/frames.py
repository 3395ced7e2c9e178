"""Frame counts and the labels of timecode (SMPTE ST 12-1), for the formats whose times are frames."""

from fractions import Fraction

from assets.timing import TICKS_PER_SECOND, Time

NTSC = Fraction(30000, 1001)
"""The rate of television of 525 lines, 29.97 frames a second."""

MINUTES_OF_TEN = 10


def nearest(time: Time, rate: Fraction) -> int:
    """The frame whose start is nearest to `time`; half a frame goes up. A time before zero is frame zero."""
    step = 2 * TICKS_PER_SECOND * rate.denominator
    return max(0, (2 * time * rate.numerator + step // 2) // step)


def count(fields: tuple[int, int, int, int], nominal: int, *, drop: bool = False) -> int:
    """How many frames lie before the label (hours, minutes, seconds, frames) with `nominal` labels a second.

    Drop-frame labels leave out two a minute (four at a nominal 60) but in each tenth minute.
    """
    hours, minutes, seconds, frames = fields
    whole = hours * 60 + minutes
    dropped = nominal // 15 * (whole - whole // MINUTES_OF_TEN) if drop else 0
    return (whole * 60 + seconds) * nominal + frames - dropped


def fields(frames: int, nominal: int, *, drop: bool = False) -> tuple[int, int, int, int]:
    """The label (hours, minutes, seconds, frames) of a frame: the inverse of `count`."""
    if drop:
        dropped = nominal // 15
        tens, rest = divmod(frames, nominal * 600 - dropped * 9)
        minutes = max(0, rest - dropped) // (nominal * 60 - dropped)
        frames += dropped * (9 * tens + minutes)
    seconds, frame = divmod(frames, nominal)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return hours, minutes, seconds, frame


def is_clock(hours: int, minutes: int, seconds: int) -> bool:
    """Whether these are a time of day."""
    return (hours, minutes, seconds) <= (23, 59, 59) and max(minutes, seconds) <= 59  # noqa: PLR2004


def is_dropped(label: tuple[int, int, int, int], nominal: int) -> bool:
    """Whether a drop-frame count leaves out this label, so that no frame has it."""
    _, minutes, seconds, frame = label
    return minutes % MINUTES_OF_TEN != 0 and seconds == 0 and frame < nominal // 15
