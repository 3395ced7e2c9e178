"""The check master/container-aspect-differs."""

from fractions import Fraction

from assets.media import Master
from checks.core import Problem, Problems, check
from checks.media import pictures


@check("master/container-aspect-differs", on=Master)
def container_aspect_differs(master: Master) -> Problems:
    """The container gives the pixels another shape than the coded picture does.

    Some players stretch the picture and some do not. Write both alike; square pixels are 1:1 in both.
    """
    for at, stream in pictures(master):
        outer, inner = stream.container_says.sample_aspect, stream.picture_says.sample_aspect
        if outer is not None and inner is not None and outer != inner:
            yield Problem(
                "pixels of {measured} in the container, {allowed} in the picture",
                at,
                measured=_text(outer),
                allowed=_text(inner),
            )


def _text(ratio: Fraction) -> str:
    return f"{ratio.numerator}:{ratio.denominator}"
