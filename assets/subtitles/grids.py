"""The times that a format can write, and times in words to the microsecond."""

from fractions import Fraction

from assets.errors import UsageError
from assets.subtitles import frames
from assets.subtitles.format import Grid
from assets.timing import TICKS_PER_MS, TICKS_PER_SECOND, Time, from_frames

_MICROSECOND = 1_000_000


def on_grid(time: Time, grid: Grid, rate: Fraction | None) -> Time:
    """The time of a grid that is nearest, the later one of two. Raises UsageError for frames without a rate."""
    if grid is Grid.EXACT:
        return time
    if grid is Grid.FRAMES:
        if rate is None:
            raise UsageError("times in frames need a frame rate, such as 24, 23.976 or 30000/1001")
        frame, (step, rest) = frames.nearest(time, rate), divmod(TICKS_PER_SECOND * rate.denominator, rate.numerator)
        return from_frames(frame, rate) if rest else frame * step
    step = TICKS_PER_MS if grid is Grid.MILLISECONDS else 10 * TICKS_PER_MS
    return (time + step // 2) // step * step


def after(time: Time, grid: Grid, rate: Fraction | None) -> Time:
    """The next time of a grid after one of its times; a millisecond later where the grid is finer than that."""
    if grid is Grid.FRAMES and rate is not None:
        return from_frames(frames.nearest(time, rate) + 1, rate)
    return time + (10 * TICKS_PER_MS if grid is Grid.CENTISECONDS else TICKS_PER_MS)


def time_text(time: Time) -> str:
    """`00:00:01.500`, with as many digits more as it takes to the microsecond if the time is no whole millisecond."""
    seconds, rest = divmod(abs(time), TICKS_PER_SECOND)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    ms, beyond = divmod(rest, TICKS_PER_MS)
    part = f"{ms:03}"
    if beyond:
        part = f"{min((2 * rest * _MICROSECOND + TICKS_PER_SECOND) // (2 * TICKS_PER_SECOND), _MICROSECOND - 1):06}"
    return f"{'-' if time < 0 else ''}{hours:02}:{minutes:02}:{seconds:02}.{part}"
