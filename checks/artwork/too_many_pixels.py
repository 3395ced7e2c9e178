"""The check artwork/too-many-pixels."""

from typing import Annotated

from pydantic import Field

from assets.subjects import ArtworkImage
from checks.core import Limits, Problem, Problems, check
from checks.media import Size


class LongestSide(Limits):
    """The most pixels of a picture's longer side, whatever its kind."""

    max_side: Annotated[int, Field(ge=1)]


@check("artwork/too-many-pixels", on=ArtworkImage, limits=LongestSide)
def too_many_pixels(artwork: ArtworkImage, limits: LongestSide) -> Problems:
    """The picture has more pixels on a side than the platform's machines take.

    It is refused before anybody looks at it, whatever its kind may have. Export it smaller.
    """
    if max(artwork.width, artwork.height) > limits.max_side:
        yield Problem(
            "{measured} pixels, at most {allowed} on a side",
            measured=Size(artwork.width, artwork.height),
            allowed=limits.max_side,
        )
