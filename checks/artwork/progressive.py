"""The check artwork/progressive."""

from assets.subjects import ArtworkImage
from checks.core import Problem, Problems, check


@check("artwork/progressive", on=ArtworkImage)
def progressive(artwork: ArtworkImage) -> Problems:
    """The picture is stored in several passes: a progressive JPEG or an interlaced PNG.

    It is the same picture, but older set-top boxes show nothing of it. Export it as baseline, without interlacing.
    """
    if artwork.picture.is_progressive:
        yield Problem("{measured}", measured="interlaced" if artwork.format == "PNG" else "progressive")
