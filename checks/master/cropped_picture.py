"""The check master/cropped-picture."""

from dataclasses import replace

from assets.media import Master
from checks.core import Limits, Problem, Problems, check
from checks.master._framing import Pixels, edges, framings_in, shape_text, usual_box
from checks.media import Size
from checks.signals import pictures_measured


class CroppedPicture(Limits):
    """How many black rows or columns there may be along each edge, in pixels."""

    max_px: Pixels


@check("master/cropped-picture", on=Master, limits=CroppedPicture)
def cropped_picture(master: Master, limits: CroppedPicture) -> Problems:
    """The picture has black bars above and below it, or at its sides, for most of the programme.

    Screens of another shape show bars around bars. Deliver the picture alone, in its own size; where the platform
    crops by itself, tell it the numbers.
    """
    for at, picture, stream in pictures_measured(master, "framings", "black", "bars", "frozen"):
        framings = framings_in(picture)
        box = usual_box(framings, limits.max_px)
        if max(edges(box)) <= limits.max_px:
            continue
        left, top, right, bottom = edges(box)
        yield Problem(
            "picture of {measured} in {raster}: {top} black rows above, {bottom} below, {left} columns left, {right}"
            " right; at most {allowed}",
            replace(at, start=framings[0].start, end=framings[-1].end),
            measured=shape_text(box, stream),
            allowed=f"{limits.max_px} pixels",
            values={
                "raster": Size(stream.width, stream.height),
                "top": top,
                "bottom": bottom,
                "left": left,
                "right": right,
            },
        )
