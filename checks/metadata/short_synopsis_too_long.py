"""`metadata/short-synopsis-too-long`."""

from assets.subjects import ReadTitle
from checks.core import Problems, check
from checks.metadata._lengths import MostCharacters, too_long
from checks.metadata._texts import synopses


class ShortSynopsisLength(MostCharacters):
    """Most characters of a short synopsis, spaces included, by language.

    A full-width character counts one; with `weighted` a half-width one counts 0.5 in ko, ja and zh.
    """


@check("metadata/short-synopsis-too-long", on=ReadTitle, limits=ShortSynopsisLength)
def short_synopsis_too_long(read: ReadTitle, limits: ShortSynopsisLength) -> Problems:
    """A short synopsis is longer than the platform takes.

    It stands beside a small picture, and what does not fit is cut off. Shorten it in [short_synopses].
    """
    yield from too_long((item for item in synopses(read.title) if item.place.startswith("short_synopses.")), limits)
