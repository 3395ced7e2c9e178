"""The check artwork/alpha."""

from assets.subjects import ArtworkImage
from checks.core import Limits, Problem, Problems, check
from checks.media import Names

OPAQUE = 255


class Alpha(Limits):
    """The kinds of artwork that must have a transparent ground, such as `title-art`; no other kind may."""

    required: Names


@check("artwork/alpha", on=ArtworkImage, limits=Alpha)
def alpha(artwork: ArtworkImage, limits: Alpha) -> Problems:
    """A picture that must be transparent is not, or one that must not be is.

    Title art is laid over other pictures, and shows a box around it without a transparent ground. Other kinds are laid
    over nothing: what is transparent there turns black or white as each player likes. Export it again.
    """
    kind, least = artwork.declaration.kind, artwork.picture.least_alpha
    if kind in limits.required:
        if least is None:
            yield Problem("no transparency; {kind} must have it", values={"kind": kind})
        elif least == OPAQUE:
            yield Problem("opaque everywhere; {kind} must have a transparent ground", values={"kind": kind})
    elif least is not None and least < OPAQUE:
        yield Problem("transparent in places; {kind} must be opaque", values={"kind": kind})
