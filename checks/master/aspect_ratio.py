"""The check master/aspect-ratio."""

from fractions import Fraction

from assets.media import Master
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.media import Ratio, Size, pictures, ratio_text


class AspectRatio(Limits):
    """The narrowest and the widest shape of the picture as shown, such as `4:3` and `2.40`."""

    narrowest: Ratio
    widest: Ratio


@check("master/aspect-ratio", on=Master, limits=AspectRatio)
def aspect_ratio(master: Master, limits: AspectRatio) -> Problems:
    """The picture is narrower or wider than any film format that the platform knows.

    Usually a crop went wrong, or an anamorphic picture was not stretched. Compare it with the ratio it was
    shot in.
    """
    for at, stream in pictures(master):
        if not stream.width or not stream.height:
            raise CannotCheck("the file does not state the size of its picture")
        shape = Fraction(stream.width, stream.height) * stream.sample_aspect
        if not limits.narrowest <= shape <= limits.widest:
            yield Problem(
                "picture of {size} is shown as {measured}, allowed: {allowed}",
                at,
                measured=ratio_text(shape),
                allowed=f"{ratio_text(limits.narrowest)} to {ratio_text(limits.widest)}",
                values={"size": Size(stream.width, stream.height)},
            )
