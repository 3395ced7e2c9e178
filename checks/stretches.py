"""What the checks of measured pictures and sound share about parts of a programme: places, lengths and long lists."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import Protocol

from assets.signals.model import Stretch
from assets.timing import TICKS_PER_MS, Time
from checks.core import At, Problem

SHOWN = 10
"""Findings of one kind that are listed one by one; a file that is broken everywhere has thousands."""

_SECOND, _MINUTE = 1000, 60_000


class Span(Protocol):
    """Anything with a start and an end: a stretch, a tone, a framing, the whole of a picture or a sound."""

    @property
    def start(self) -> Time:
        """The time of its first frame or sample."""

    @property
    def end(self) -> Time:
        """The time at which what follows begins."""


def placed(at: At, part: Span) -> At:
    """The place of a part of a picture or a sound."""
    return replace(at, start=part.start, end=part.end)


def length(part: Span) -> Time:
    """How long a part of a picture or a sound, or the whole of it, is."""
    return part.end - part.start


def total(parts: Iterable[Span]) -> Time:
    """How long parts are together."""
    return sum(length(part) for part in parts)


def overlap(part: Span, others: Sequence[Stretch]) -> Time:
    """How much of a part lies in stretches, which are in order and do not overlap each other."""
    shared = 0
    for other in islice(others, bisect_right(others, part.start, key=lambda item: item.end), None):
        if other.start >= part.end:
            break
        shared += min(part.end, other.end) - max(part.start, other.start)
    return shared


def length_text(time: Time) -> str:
    """`40 ms`, `12.5 s`, `84 min 5 s`: a length to the millisecond."""
    ms = round(Fraction(time, TICKS_PER_MS))
    if ms < _SECOND:
        return f"{ms} ms"
    minutes, rest = divmod(ms, _MINUTE)
    seconds = f"{rest // _SECOND}.{rest % _SECOND:03}".rstrip("0").rstrip(".")
    return " ".join([f"{minutes} min"] * bool(minutes) + [f"{seconds} s"] * bool(rest))


def shortened(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The first of many problems of one kind, and one that counts the others and spans them."""
    shown = iter(problems)
    yield from islice(shown, SHOWN)
    rest = list(shown)
    if rest:
        last = rest[-1].at
        span = replace(rest[0].at, end=last.start if last.end is None else last.end)
        is_mild = all(problem.borderline for problem in rest)
        yield Problem("and {measured} more like these until here", span, measured=len(rest), borderline=is_mild)
