"""`overlaps`: cues that are shown until after the next has begun."""

from bisect import bisect_right
from dataclasses import replace

from assets.subtitles.model import Cue
from assets.timing import Time
from checks.fixes._fix import Fix, Setting
from checks.subtitle._cues import least_time


def _mend(cues: tuple[Cue, ...], setting: Setting) -> tuple[Cue, ...]:
    if setting.rate is None:
        return cues
    starts = sorted({cue.start for cue in cues})
    least = least_time(setting.gap, setting.rate)
    return tuple(_trimmed(cue, starts, setting, least) for cue in cues)


def _trimmed(cue: Cue, starts: list[Time], setting: Setting, least: Time) -> Cue:
    """The cue, ended before the next in-cue; as it is, if that comes too soon."""
    place = bisect_right(starts, cue.start)
    if place == len(starts):
        return cue
    end = setting.before(starts[place])
    is_late = starts[place] - cue.end < least
    return replace(cue, end=end) if is_late and cue.start < end < cue.end else cue


FIX = Fix(
    "overlaps",
    "End a cue before the next begins, with the smallest gap between them.",
    frozenset({"subtitle/overlap", "subtitle/gap-too-short"}),
    _mend,
    is_timing=True,
)
