"""The check master/bit-rate-peak."""

from typing import Annotated

from pydantic import Field

from assets.media import Master
from assets.timing import TICKS_PER_SECOND
from checks.core import At, CannotCheck, Limits, Problem, Problems, check
from checks.media import pictures

MEGA = 1_000_000


class BitRatePeak(Limits):
    """The most megabits that a second of picture may have."""

    max_mbps: Annotated[int, Field(ge=1)]


@check("master/bit-rate-peak", on=Master, limits=BitRatePeak)
def bit_rate_peak(master: Master, limits: BitRatePeak) -> Problems:
    """The picture needs more bits in a second than the platform's player or transcoder takes.

    Playout from a disk or a network stalls there, however low the average is. Encode again with that peak as a limit.
    """
    for at, stream in pictures(master):
        rates = stream.bit_rates
        if rates is None:
            raise CannotCheck("the bit rate of each second is unknown")
        peak = max(rates.bits)
        if peak > limits.max_mbps * MEGA:
            start = rates.start + rates.bits.index(peak) * TICKS_PER_SECOND
            over = sum(bits > limits.max_mbps * MEGA for bits in rates.bits)
            yield Problem(
                "{measured} in one second, at most {allowed}; seconds above it: {over}",
                At(at.label, start, start + TICKS_PER_SECOND),
                measured=_text(peak),
                allowed=f"{limits.max_mbps} Mb/s",
                values={"over": over},
            )


def _text(bits: int) -> str:
    """Rounded up, so that a rate that is too high never reads like the limit."""
    hundredths = -(-bits * 100 // MEGA)
    return f"{hundredths // 100}.{hundredths % 100:02} Mb/s"
