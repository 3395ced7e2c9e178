"""`cuts`: in-cues shortly after a shot change, and out-cues on one."""

from bisect import bisect_left, bisect_right
from dataclasses import replace

from assets.subtitles.model import Cue
from assets.timing import to_frames
from checks.fixes._fix import Fix, Setting
from checks.subtitle._cuts import half_second


def _mend(cues: tuple[Cue, ...], setting: Setting) -> tuple[Cue, ...]:
    if setting.rate is None or not setting.cuts:
        return cues
    cuts = sorted(setting.cuts)
    return tuple(_at_cuts(cue, cuts, setting) for cue in cues)


def _at_cuts(cue: Cue, cuts: list[int], setting: Setting) -> Cue:
    rate = setting.rate
    if rate is None:
        return cue
    start, end = cue.start, cue.end
    least, _ = half_second(rate)
    last = bisect_right(cuts, start) - 1
    if last >= 0 and 0 < to_frames(start, rate) - to_frames(cuts[last], rate) < least:
        start = -(-cuts[last] // setting.grid) * setting.grid
    first = bisect_left(cuts, end)
    for cut in cuts[max(0, first - 1) : first + 1]:
        if 0 <= to_frames(cut, rate) - to_frames(end, rate) < setting.gap:
            end = setting.before(cut)
    return replace(cue, start=start, end=end) if start < end and (start, end) != (cue.start, cue.end) else cue


FIX = Fix(
    "cuts",
    "Begin a cue on the shot change that it begins shortly after; end one two frames before the change it ends on.",
    frozenset({"subtitle/in-cue-after-cut", "subtitle/out-cue-on-cut"}),
    _mend,
    is_timing=True,
)
