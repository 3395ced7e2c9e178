"""The check master/frame-rate."""

from fractions import Fraction

from assets.conditions import Rate
from assets.media import Master
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.media import Several, pictures, rates_text

NEAR = Fraction(1, 1000)
"""Frames per second by which a file may miss a rate that it was meant to have."""


class FrameRate(Limits):
    """The exact frame rates a picture may have; `disputed` ones are allowed by one text and not by another."""

    allowed: Several[Rate]
    disputed: tuple[Rate, ...] = ()


@check("master/frame-rate", on=Master, limits=FrameRate)
def frame_rate(master: Master, limits: FrameRate) -> Problems:
    """The picture has a frame rate that the platform does not take.

    Deliver the rate it was shot or finished in; a converted rate judders, and its subtitles drift. A rate that misses
    an allowed one by less than 0.001 fps was written inexactly by an encoder, and is reported as borderline.
    """
    for at, stream in pictures(master):
        rate = stream.frame_rate
        if rate is None:
            raise CannotCheck("the file does not state its frame rate")
        if rate in limits.allowed:
            continue
        near = any(abs(rate - allowed) < NEAR for allowed in limits.allowed)
        yield Problem(
            "{measured}, allowed: {allowed}",
            at,
            measured=rates_text([rate]),
            allowed=rates_text(limits.allowed),
            borderline=near or rate in limits.disputed,
        )
