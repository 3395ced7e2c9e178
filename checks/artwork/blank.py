"""The check artwork/blank."""

from assets.subjects import ArtworkImage
from checks.core import Problem, Problems, check


@check("artwork/blank", on=ArtworkImage)
def blank(artwork: ArtworkImage) -> Problems:
    """The picture is of one single colour.

    It is a placeholder, or an export of which a layer was switched off. Export it again.
    """
    if artwork.picture.is_blank:
        yield Problem("every pixel has the same colour")
