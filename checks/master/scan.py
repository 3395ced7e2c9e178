"""The check master/scan."""

from typing import Literal

from assets.media import Master
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.media import UNSTATED, Several, listed, pictures


class Scan(Limits):
    """The scans a picture may have. Where they depend on its rate, the platform's table has cases."""

    allowed: Several[Literal["progressive", "interlaced-tff", "interlaced-bff"]]


@check("master/scan", on=Master, limits=Scan)
def scan(master: Master, limits: Scan) -> Problems:
    """The picture is interlaced, or has its fields in an order, that the platform does not take.

    Interlaced pictures comb on screens that are progressive. Deliver the progressive original; where there is none,
    deinterlace once, with a good filter.
    """
    for at, stream in pictures(master):
        if stream.scan in UNSTATED:
            raise CannotCheck("the file does not say whether its picture is progressive or interlaced")
        if stream.scan not in limits.allowed:
            yield Problem("{measured}, allowed: {allowed}", at, measured=stream.scan, allowed=listed(limits.allowed))
