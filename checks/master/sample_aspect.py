"""The check master/sample-aspect."""

from assets.media import Master
from checks.core import Problem, Problems, check
from checks.media import pictures


@check("master/sample-aspect", on=Master)
def sample_aspect(master: Master) -> Problems:
    """The picture's pixels are not square.

    Players that ignore the flag show everyone too thin or too wide. Scale to square pixels and tag them 1:1.
    """
    for at, stream in pictures(master):
        if stream.sample_aspect != 1:
            ratio = f"{stream.sample_aspect.numerator}:{stream.sample_aspect.denominator}"
            yield Problem("pixels of {measured}, allowed: {allowed}", at, measured=ratio, allowed="1:1")
