"""The check master/chroma."""

from typing import Literal

from assets.media import Master
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.media import UNSTATED, Several, listed, pictures


class Chroma(Limits):
    """The samplings of colour a picture may have."""

    allowed: Several[Literal["4:2:0", "4:2:2", "4:4:4"]]


@check("master/chroma", on=Master, limits=Chroma)
def chroma(master: Master, limits: Chroma) -> Problems:
    """The picture's colour is sampled in a way that the platform does not take.

    Too coarse a sampling blurs coloured edges and titles. Export again from the grade, in an allowed pixel format.
    """
    for at, stream in pictures(master):
        if stream.chroma in UNSTATED:
            raise CannotCheck("the file does not state how its colour is sampled")
        if stream.chroma not in limits.allowed:
            yield Problem(
                "chroma {measured}, allowed: {allowed}",
                at,
                measured=stream.chroma,
                allowed=listed(limits.allowed),
            )
