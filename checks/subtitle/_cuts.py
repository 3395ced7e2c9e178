"""What the checks against shot changes share: the cuts in frames, and half a second in frames."""

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from assets.subtitles.model import Cue, SubtitleTrack
from assets.timing import TICKS_PER_SECOND, Time, to_frames
from assets.title import Kind
from checks.core import CannotCheck, Limits
from checks.subtitle._cues import rate_of
from checks.subtitle._search import KEPT, Alone
from checks.subtitle._times import Times, times_of

HALF = Fraction(1, 2)

NEVER = 1 << 62
"""A frame that no programme has."""


class AtCuts(Limits):
    """`exempt` names the kinds that the rule is not for."""

    exempt: list[Kind] = []


@dataclass(frozen=True, slots=True, eq=False)
class Cuts:
    """The in-cues and out-cues of a track in frames at its rate, each with the cuts around it.

    `until_start` has for each cue the first frame of the shot that its in-cue is in, `from_start` that of the first
    shot from the in-cue on; `until_end` and `from_end` likewise for its out-cue. Where there is none it is NEVER away.
    `least_half` and `most_half` are the frames of half a second. They differ at an odd rate: nothing says whether half
    a second at 25 has 12 frames or 13.
    """

    cues: tuple[Cue, ...]
    starts: list[int]
    ends: list[int]
    until_start: list[int]
    from_start: list[int]
    until_end: list[int]
    from_end: list[int]
    least_half: int
    most_half: int


def half_second(rate: Fraction) -> tuple[int, int]:
    """The fewest and the most frames that half a second may be said to have: 12 at 23.976 and 24, 12 or 13 at 25."""
    nearest = rate * HALF
    if nearest % 1 == HALF:
        return int(nearest), int(nearest) + 1
    return round(nearest), round(nearest)


def cuts_of(track: SubtitleTrack) -> Cuts:
    """The cuts of the master that a track goes with. Raises CannotCheck if they, or its rate, are not known."""
    rate = rate_of(track)
    if track.cuts is None:
        raise CannotCheck("the master's shot changes have not been measured")
    return _cuts(times_of(track), Alone(track.cuts), rate)


@lru_cache(KEPT)
def _cuts(times: Times, measured: Alone[Time], rate: Fraction) -> Cuts:
    frames = sorted(to_frames(cut, rate) for cut in measured.items)
    starts, ends = _frames(times.starts, rate), _frames(times.ends, rate)
    around = *_around(starts, frames), *_around(ends, frames)
    return Cuts(times.cues, starts, ends, *around, *half_second(rate))


def _frames(times: list[Time], rate: Fraction) -> list[int]:
    """`to_frames` of many times."""
    frame = Fraction(TICKS_PER_SECOND) / (20 * rate)  # a twentieth of a frame, which is a whole number of ticks
    up, down = frame.denominator, frame.numerator
    return [(time * up + down) // (20 * down) for time in times]


def _around(times: list[int], cuts: list[int]) -> tuple[list[int], list[int]]:
    """For each frame the last cut at or before it, and the first at or after it."""
    padded = [-NEVER, *cuts, NEVER]
    places = [bisect_right(cuts, time) for time in times]
    until = [padded[place] for place in places]
    on_or_after = [
        cut if cut == time else padded[place + 1] for time, cut, place in zip(times, until, places, strict=True)
    ]
    return until, on_or_after
