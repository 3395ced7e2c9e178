"""What the cues of a track tell of it: full, forced or SDH, the frame rate of its times, the picture they go with."""

import re
from collections.abc import Sequence
from fractions import Fraction

from assets.intake.telling import Sureness, Told
from assets.subtitles import sync
from assets.subtitles.frames import NTSC
from assets.subtitles.model import Cue
from assets.timing import TICKS_PER_MS, Time, from_frames, from_seconds, ms_text, rate_text, to_frames
from assets.title import Kind

_SOUND = re.compile(r"^\s*-?\s*[\[(（［【〔].{1,60}?[\])）］】〕]|[♪♫♬]", re.MULTILINE | re.DOTALL)
"""A sound or a speaker in brackets at the head of a row, or a note of music."""

_SDH_PER_CENT, _SDH_CUES = 5, 3
_FORCED_A_MINUTE, _FULL_A_MINUTE = Fraction(1, 2), 1
"""Fewer cues a minute are no dialogue, and from so many on it is one; feature films have 8 to 20."""

_OF_FULL, _FULL_CUES = 4, 20
"""A track with at most a quarter of the cues of the full track beside it is forced, if that has enough to compare."""

_LONG_ENOUGH = from_seconds(Fraction(600))
"""Below ten minutes the number of cues tells nothing of forced narrative."""

_RATES = (Fraction(24000, 1001), Fraction(24), Fraction(25), NTSC, Fraction(30), Fraction(50), Fraction(60000, 1001))
_GRID_CUES = 20
_ON_GRID_PER_CENT = 97
_LATEST = from_seconds(Fraction(1))
"""How far behind the end of the picture a last cue may stop and still be meant for it."""

_EARLIEST_PER_CENT = 80
_HOUR = from_seconds(Fraction(3600))


def kind_of(cues: Sequence[Cue], runtime: Time, by_name: str | None, beside: int = 0) -> Told:
    """What a track is for, by its cues over a `runtime` (0 where it is not known) and by its name.

    `beside` is the number of cues of a full track of the same picture, 0 where there is none.
    """
    found = _by_cues(cues, runtime, beside)
    if by_name is None:
        return found
    if by_name in {Kind.TEMPLATE, Kind.MARKETING}:
        return Told(by_name, Sureness.LIKELY, ("its name says so",))
    if found.value == by_name:
        return found.confirmed("its name says so")
    if by_name == Kind.FORCED and runtime < _LONG_ENOUGH:
        return Told(by_name, Sureness.LIKELY, ("its name says so",))
    named = Told(by_name, Sureness.LIKELY, ("its name says so",))
    return named.doubted(f"but {', '.join(found.reasons)}, as in a track of the kind {found.value}")


def _by_cues(cues: Sequence[Cue], runtime: Time, beside: int) -> Told:
    if cues and all(cue.forced for cue in cues):
        return Told(Kind.FORCED, Sureness.SURE, ("every cue is marked as forced",))
    sounds = sum(1 for cue in cues if _SOUND.search(cue.text))
    if sounds >= _SDH_CUES and sounds * 100 >= _SDH_PER_CENT * len(cues):
        reason = f"{sounds} of {len(cues)} cues have a sound or a speaker in brackets, or a note"
        return Told(Kind.SDH, Sureness.LIKELY, (reason,))
    return _by_number(len(cues), runtime, beside)


def _by_number(cues: int, runtime: Time, beside: int) -> Told:
    """Full or forced, by how many cues there are: beside those of a full track, else a minute."""
    found = Told(Kind.FULL, Sureness.LIKELY, (f"{cues} cues in {ms_text(runtime)}, few with sounds",))
    minutes = Fraction(runtime, 60 * TICKS_PER_MS * 1000)
    if beside >= _FULL_CUES:
        is_forced = cues * _OF_FULL <= beside
        reason = f"{cues} cues beside {beside} of a full track"
        return Told(Kind.FORCED if is_forced else Kind.FULL, Sureness.LIKELY, (reason,))
    if runtime < _LONG_ENOUGH or cues >= _FULL_A_MINUTE * minutes:
        return found
    if cues < _FORCED_A_MINUTE * minutes:
        return Told(Kind.FORCED, Sureness.LIKELY, (f"{cues} cues in {ms_text(runtime)} are too few for dialogue",))
    return found.doubted("which is much for forced narrative and little for dialogue")


def frame_rate_of(cues: Sequence[Cue], declared: Fraction | None) -> Told | None:
    """The frame rate that a track was made at: what the file says, or on whose frames nearly all its times lie."""
    if declared is not None:
        return Told(rate_text(declared), Sureness.SURE, ("the file says so",))
    times = [time for cue in cues for time in (cue.start, cue.end)]
    if len(cues) < _GRID_CUES:
        return None
    found = {rate: on for rate in _RATES if (on := _on_frames(times, rate)) * 100 >= _ON_GRID_PER_CENT * len(times)}
    alone = [rate for rate in found if rate / 2 not in found]  # what lies on the frames of 25 lies on those of 50
    if len(alone) != 1:
        return None  # no grid, or so coarse a one that it tells nothing
    rate = alone[0]
    reason = f"{found[rate] * 100 // len(times)} % of its times lie on frames of that rate"
    return Told(rate_text(rate), Sureness.LIKELY, (reason,))


def _on_frames(times: Sequence[Time], rate: Fraction) -> int:
    return sum(1 for time in times if abs(time - from_frames(to_frames(time, rate), rate)) <= TICKS_PER_MS)


def fits_runtime(cues: Sequence[Cue], runtime: Time) -> str:
    """Why a track is not made for a picture of that length; empty where nothing speaks against it."""
    if not cues or not runtime:
        return ""
    last = max(cue.end for cue in cues)
    if last <= runtime + _LATEST:
        return ""
    hours = min(cue.start for cue in cues) // _HOUR
    if hours and last - hours * _HOUR <= runtime + _LATEST:
        return f"its times count from {hours:02}:00:00:00, those of the picture from 0"
    return f"its last cue ends at {ms_text(last)}, behind the end of the picture at {ms_text(runtime)}"


def covers(cues: Sequence[Cue], runtime: Time) -> bool:
    """Whether a track ends about where a picture of that length does."""
    last = max((cue.end for cue in cues), default=0)
    return bool(runtime) and runtime * _EARLIEST_PER_CENT <= last * 100 <= (runtime + _LATEST) * 100


def out_of_step(cues: Sequence[Cue], reference: Sequence[Cue]) -> str:
    """How a track's times differ from those of another track of the same picture; empty if they do not, or unknown."""
    if len(cues) * _OF_FULL < len(reference):
        return ""  # of so few cues any line through the times of the others is as good as another
    found = sync.diagnose(cues, [(cue.start, cue.end) for cue in reference])
    return found.words if found.is_fault else ""
