"""What a picture or a paper is that comes with a title: by its shape and by its name."""

from dataclasses import replace
from fractions import Fraction

from assets.ids import is_id
from assets.intake import name_marks, names
from assets.intake.proposal import Proposal, Said, Status
from assets.intake.recognising import Picture
from assets.intake.shelf import Shelf
from assets.intake.telling import Sureness, Told, said
from assets.title import ArtworkDeclaration, AssetFile, DocumentDeclaration

_KINDS = {
    Fraction(2, 3): ("poster",),
    Fraction(3, 4): ("box-cover",),
    Fraction(4, 3): ("box-cover", "still"),
    Fraction(16, 9): ("key-art", "hero", "still", "cover"),
}
"""The kinds of artwork of each shape, the usual one first."""

_NEAR_PER_MILLE = 10
"""How far a shape may be off to be meant as one: a platform refuses it, but it is no other kind."""

_MANY = frozenset({"still"})
"""Kinds of which a title has several."""


def propose_artwork(base: Proposal, by: Said, shelf: Shelf) -> Proposal:
    """The proposal for a picture."""
    picture = base.what.picture
    if picture is None:
        raise TypeError(base.what)
    kind = said(by.kind, by.by) if by.kind else _artwork_kind(picture, base.what.file.name)
    if kind is None or not is_id(kind.value):
        return base.unsettled(
            "neither its shape nor its name tells what it is; say it with --kind, or in a sheet, such as poster"
        )
    tag = _named_language(base, by)
    made = replace(base, kind=kind, language=tag)
    wanted = tag.value if tag else None
    there = [item for item in shelf.title.artwork if item.kind == kind.value and item.language == wanted]
    if there and kind.value not in _MANY:
        return replace(made, status=Status.REPLACE, name=there[0].file.name)
    return replace(made, name=base.name or shelf.free_name(names.artwork(kind.value, wanted, base.what.suffix)))


def _artwork_kind(picture: Picture, name: str) -> Told | None:
    by_name = name_marks.artwork_kind(name)
    shape = Fraction(picture.width, picture.height)
    size = f"{picture.width} x {picture.height}"
    found = next((ratio for ratio in _KINDS if abs(shape - ratio) * 1000 <= _NEAR_PER_MILLE * ratio), None)
    if found is None:
        if by_name:
            return Told(by_name, Sureness.LIKELY, (f"its name says so; {size} is the shape of no kind in particular",))
        if picture.has_alpha:
            return Told("title-art", Sureness.DOUBTFUL, (f"{size} with transparency",))
        return None
    exact = f"{size} is {'' if shape == found else 'nearly '}{found.numerator}:{found.denominator}"
    kinds = _KINDS[found]
    if by_name in kinds:
        return Told(by_name, Sureness.SURE, ("its name says so", exact))
    if by_name is not None:
        return Told(by_name, Sureness.DOUBTFUL, ("its name says so", f"but {exact}, the shape of {kinds[0]}"))
    return Told(kinds[0], Sureness.LIKELY, (exact,))


def propose_document(base: Proposal, by: Said, shelf: Shelf) -> Proposal:
    """The proposal for a paper; its content is not read, so that only its name or a person tells what it is."""
    found = name_marks.document_kind(base.what.file.name)
    kind = said(by.kind, by.by) if by.kind else Told(found, Sureness.LIKELY, ("its name says so",)) if found else None
    if kind is None or not is_id(kind.value):
        return base.unsettled(
            "its name does not tell what it is; say it with --kind, or in a sheet, such as chain-of-title"
        )
    tag = _named_language(base, by)
    wanted = tag.value if tag else None
    made = replace(base, kind=kind, language=tag)
    there = [item for item in shelf.title.documents if item.kind == kind.value and item.language == wanted]
    if there:
        return replace(made, status=Status.REPLACE, name=there[0].file.name)
    return replace(made, name=base.name or shelf.free_name(names.document(kind.value, wanted, base.what.suffix)))


def _named_language(base: Proposal, by: Said) -> Told | None:
    if by.language is not None:
        return said(by.language, by.by)
    tag = name_marks.language_tag(base.what.file.name)
    return Told(tag, Sureness.LIKELY, ("its name says so",)) if tag else None


def put(shelf: Shelf, made: Proposal) -> None:
    """The picture or paper is one of the title's from now on."""
    if made.kind is None:
        raise TypeError(made)
    file = AssetFile(made.name, made.what.file.path)
    tag = made.language.value if made.language else None
    title = shelf.title
    if made.what.picture is not None:
        shelf.title = replace(title, artwork=(*title.artwork, ArtworkDeclaration(file, made.kind.value, tag)))
    else:
        shelf.title = replace(title, documents=(*title.documents, DocumentDeclaration(file, made.kind.value, tag)))
