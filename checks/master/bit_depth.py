"""The check master/bit-depth."""

from typing import Annotated

from pydantic import Field

from assets.media import Master
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.media import pictures


class BitDepth(Limits):
    """The fewest bits of a picture sample, and the most where the platform takes no more."""

    min_bits: Annotated[int, Field(ge=1)]
    max_bits: Annotated[int, Field(ge=1)] | None = None


@check("master/bit-depth", on=Master, limits=BitDepth)
def bit_depth(master: Master, limits: BitDepth) -> Problems:
    """The picture has fewer bits per sample than the platform takes, or more.

    With too few, skies and dark walls show bands. Export again from the grade; bits that were lost do not come back by
    converting. With too many, a player or a workflow made for fewer cannot decode it.
    """
    for at, stream in pictures(master):
        if not stream.bit_depth:
            raise CannotCheck("the file does not state the bit depth of its picture")
        if stream.bit_depth < limits.min_bits:
            yield Problem(
                "{measured} picture, at least {allowed}",
                at,
                measured=f"{stream.bit_depth}-bit",
                allowed=f"{limits.min_bits}-bit",
            )
        elif limits.max_bits is not None and stream.bit_depth > limits.max_bits:
            yield Problem(
                "{measured} picture, at most {allowed}",
                at,
                measured=f"{stream.bit_depth}-bit",
                allowed=f"{limits.max_bits}-bit",
            )
