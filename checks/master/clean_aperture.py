"""The check master/clean-aperture."""

from fractions import Fraction

from assets.media import Master
from checks.core import Problem, Problems, check
from checks.media import Size, pictures


@check("master/clean-aperture", on=Master)
def clean_aperture(master: Master) -> Problems:
    """The container asks players to show a part of the picture only.

    Few encoders do what this clean aperture says (ISO/IEC 14496-12, box `clap`), so that edges appear that nobody has
    looked at, or the shape is wrong. Crop the picture itself, or remove the box.
    """
    for at, stream in pictures(master):
        shown = stream.container_says.clean_aperture
        if shown is not None and shown != (Fraction(stream.width), Fraction(stream.height)):
            yield Problem(
                "clean aperture of {measured} in a picture of {allowed}",
                at,
                measured="x".join(_text(side) for side in shown),
                allowed=Size(stream.width, stream.height),
            )


def _text(pixels: Fraction) -> str:
    return f"{float(pixels):.2f}".rstrip("0").rstrip(".")
