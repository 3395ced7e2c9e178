"""What the checks against shot changes share: the cuts in frames, and half a second in frames."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from assets.subtitles.model import Cue, SubtitleTrack
from assets.timing import TICKS_PER_SECOND, Time, to_frames
from assets.title import Kind
from checks.core import CannotCheck, Limits
from checks.subtitle._cues import rate_of
from checks.subtitle._search import KEPT, Alone

HALF = Fraction(1, 2)


class AtCuts(Limits):
    """`exempt` names the kinds that the rule is not for."""

    exempt: list[Kind] = []


@dataclass(frozen=True, slots=True)
class Cuts:
    """The first frames of the shots, in order, at `rate`.

    `least_half` and `most_half` are the frames of half a second. They differ at an odd rate: nothing says whether half
    a second at 25 has 12 frames or 13. `spans` are the cues with the frames of their in-cues and out-cues.
    """

    frames: list[int]
    rate: Fraction
    least_half: int
    most_half: int
    spans: list[tuple[Cue, int, int]]

    def last_until(self, frame: int) -> int | None:
        """The last cut at or before a frame."""
        place = bisect_right(self.frames, frame)
        return self.frames[place - 1] if place else None

    def first_from(self, frame: int) -> int | None:
        """The first cut at or after a frame."""
        place = bisect_left(self.frames, frame)
        return self.frames[place] if place < len(self.frames) else None


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
    return _cuts(Alone(track.cues), Alone(track.cuts), rate)


@lru_cache(KEPT)
def _cuts(cues: Alone[Cue], cuts: Alone[Time], rate: Fraction) -> Cuts:
    frames = sorted(to_frames(cut, rate) for cut in cuts.items)
    scale, unit = (
        20 * rate.numerator,
        TICKS_PER_SECOND * rate.denominator,
    )  # to_frames, inlined
    whole = 20 * unit
    spans = [(cue, (scale * cue.start + unit) // whole, (scale * cue.end + unit) // whole) for cue in cues.items]
    return Cuts(frames, rate, *half_second(rate), spans)
