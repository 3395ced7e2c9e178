"""The check master/scan."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from assets.conditions import Rate
from assets.media import Master
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.media import UNSTATED, Several, listed, pictures, rates_text

Order = Literal["progressive", "interlaced-tff", "interlaced-bff"]
Orders = Several[Order]


class Scan(Limits):
    """The scans a picture may have; `at` has others for some rates: `at = { "25" = ["interlaced-tff"] }`."""

    allowed: Orders
    at: Mapping[Rate, Orders] = {}


@check("master/scan", on=Master, limits=Scan)
def scan(master: Master, limits: Scan) -> Problems:
    """The picture is interlaced, or has its fields in an order, that the platform does not take.

    Interlaced pictures comb on screens that are progressive. Deliver the progressive original; where there is none,
    deinterlace once, with a good filter.
    """
    for at, stream in pictures(master):
        if stream.scan in UNSTATED:
            raise CannotCheck("the file does not say whether its picture is progressive or interlaced")
        allowed, where = _allowed(limits, stream.frame_rate)
        if stream.scan not in allowed:
            yield Problem("{measured}, allowed: {allowed}", at, measured=stream.scan, allowed=listed(allowed) + where)


def _allowed(limits: Scan, rate: Fraction | None) -> tuple[Orders, str]:
    """The scans that are allowed at a rate, and words for the rate where it matters."""
    if not limits.at:
        return limits.allowed, ""
    if rate is None:
        raise CannotCheck("the file does not state its frame rate, on which the allowed scan depends")
    return limits.at.get(rate, limits.allowed), f" at {rates_text([rate])}"
