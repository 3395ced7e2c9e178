"""`metadata/identifier-eidr`."""

from assets.subjects import ReadTitle
from checks.core import At, Problem, Problems, check
from checks.metadata import _eidr


@check("metadata/identifier-eidr", on=ReadTitle)
def identifier_eidr(read: ReadTitle) -> Problems:
    """An EIDR identifier is not well formed, is none of a work, or its check character is wrong.

    A platform would book the title under another work, or refuse it. Copy the identifier from the registry again; its
    last character is computed from the others (ISO 7064, Mod 37,36). Every identifier of the title and of its versions
    whose name begins with `eidr` is looked at; it may also stand without hyphens, as a URN or as a DOI address.
    """
    for place, value in _eidr.declared(read.title):
        parts = _eidr.parse(value)
        if parts is None:
            yield Problem("{measured} is no EIDR; {allowed}", At(place), repr(value), _eidr.FORM)
            continue
        prefix, digits = parts
        if prefix != _eidr.CONTENT:
            kind = _eidr.OTHER_PREFIXES.get(prefix)
            named = f"; {prefix} is the prefix of {kind}" if kind else ""
            yield Problem(
                "{measured} is no EIDR of a work{named}; {allowed}",
                At(place),
                repr(value),
                _eidr.FORM,
                {"named": named},
            )
        elif (expected := _eidr.check_character(digits[:-1])) != digits[-1]:
            yield Problem(
                "{measured} has a wrong check character; {allowed}", At(place), value, f"{expected} belongs there"
            )
