"""The check artwork/aspect."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from assets.subjects import ArtworkImage
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.media import Ratio, Several, Size, listed, ratio_text


class Aspect(Limits):
    """The exact aspect ratios by kind of artwork, such as `poster = ["2:3"]`; `default` is for all other kinds."""

    aspects: Annotated[Mapping[str, Several[Ratio]], Field(min_length=1)]


@check("artwork/aspect", on=ArtworkImage, limits=Aspect)
def aspect(artwork: ArtworkImage, limits: Aspect) -> Problems:
    """The picture has another shape than its kind must have.

    Platforms do not crop: a poster that is one pixel off is refused. Crop it yourself, so that faces and title
    stay whole.
    """
    kind = artwork.declaration.kind
    allowed = limits.aspects.get(kind, limits.aspects.get("default"))
    if allowed is None:
        raise CannotCheck(f"the platform has no aspect ratio for artwork of the kind {kind}: {listed(limits.aspects)}")
    ratio = Fraction(artwork.width, artwork.height)
    if ratio not in allowed:
        yield Problem(
            "{size} is {measured}, {kind} must be {allowed}",
            measured=ratio_text(ratio),
            allowed=listed(ratio_text(item) for item in allowed),
            values={"size": Size(artwork.width, artwork.height), "kind": kind},
        )
