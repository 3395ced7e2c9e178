"""The check master/range-differs."""

from typing import Annotated

from pydantic import Field

from assets.media import Master, VideoStream
from assets.signals.model import Levels, PictureSignals
from checks.core import Limits, Problem, Problems, check
from checks.master._levels import BLACK, WHITE, at_depth, levels_of
from checks.signals import pictures_measured
from checks.stretches import length, overlap, total

NEAR_END = 4
"""Codes of 8 bits next to 0 and 255: who uses both ends has the full range."""

NEAR_LEGAL = 12
"""Codes of 8 bits inside black and white: who comes so near to both, and never passes them, has the limited range."""


class RangeDiffers(Limits):
    """From which share of the programme with codes outside the limited range, in per cent, it has the full range."""

    min_percent: Annotated[int, Field(ge=1, le=100)]


@check("master/range-differs", on=Master, limits=RangeDiffers)
def range_differs(master: Master, limits: RangeDiffers) -> Problems:
    """The picture's codes are of another range than its tag says.

    Shown by the tag, shadows are crushed and highlights burn, or everything is grey. Correct the tag, or convert the
    picture, whichever is wrong. No tag counts as limited.
    """
    for at, picture, stream in pictures_measured(master, "levels", "bars"):
        levels, tag = levels_of(picture), stream.colour_range
        looks_full = tag != "full" and _looks_full(levels, picture, stream, limits.min_percent)
        if looks_full or (tag == "full" and _looks_limited(levels, stream)):
            yield Problem(
                "Y' from {measured} looks like {looks} range, the tag says {allowed}",
                at,
                measured=f"{levels.luma.lowest} to {levels.luma.highest}",
                allowed=tag,
                values={"looks": "full" if looks_full else "limited"},
            )


def _looks_full(levels: Levels, picture: PictureSignals, stream: VideoStream, percent: int) -> bool:
    """Both ends are used, and neither by the ringing of a sharp edge here and there nor by bars, which have both."""
    ends = at_depth(NEAR_END, stream), at_depth(256 - NEAR_END, stream)
    uses_both = levels.luma.lowest <= ends[0] and levels.luma.highest >= ends[1]
    outside = total(levels.outside) - sum(overlap(part, picture.bars) for part in levels.outside)
    return uses_both and 100 * outside >= percent * length(picture)


def _looks_limited(levels: Levels, stream: VideoStream) -> bool:
    low, high = levels.luma.lowest, levels.luma.highest
    return at_depth(BLACK, stream) <= low <= at_depth(BLACK + NEAR_LEGAL, stream) and at_depth(
        WHITE - NEAR_LEGAL, stream
    ) <= high <= at_depth(WHITE, stream)
