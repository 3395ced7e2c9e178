"""The check master/colour-range."""

from typing import Literal

from assets.media import Master
from checks.core import Limits, Problem, Problems, check
from checks.media import UNSTATED, Several, listed, pictures


class ColourRange(Limits):
    """The ranges of code values a picture may be tagged with."""

    allowed: Several[Literal["limited", "full"]]


@check("master/colour-range", on=Master, limits=ColourRange)
def colour_range(master: Master, limits: ColourRange) -> Problems:
    """The picture's range of code values is one that the platform does not take.

    Full range shown as limited crushes shadows and burns highlights. Convert the picture, do not just change the tag.
    A file that says nothing is taken as limited by most players (ITU-T H.264, E.2.1), and is reported as borderline.
    """
    for at, stream in pictures(master):
        if stream.colour_range in limits.allowed:
            continue
        untagged = stream.colour_range in UNSTATED
        yield Problem(
            "colour range is not tagged, allowed: {allowed}" if untagged else "{measured} range, allowed: {allowed}",
            at,
            measured=stream.colour_range,
            allowed=listed(limits.allowed),
            borderline=untagged and "limited" in limits.allowed,
        )
