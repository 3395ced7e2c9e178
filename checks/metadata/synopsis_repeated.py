"""`metadata/synopsis-repeated`."""

import unicodedata

from assets import language
from assets.subjects import ReadTitle
from checks.core import Problem, Problems, check
from checks.metadata._texts import synopses


@check("metadata/synopsis-repeated", on=ReadTitle)
def synopsis_repeated(read: ReadTitle) -> Problems:
    """Two languages have one and the same synopsis.

    One of them was copied in place of a translation. Names may be the same in several languages, synopses are not;
    variants of one language, such as en-GB and en-US, may be.
    """
    seen: dict[str, tuple[str, str]] = {}
    for item in synopses(read.title):
        text = " ".join(unicodedata.normalize("NFKC", item.text).casefold().split())
        place, tag = seen.setdefault(text, (item.place, item.language))
        if not language.same_language(tag, item.language):
            yield Problem("the same text as {measured}", item.at, place)
