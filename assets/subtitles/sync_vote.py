"""Which constant differences, at which speed, most in-cues have from the reference: found by voting.

Each in-cue votes for its differences from all times of the reference that are near. What is true of the whole track
gets a vote of almost every cue; what is not gets as many as chance gives. Times here are milliseconds.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, permutations
from statistics import median

FILM, PAL, NTSC = Fraction(24), Fraction(25), Fraction(30)
PULL_DOWN = Fraction(1000, 1001)

RATES = (FILM, PAL, NTSC, FILM * PULL_DOWN, NTSC * PULL_DOWN)
"""The frame rates that are confused with one another."""

SPEEDS = tuple(dict.fromkeys([Fraction(1), *(fast / slow for fast, slow in permutations(RATES, 2))]))
"""What a track's times may be multiplied by, each once, the plain one first; 24/23.976 is also 30/29.97."""

BIN = 40
NEAR = 120_000
FAR = 1_800_000
"""How far from the reference a cue is looked for: at each speed, and at the speed that fits best."""

HOUR = 3_600_000
"""Timecode often begins at one hour, or ten."""

SAMPLED = 400
"""Cues that vote on the speed, and on far differences; with more the answer is the same, only later."""

BLOCK = 24
MOST_BLOCKS = 100
AROUND_BLOCK = 30_000
"""Cues that vote together on what holds for a short stretch alone, such as the last minute; how far they look."""

MOST_CUES = 4_000
MOST_PEAKS = 6
NEARLY = Fraction(17, 20)
"""An answer closer to `nothing is wrong` is taken before a better one if it has this share of its votes."""


@dataclass(frozen=True, slots=True)
class Peak:
    """A difference, in the reference's time, that many cues have; `votes` of them were counted."""

    difference: int
    votes: int


def at_speed(starts: Sequence[int], speed: Fraction) -> list[int]:
    """Times as they would be at the reference's speed."""
    up, down = speed.denominator, speed.numerator
    return list(starts) if up == down else [start * up // down for start in starts]


def best_speed(starts: Sequence[int], reference: Sequence[int], tolerance: int) -> Fraction:
    """The speed at which one difference gets the most votes; 1 if it gets nearly as many."""
    some = _some(starts, SAMPLED)
    votes: dict[Fraction, int] = {}
    for speed in SPEEDS:
        peaks = _peaks_at(at_speed(some, speed), reference, tolerance, NEAR, 1)
        votes[speed] = peaks[0].votes if peaks else 0
    best = max(votes.values())
    return SPEEDS[0] if votes[SPEEDS[0]] >= NEARLY * best else max(SPEEDS, key=lambda speed: votes[speed])


def peaks(starts: Sequence[int], reference: Sequence[int], tolerance: int) -> list[Peak]:
    """The differences with the most votes, any two further apart than the tolerance.

    No difference at all is the first if it has nearly as many votes as the best: cues that come at even times fit many.
    """
    near = _peaks_at(_some(starts, MOST_CUES), reference, tolerance, NEAR, MOST_PEAKS)
    far = _peaks_at(_some(starts, SAMPLED), reference, tolerance, FAR, MOST_PEAKS)
    most = max((peak.votes for peak in near), default=0)
    none = sum(_votes(_some(starts, MOST_CUES), reference, -tolerance, tolerance).values())
    found = [Peak(0, none)] if none and none >= NEARLY * most else []
    for peak in (*near, *far, *_local(starts, reference, tolerance)):
        is_new = all(abs(peak.difference - other.difference) > 2 * tolerance for other in found)
        if is_new and len(found) < 3 * MOST_PEAKS:
            found.append(peak)
    return found


def _local(starts: Sequence[int], reference: Sequence[int], tolerance: int) -> list[Peak]:
    """The differences that most of the cues of some block have, the ones with the most votes first."""
    step = max(BLOCK // 2, len(starts) // MOST_BLOCKS)
    found = []
    for first in (*range(0, len(starts) - BLOCK, step), max(0, len(starts) - BLOCK)):
        votes = _votes(starts[first : first + BLOCK], reference, -AROUND_BLOCK, AROUND_BLOCK)
        found += [peak for peak in _peaks(votes, tolerance, 1) if peak.votes * 2 >= BLOCK]
    return sorted(found, key=lambda peak: -peak.votes)


def _some(starts: Sequence[int], most: int) -> Sequence[int]:
    """At most so many, spread evenly."""
    return starts[:: -(-len(starts) // most)] if starts else starts


def _peaks_at(starts: Sequence[int], reference: Sequence[int], tolerance: int, reach: int, most: int) -> list[Peak]:
    """The best peaks around no difference, or around the difference of the medians and the nearest hour to it."""
    best: list[Peak] = []
    middle = int(median(starts) - median(reference))
    for centre in (0, middle, (middle + HOUR // 2) // HOUR * HOUR) if abs(middle) > reach // 2 else (0,):
        found = list(_peaks(_votes(starts, reference, centre - reach, centre + reach), tolerance, most))
        if found and (not best or found[0].votes > best[0].votes):
            best = found
    return best


def _votes(starts: Sequence[int], reference: Sequence[int], low: int, high: int) -> Counter[int]:
    """How many pairs of a cue and a time of the reference have each difference, in bins."""
    bins: list[int] = []
    for start in starts:
        near = reference[bisect_left(reference, start - high) : bisect_right(reference, start - low)]
        bins += [(start - time) // BIN for time in near]
    return Counter(bins)


def _peaks(votes: Counter[int], tolerance: int, most: int) -> Iterator[Peak]:
    """The windows, as wide as the tolerance on both sides, that have the most votes; no two of them overlap."""
    if not votes:
        return
    width = 2 * tolerance // BIN
    first = min(votes) - width
    sums = [0, *accumulate(votes.get(number, 0) for number in range(first, max(votes) + width + 1))]
    windows = [high - low for low, high in zip(sums, sums[width:], strict=False)]
    for _ in range(most):
        top = max(windows)
        if not top:
            return
        place = windows.index(top)
        yield Peak((2 * (first + place) + width) * BIN // 2, top)
        left = max(0, place - 2 * width)
        windows[left : place + 2 * width + 1] = [0] * len(windows[left : place + 2 * width + 1])
