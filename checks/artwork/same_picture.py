"""The check artwork/same-picture."""

from assets.subjects import ArtworkImage, ReadTitle
from checks.core import At, Problem, Problems, check


@check("artwork/same-picture", on=ReadTitle)
def same_picture(read: ReadTitle) -> Problems:
    """One picture is declared as two kinds of artwork, or for two languages.

    One of them is probably the wrong file: a hero without text and a poster with the title differ, and so do the
    posters of two languages. Pictures are compared pixel by pixel, so that one that was saved twice is found too.
    """
    seen: dict[str, ArtworkImage] = {}
    for artwork in read.artwork():
        first = seen.setdefault(artwork.picture.pixels or artwork.sha256, artwork)
        if _use(first) != _use(artwork):
            yield Problem(
                "the picture of {measured} is also that of {first}, {file}",
                At(str(artwork.file)),
                _use(artwork),
                values={"first": _use(first), "file": first.file.name},
            )


def _use(artwork: ArtworkImage) -> str:
    """`poster`, `poster (ko)`: what a picture is for."""
    tag = artwork.declaration.language
    return f"{artwork.declaration.kind} ({tag})" if tag else artwork.declaration.kind
