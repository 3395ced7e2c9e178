"""The check artwork/size."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from assets.subjects import ArtworkImage
from assets.tomlfile import Record
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.media import PixelSize, listed
from checks.media import Size as Pixels


class Range(Record):
    """The smallest and the largest size of one kind of artwork."""

    min: PixelSize
    max: PixelSize


class Size(Limits):
    """The sizes by kind: `poster = { min = "1000x1500", max = "2000x3000" }`; `default` is for all other kinds."""

    sizes: Annotated[Mapping[str, Range], Field(min_length=1)]


@check("artwork/size", on=ArtworkImage, limits=Size)
def size(artwork: ArtworkImage, limits: Size) -> Problems:
    """The picture has fewer or more pixels than the platform takes.

    Too small a picture is blurred on a television. Export it again from the design; never scale it up.
    """
    kind = artwork.declaration.kind
    allowed = limits.sizes.get(kind, limits.sizes.get("default"))
    if allowed is None:
        raise CannotCheck(f"the platform has no size for artwork of the kind {kind}: {listed(limits.sizes)}")
    wide = allowed.min.width <= artwork.width <= allowed.max.width
    high = allowed.min.height <= artwork.height <= allowed.max.height
    if not (wide and high):
        yield Problem(
            "{measured} pixels, {kind} must be {allowed}",
            measured=Pixels(artwork.width, artwork.height),
            allowed=f"{allowed.min} to {allowed.max}",
            values={"kind": kind},
        )
