"""`gaps`: gaps that are neither the smallest nor half a second."""

from dataclasses import replace

from assets.subtitles.model import Cue
from checks.fixes._fix import Fix, Setting
from checks.subtitle._cues import frames_of
from checks.subtitle._cuts import half_second
from checks.subtitle._times import neighbours


def _mend(cues: tuple[Cue, ...], setting: Setting) -> tuple[Cue, ...]:
    rate = setting.rate
    if rate is None:
        return cues
    least, _ = half_second(rate)
    ends: dict[int, int] = {}
    for before, cue in neighbours(cues):
        end = setting.before(cue.start)
        if setting.gap < frames_of(cue.start - before.end, rate) < least and end > before.end:
            ends[id(before)] = end
    return tuple(replace(cue, end=ends[id(cue)]) if id(cue) in ends else cue for cue in cues)


FIX = Fix(
    "gaps",
    "Close a gap shorter than half a second to the smallest one.",
    frozenset({"subtitle/gap-not-closed"}),
    _mend,
    is_timing=True,
)
