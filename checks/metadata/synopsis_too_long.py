"""`metadata/synopsis-too-long`."""

from assets.subjects import ReadTitle
from checks.core import Problems, check
from checks.metadata._lengths import MostCharacters, too_long
from checks.metadata._texts import synopses


class SynopsisLength(MostCharacters):
    """Most characters of a synopsis, spaces included, by language.

    A full-width character counts one; with `weighted` a half-width one counts 0.5 in ko, ja and zh.
    """


@check("metadata/synopsis-too-long", on=ReadTitle, limits=SynopsisLength)
def synopsis_too_long(read: ReadTitle, limits: SynopsisLength) -> Problems:
    """A synopsis is longer than the platform takes.

    It would be cut off in the middle of a sentence. Shorten it.
    """
    yield from too_long((item for item in synopses(read.title) if item.place.startswith("synopses.")), limits)
