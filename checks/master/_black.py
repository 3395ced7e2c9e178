"""The rule for black at either end of a master, which platforms have in opposite forms."""

from typing import Annotated

from pydantic import Field

from assets.media import VideoStream
from assets.signals.model import Stretch
from assets.timing import from_ms
from checks.core import At, Limits, Problem, Problems
from checks.master._edges import frames_in
from checks.media import Milliseconds
from checks.stretches import length, length_text, placed

Frames = Annotated[int, Field(ge=0)]


class Black(Limits):
    """The fewest frames of black and the most milliseconds of it; without `max_ms` there may be any number.

    `other_min_frames` and `other_max_ms` are what another text allows: what lies between the two is borderline.
    """

    min_frames: Frames = 0
    max_ms: Milliseconds | None = None
    other_min_frames: Frames | None = None
    other_max_ms: Milliseconds | None = None


def judged(at: At, black: Stretch | None, stream: VideoStream, limits: Black) -> Problems:
    """What is wrong with the black at an end of the picture; None is no black at all."""
    if limits.min_frames:
        frames = frames_in(black, stream) if black else 0
        if frames < limits.min_frames:
            disputed = limits.other_min_frames is not None and frames >= limits.other_min_frames
            place = placed(at, black) if black else at
            yield Problem(
                "{measured} of black, at least {allowed}",
                place,
                measured=frames_text(frames),
                allowed=limits.min_frames,
                borderline=disputed,
            )
    if black and limits.max_ms is not None and length(black) > from_ms(limits.max_ms):
        disputed = limits.other_max_ms is not None and length(black) <= from_ms(limits.other_max_ms)
        yield Problem(
            "{measured} of black, at most {allowed}",
            placed(at, black),
            measured=length_text(length(black)),
            allowed=length_text(from_ms(limits.max_ms)),
            borderline=disputed,
        )


def frames_text(frames: int) -> str:
    """`1 frame`, `12 frames`."""
    return f"{frames} frame" if frames == 1 else f"{frames} frames"
