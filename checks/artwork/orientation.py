"""The check artwork/orientation."""

from assets.subjects import ArtworkImage
from checks.core import Problem, Problems, check

UPRIGHT = 1


@check("artwork/orientation", on=ArtworkImage)
def orientation(artwork: ArtworkImage) -> Problems:
    """The picture's EXIF data say that it has to be turned or mirrored to stand upright.

    Some programs turn it, platforms do not: it is then shown on its side. Turn the pixels themselves and export again.
    """
    if artwork.picture.orientation != UPRIGHT:
        yield Problem(
            "EXIF orientation {measured}, only {allowed} is upright",
            measured=artwork.picture.orientation,
            allowed=UPRIGHT,
        )
