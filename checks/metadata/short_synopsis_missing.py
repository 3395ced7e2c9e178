"""`metadata/short-synopsis-missing`."""

from assets.subjects import ReadTitle
from checks.core import Limits, Problem, Problems, check
from checks.metadata._languages import Languages, missing


class ShortSynopses(Limits):
    """Languages in which the title must have a short synopsis."""

    languages: Languages


@check("metadata/short-synopsis-missing", on=ReadTitle, limits=ShortSynopses)
def short_synopsis_missing(read: ReadTitle, limits: ShortSynopses) -> Problems:
    """A title has no short synopsis in a language that the platform lists it in.

    The platform would cut the long one off in the middle of a sentence. Add it to [short_synopses] in title.toml.
    """
    found = read.title.short_synopses
    for tag in missing(found, limits.languages, read.title):
        had = ", ".join(sorted(found)) or "none"
        yield Problem("no short synopsis in {allowed}; there are: {measured}", measured=had, allowed=tag)
