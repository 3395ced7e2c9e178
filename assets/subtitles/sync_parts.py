"""Where along a track each difference holds: one part for a track that is off as a whole, more for one with jumps.

Times here are milliseconds in the reference's speed.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import isqrt
from statistics import median

SWITCH = 4
"""So many cues must fit better before another part is begun: chance fits a few anywhere."""

FEWEST = 8
"""Cues that a part needs to fit."""


@dataclass(frozen=True, slots=True)
class Part:
    """Cues `first` up to but not including `stop`, counted from 0, that differ by `difference`; `fits` of them do."""

    first: int
    stop: int
    difference: int
    fits: int


def by_chance(cues: int, reference: Sequence[int], tolerance: int) -> int:
    """How many of so many cues have a time of the reference within the tolerance if neither knows of the other."""
    span = max(1, reference[-1] - reference[0])
    return min(cues, cues * len(reference) * 2 * tolerance // span)


def is_more_than_chance(fits: int, expected: int) -> bool:
    """Whether so many fits are far more than chance gives even at the best of thousands of places."""
    return fits >= FEWEST and fits > expected + 5 * isqrt(expected) + FEWEST // 2


def parts(starts: Sequence[int], reference: Sequence[int], differences: Sequence[int], tolerance: int) -> list[Part]:
    """The parts of a track, in order, that fit the most cues with the fewest jumps between the differences."""
    residuals = [
        [_residual(start - difference, reference, tolerance) for start in starts] for difference in differences
    ]
    found = list(_stretches(_path([[item is not None for item in row] for row in residuals])))
    made = [_part(first, stop, differences[state], residuals[state]) for state, first, stop in found]
    return _joined(made, starts, reference, tolerance)


def _residual(time: int, reference: Sequence[int], tolerance: int) -> int | None:
    """How far a time is from the nearest one of the reference; None if that is beyond the tolerance."""
    place = bisect_left(reference, time)
    near = min((time - other for other in reference[max(0, place - 1) : place + 1]), key=abs)
    return near if abs(near) <= tolerance else None


def matched(starts: Sequence[int], reference: Sequence[int], part: Part, tolerance: int) -> Iterator[tuple[int, int]]:
    """The cues of a part that fit, counted from 0, each with the time of the reference that it fits."""
    for cue in range(part.first, part.stop):
        time = starts[cue] - part.difference
        residual = _residual(time, reference, tolerance)
        if residual is not None:
            yield cue, time - residual


def _path(fits: Sequence[Sequence[bool]]) -> list[int]:
    """For each cue the difference that it belongs to: the best path, where each jump costs SWITCH (Viterbi)."""
    states = range(len(fits))
    scores = [0] * len(fits)
    back: list[list[int]] = []
    for cue in range(len(fits[0])):
        best = max(states, key=scores.__getitem__)
        jumped = scores[best] - SWITCH
        # A jump that costs no more than staying is made here and not earlier: where the new difference first fits.
        back.append([best if jumped >= scores[state] else state for state in states])
        scores = [max(scores[state], jumped) + fits[state][cue] for state in states]
    state = max(states, key=scores.__getitem__)
    path = []
    for came_from in reversed(back):
        path.append(state)
        state = came_from[state]
    return path[::-1]


def _stretches(path: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """State, first cue and stop of each stretch in one state."""
    first = 0
    for place in range(1, len(path) + 1):
        if place == len(path) or path[place] != path[first]:
            yield path[first], first, place
            first = place


def _part(first: int, stop: int, difference: int, residuals: Sequence[int | None]) -> Part:
    near = [item for item in residuals[first:stop] if item is not None]
    return Part(first, stop, difference + (round(median(near)) if near else 0), len(near))


def _joined(made: list[Part], starts: Sequence[int], reference: Sequence[int], tolerance: int) -> list[Part]:
    """Without the parts that prove nothing: their cues count to the part before, or to the next one."""
    strong: list[Part] = []
    for part in made:
        cues = part.stop - part.first
        if not is_more_than_chance(part.fits, by_chance(cues, reference, tolerance)) or part.fits * 3 < cues:
            continue
        if strong and abs(strong[-1].difference - part.difference) <= 2 * tolerance:
            best = max(strong[-1], part, key=lambda item: item.fits)
            strong[-1] = replace(strong[-1], difference=best.difference, fits=strong[-1].fits + part.fits)
        else:
            strong.append(part)
    strong = strong or [max(made, key=lambda part: part.fits)]
    firsts = [0, *(part.first for part in strong[1:])]
    stops = [*firsts[1:], len(starts)]
    return [replace(part, first=first, stop=stop) for part, first, stop in zip(strong, firsts, stops, strict=True)]
