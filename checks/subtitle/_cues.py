"""What the checks of cues share: places, frames, and how times and texts are shown in a message."""

from collections.abc import Iterator
from fractions import Fraction

from assets.subtitles.model import Cue, SubtitleTrack
from assets.timing import TICKS_PER_MS, TICKS_PER_SECOND, Time
from checks.core import At, CannotCheck

ROUNDING = TICKS_PER_MS
"""What the times of a file in milliseconds may be away from the frames they stand for, in-cue and out-cue together."""

MAX_SHOWN = 60


def at(cue: Cue) -> At:
    """The place of a cue."""
    return At(f"cue {cue.number}", cue.start, cue.end, cue.line or None)


def rate_of(track: SubtitleTrack) -> Fraction:
    """The frame rate of the picture that the track goes with. Raises CannotCheck if it is not known."""
    if track.frame_rate is None:
        raise CannotCheck("no frame rate is known: the version has no readable master")
    return track.frame_rate


def frames_of(time: Time, rate: Fraction) -> int:
    """The whole frames in a stretch of time; what milliseconds round away at both ends is added first."""
    return int(Fraction(time + ROUNDING, TICKS_PER_SECOND) * rate // 1)


def in_time_order(track: SubtitleTrack) -> list[Cue]:
    """The cues by in-cue, whatever their order in the file."""
    return sorted(track.cues, key=lambda cue: (cue.start, cue.end))


def neighbours(track: SubtitleTrack) -> Iterator[tuple[Cue, Cue]]:
    """Each cue but the first with the one before it that ends last, in order of time."""
    cues = in_time_order(track)
    last = cues[0] if cues else None
    for cue in cues[1:]:
        if last is not None:
            yield last, cue
            last = max(last, cue, key=lambda item: item.end)


def frames_text(frames: int) -> str:
    """`1 frame`, `2 frames`."""
    return f"{frames} frame" if frames == 1 else f"{frames} frames"


def seconds_text(time: Time) -> str:
    """`7.001 s`: a stretch of time to the millisecond."""
    ms = round(Fraction(abs(time), TICKS_PER_MS))
    return f"{'-' if time < 0 else ''}{ms // 1000}.{ms % 1000:03} s"


def shown(text: str) -> str:
    """A text on one line, cut if it is long."""
    line = " / ".join(part.strip() for part in text.split("\n"))
    return line if len(line) <= MAX_SHOWN else line[: MAX_SHOWN - 1] + "…"
