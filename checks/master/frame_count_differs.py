"""The check master/frame-count-differs."""

from typing import Annotated

from pydantic import Field

from assets.media import Master, VideoStream
from assets.signals.model import PictureSignals
from assets.timing import TICKS_PER_MS, to_seconds
from checks.core import At, Limits, Problem, Problems, check
from checks.master._edges import rate_of
from checks.master._fields import INTERLACED
from checks.signals import pictures_measured


class FrameCountDiffers(Limits):
    """By how many frames the decoded pictures, the coded ones and the declared length may differ."""

    max_frames: Annotated[int, Field(ge=0)]


@check("master/frame-count-differs", on=Master, limits=FrameCountDiffers)
def frame_count_differs(master: Master, limits: FrameCountDiffers) -> Problems:
    """More or fewer pictures come out of the file than it says it has.

    Pictures were lost, or the file's index is of another export: sound and subtitles end up elsewhere. Export it again.
    The length tells a number only where all frames last equally long.
    """
    for at, picture, stream in pictures_measured(master):
        rate = rate_of(stream)
        yield from _coded(at, picture, stream, limits)
        if stream.max_frame_ticks - stream.min_frame_ticks <= TICKS_PER_MS:
            yield from _declared(at, picture, round(to_seconds(stream.duration) * rate), limits)


def _coded(at: At, picture: PictureSignals, stream: VideoStream, limits: FrameCountDiffers) -> Problems:
    """Interlaced pictures may be coded as two fields each."""
    fields = 2 if stream.scan in INTERLACED and stream.frames > picture.frames * 3 // 2 else 1
    if abs(picture.frames * fields - stream.frames) > limits.max_frames * fields:
        yield Problem(
            "{measured} pictures decoded, {allowed} coded in the file",
            at,
            measured=picture.frames,
            allowed=stream.frames // fields,
        )


def _declared(at: At, picture: PictureSignals, declared: int, limits: FrameCountDiffers) -> Problems:
    if abs(picture.frames - declared) > limits.max_frames:
        yield Problem(
            "{measured} pictures decoded, {allowed} by length and frame rate",
            at,
            measured=picture.frames,
            allowed=declared,
        )
