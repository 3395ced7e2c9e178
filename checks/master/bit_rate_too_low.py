"""The check master/bit-rate-too-low."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from assets.media import Master, VideoStream
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.media import pictures

MEGA = 1_000_000
PositiveInt = Annotated[int, Field(ge=1)]


class BitRateTooLow(Limits):
    """The least megabits per second of picture, from a height upwards: `{ 720 = 15, 2160 = 50 }`.

    A cropped picture counts as the 16:9 frame that it was cropped from: 3840x1600 has the height 2160.
    """

    min_mbps_from_height: Annotated[Mapping[PositiveInt, PositiveInt], Field(min_length=1)]


@check("master/bit-rate-too-low", on=Master, limits=BitRateTooLow)
def bit_rate_too_low(master: Master, limits: BitRateTooLow) -> Problems:
    """The picture is compressed more than the platform takes.

    The platform compresses it again, and the artefacts of both add up. Export again from the source at a higher rate.
    """
    for at, stream in pictures(master):
        if not stream.bit_rate:
            raise CannotCheck("the bit rate of the picture is unknown")
        height = _frame_height(stream)
        steps = [step for step in limits.min_mbps_from_height if step <= height]
        if not steps:
            raise CannotCheck(f"the platform has no bit rate for a picture of height {height}")
        least = limits.min_mbps_from_height[max(steps)]
        if stream.bit_rate < least * MEGA:
            yield Problem(
                "{measured}, at least {allowed}", at, measured=_text(stream.bit_rate), allowed=f"{least} Mb/s"
            )


def _frame_height(stream: VideoStream) -> int:
    return max(stream.height, stream.width * 9 // 16)


def _text(bit_rate: int) -> str:
    """Rounded down, so that a rate that is too low never reads like the limit."""
    hundredths = bit_rate * 100 // MEGA
    return f"{hundredths // 100}.{hundredths % 100:02} Mb/s"
