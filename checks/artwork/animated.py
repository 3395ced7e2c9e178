"""The check artwork/animated."""

from assets.subjects import ArtworkImage
from checks.core import Problem, Problems, check


@check("artwork/animated", on=ArtworkImage)
def animated(artwork: ArtworkImage) -> Problems:
    """The file holds several pictures: an animation, a burst of a camera, the pages of a scan.

    Platforms show the first, refuse the file, or show all. Export the one that is meant.
    """
    if artwork.picture.frames > 1:
        yield Problem("{measured} pictures in one file, {allowed} allowed", measured=artwork.picture.frames, allowed=1)
