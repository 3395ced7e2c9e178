"""The check artwork/colour-mode."""

from collections.abc import Mapping

from assets.subjects import ArtworkImage
from checks.core import Limits, Problem, Problems, check
from checks.media import Names, listed


class ColourMode(Limits):
    """The colour modes a picture may have, in Pillow's words: `RGB`, `RGBA`, `L`, `CMYK`; `by_kind` has exceptions."""

    allowed: Names
    by_kind: Mapping[str, Names] = {}


@check("artwork/colour-mode", on=ArtworkImage, limits=ColourMode)
def colour_mode(artwork: ArtworkImage, limits: ColourMode) -> Problems:
    """The picture is in a colour mode that the platform does not take.

    CMYK is for print, and shows wrong colours or nothing on a screen; a transparent ground turns black. Convert to RGB.
    """
    allowed = limits.by_kind.get(artwork.declaration.kind, limits.allowed)
    if artwork.mode not in allowed:
        yield Problem("colour mode {measured}, allowed: {allowed}", measured=artwork.mode, allowed=listed(allowed))
