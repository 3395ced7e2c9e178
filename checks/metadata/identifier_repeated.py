"""`metadata/identifier-repeated`."""

from assets.subjects import ReadTitle
from checks.core import At, Problem, Problems, check
from checks.metadata import _eidr


@check("metadata/identifier-repeated", on=ReadTitle)
def identifier_repeated(read: ReadTitle) -> Problems:
    """One EIDR identifier stands for two things: the title and a version, or two versions.

    The registry knows the work and each of its edits by identifiers of their own; what is delivered as an edit under
    the work's identifier is booked as the work. Ask the registry for the edit's.
    """
    seen: dict[tuple[str, str], str] = {}
    for place, value in _eidr.declared(read.title):
        parts = _eidr.parse(value)
        if parts is None:
            continue  # metadata/identifier-eidr says so
        first = seen.setdefault(parts, place)
        if first != place:
            yield Problem("{measured} stands also at {first}", At(place), value, values={"first": first})
