"""What a fix is: a pure function of cues, and what a platform and a master say that it needs to know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assets.subtitles.model import Cue
from assets.timing import Time, from_frames


@dataclass(frozen=True, slots=True)
class Setting:
    """What a fix works by.

    `rate` is that of the picture, None where it is not known; then no time is touched. `grid` is the step of the times
    that the file's format can write, in ticks. `gap` are the frames between two cues that belong together. `speaker` is
    what begins a speaker's line, None where nothing is asked. `cuts` are the shot changes, empty where not measured.
    """

    language: str
    rate: Fraction | None = None
    grid: Time = 1
    gap: int = 2
    speaker: str | None = None
    cuts: Sequence[Time] = ()

    def before(self, time: Time) -> Time:
        """The out-cue that leaves the gap before a time, on the grid; without a rate the time itself."""
        gap = from_frames(self.gap, self.rate) if self.rate else 0
        return (time - gap) // self.grid * self.grid


@dataclass(frozen=True, slots=True)
class Fix:
    """A fix. `answers` names the checks whose findings it mends.

    `mend` gives as many cues as it takes, each known by its number; it changes nothing that it has changed before.
    `is_timing` says that the cue before the one that a finding names may be what has to change, `is_whole` that the
    findings are about the track as a whole.
    """

    name: str
    title: str
    answers: frozenset[str]
    mend: Callable[[tuple[Cue, ...], Setting], tuple[Cue, ...]]
    is_timing: bool = False
    is_whole: bool = False
