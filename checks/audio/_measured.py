"""What the checks of measured sound share: stretches as places and in words, what they cover, and long lists."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import islice

from assets.signals.model import ChannelSignals, Level, Loudness, SoundSignals, Stretch, Tone
from assets.timing import TICKS_PER_MS, Time, from_seconds
from checks.core import At, CannotCheck, Problem
from checks.signals import HUNDREDTHS, level_text

SHOWN = 10
"""Findings of one kind that are listed one by one; a sound that is broken everywhere has thousands."""

LFE = frozenset({"LFE", "LFE2"})
SURROUNDS = frozenset({"SL", "SR", "BL", "BR", "BC", "SDL", "SDR"})

_EMPTY_PERCENT = 99


def placed(at: At, part: Stretch | Tone) -> At:
    """The place of a part of a sound."""
    return replace(at, start=part.start, end=part.end)


def seconds(number: int) -> Time:
    """A limit in seconds as ticks."""
    return from_seconds(Fraction(number))


def length(part: Stretch | Tone | SoundSignals) -> Time:
    """How long a part of a sound, or the whole of it, is."""
    return part.end - part.start


def total(stretches: Iterable[Stretch]) -> Time:
    """How long stretches are together."""
    return sum(length(stretch) for stretch in stretches)


def overlap(stretch: Stretch, others: Sequence[Stretch]) -> Time:
    """How much of a stretch lies in others, which are in order and do not overlap each other."""
    shared = 0
    for other in islice(others, bisect_right(others, stretch.start, key=lambda item: item.end), None):
        if other.start >= stretch.end:
            break
        shared += min(stretch.end, other.end) - max(stretch.start, other.start)
    return shared


def is_empty(channel: ChannelSignals, sound: SoundSignals) -> bool:
    """Whether a channel is silent all the time, but for a click here and there."""
    return channel.peak is None or 100 * total(channel.silent) >= _EMPTY_PERCENT * length(sound)


def loudness_of(sound: SoundSignals) -> Loudness:
    """The loudness of a sound. Raises CannotCheck if it was not measured."""
    if sound.loudness is None:
        raise CannotCheck("its loudness was not measured")
    return sound.loudness


def as_shown(level: Level) -> Level:
    """A level to the tenth: a meter shows no more (EBU Tech 3341), and nobody could see why -23.54 is not -23.5."""
    return int(Decimal(level_text(level)) * HUNDREDTHS)


def length_text(time: Time) -> str:
    """`12.5 s`, `40 ms`: a length to the millisecond, in milliseconds below a second."""
    ms = round(Fraction(time, TICKS_PER_MS))
    if ms < 1000:  # noqa: PLR2004 -- a second
        return f"{ms} ms"
    return f"{ms // 1000}.{ms % 1000:03}".rstrip("0").rstrip(".") + " s"


def shortened(problems: Sequence[Problem]) -> Iterator[Problem]:
    """The first of many problems of one kind, and one that counts the others and spans them."""
    yield from problems[:SHOWN]
    rest = problems[SHOWN:]
    if rest:
        span = replace(rest[0].at, end=rest[-1].at.end)
        is_mild = all(problem.borderline for problem in rest)
        yield Problem("and {measured} more like these until here", span, measured=len(rest), borderline=is_mild)
