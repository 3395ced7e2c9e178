"""The check artwork/format."""

from assets.subjects import ArtworkImage
from checks.core import Limits, Problem, Problems, check
from checks.media import Names, listed


class Format(Limits):
    """The file formats a picture may have, in Pillow's words: `JPEG`, `PNG`."""

    allowed: Names


@check("artwork/format", on=ArtworkImage, limits=Format)
def format_(artwork: ArtworkImage, limits: Format) -> Problems:
    """The picture is in a file format that the platform does not take.

    Judged by the file's content, not by its suffix: a renamed file stays what it was. Export it again.
    """
    if artwork.format not in limits.allowed:
        yield Problem("{measured}, allowed: {allowed}", measured=artwork.format, allowed=listed(limits.allowed))
