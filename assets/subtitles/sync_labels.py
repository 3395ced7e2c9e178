"""Telling drop-frame labels that were read as non-drop ones, or the reverse, from a track at another speed.

Both put a track out by a thousandth. But the labels that drop-frame leaves out are left out at once, two at the start
of each minute (SMPTE ST 12-1), so that the difference goes up in steps and not evenly.
"""

from collections.abc import Sequence
from fractions import Fraction
from statistics import median

from assets.subtitles import frames
from assets.timing import Time, from_frames, to_frames

NOMINAL = 30
CLEARLY = (9, 10)
"""One explanation is taken where what it leaves over is at most so much of what the other one leaves."""

DROP_AS_NON_DROP = "drop-frame labels read as non-drop ones"
NON_DROP_AS_DROP = "non-drop labels read as drop-frame ones"


def cause(pairs: Sequence[tuple[Time, Time]], speed: Fraction) -> str:
    """What the pairs of a cue's time and its right time tell of labels, for a track at 1001/1000 or 1000/1001.

    One of the two phrases; empty where the pairs go up evenly; the phrase after `or` where they tell too little.
    """
    is_slow = speed > 1
    phrase = DROP_AS_NON_DROP if is_slow else NON_DROP_AS_DROP
    read = _drop_as_non_drop if is_slow else _non_drop_as_drop
    by_labels = _spread([time - read(right) for time, right in pairs])
    evenly = _spread([time - right * speed.numerator // speed.denominator for time, right in pairs])
    few, many = CLEARLY
    if by_labels * many <= evenly * few:
        return phrase
    return "" if evenly * many <= by_labels * few else f"or {phrase}"


def _spread(residuals: Sequence[Time]) -> Time:
    """The mean distance from the middle one."""
    middle = int(median(residuals))
    return sum(abs(item - middle) for item in residuals) // len(residuals)


def _drop_as_non_drop(time: Time) -> Time:
    label = frames.fields(to_frames(max(0, time), frames.NTSC), NOMINAL, drop=True)
    return from_frames(frames.count(label, NOMINAL), frames.NTSC)


def _non_drop_as_drop(time: Time) -> Time:
    label = frames.fields(to_frames(max(0, time), frames.NTSC), NOMINAL)
    return from_frames(frames.count(label, NOMINAL, drop=True), frames.NTSC)
