"""The check master/over-compressed."""

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from assets.media import Master
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.media import pictures


class OverCompressed(Limits):
    """The most pixels that one bit may stand for, in hundredths: 259 is 1920x1080 at 25 fps in 20 Mb/s."""

    max_hundredths: Annotated[int, Field(ge=1)]


@check("master/over-compressed", on=Master, limits=OverCompressed)
def over_compressed(master: Master, limits: OverCompressed) -> Problems:
    """The picture has too few bits for its size and frame rate.

    A platform compresses it again, and blocks and bands of both add up. Export again from the source with more bits;
    a modern codec at the same measure looks better than an old one.
    """
    for at, stream in pictures(master):
        if not stream.bit_rate or not stream.frame_rate or not stream.width or not stream.height:
            raise CannotCheck("bit rate, frame rate or size of the picture is unknown")
        measure = Fraction(stream.width * stream.height) * stream.frame_rate / stream.bit_rate
        if measure * 100 > limits.max_hundredths:
            yield Problem(
                "{measured} pixels per bit, at most {allowed}",
                at,
                # Rounded up, so that what is too much never reads like the limit.
                measured=_text(-(-measure * 100 // 1)),
                allowed=_text(limits.max_hundredths),
            )


def _text(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"
