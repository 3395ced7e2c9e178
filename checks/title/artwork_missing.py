"""`title/artwork-missing`."""

from typing import Annotated

from pydantic import Field

from assets.subjects import ReadTitle
from checks.core import Limits, Problem, Problems, check


class RequiredArtwork(Limits):
    """Kinds of pictures that a title must have, such as `poster`."""

    required: Annotated[list[str], Field(min_length=1)]


@check("title/artwork-missing", on=ReadTitle, limits=RequiredArtwork)
def artwork_missing(read: ReadTitle, limits: RequiredArtwork) -> Problems:
    """A picture that the platform requires is missing.

    The title cannot be shown in the platform's catalogue without it. Add the file to title.toml as [[artwork]] of that
    kind.
    """
    had = sorted({item.kind for item in read.title.artwork})
    for kind in limits.required:
        if kind not in had:
            yield Problem("no {allowed}; there are: {measured}", measured=", ".join(had) or "none", allowed=kind)
