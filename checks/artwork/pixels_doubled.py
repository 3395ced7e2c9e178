"""The check artwork/pixels-doubled."""

from assets.subjects import ArtworkImage
from checks.core import Problem, Problems, check
from checks.media import Size


@check("artwork/pixels-doubled", on=ArtworkImage)
def pixels_doubled(artwork: ArtworkImage) -> Problems:
    """The picture is exactly a smaller one, each pixel of it drawn four times.

    It was scaled up to reach a size, and looks like stairs on a television. Export it again from the design. Only an
    exact doubling is found: a picture that was scaled up with a filter cannot be told from a soft one.
    """
    if artwork.picture.is_doubled:
        half = Size(artwork.width // 2, artwork.height // 2)
        yield Problem(
            "{size} pixels, doubled from {measured}",
            measured=half,
            values={"size": Size(artwork.width, artwork.height)},
        )
