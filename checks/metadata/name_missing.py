"""`metadata/name-missing`."""

from assets.subjects import ReadTitle
from checks.core import Limits, Problem, Problems, check
from checks.metadata._languages import Languages, missing


class Names(Limits):
    """Languages in which the title must have a name."""

    languages: Languages


@check("metadata/name-missing", on=ReadTitle, limits=Names)
def name_missing(read: ReadTitle, limits: Names) -> Problems:
    """A title has no name in a language that the platform lists it in.

    The platform would show another language's name, or transcribe it by machine. Add it to [names] in title.toml.
    """
    names = read.title.names
    for tag in missing(names, limits.languages, read.title):
        yield Problem("no name in {allowed}; there are: {measured}", measured=", ".join(sorted(names)), allowed=tag)
