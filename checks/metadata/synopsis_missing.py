"""`metadata/synopsis-missing`."""

from assets.subjects import ReadTitle
from checks.core import Limits, Problem, Problems, check
from checks.metadata._languages import Languages, missing


class Synopses(Limits):
    """Languages in which the title must have a synopsis."""

    languages: Languages


@check("metadata/synopsis-missing", on=ReadTitle, limits=Synopses)
def synopsis_missing(read: ReadTitle, limits: Synopses) -> Problems:
    """A title has no synopsis in a language that the platform lists it in.

    Viewers decide by it, and platforms ask for it before they publish. Add it to [synopses] in title.toml.
    """
    synopses = read.title.synopses
    for tag in missing(synopses, limits.languages, read.title):
        had = ", ".join(sorted(synopses)) or "none"
        yield Problem("no synopsis in {allowed}; there are: {measured}", measured=had, allowed=tag)
