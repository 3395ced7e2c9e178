"""`metadata/name-too-long`."""

from assets.subjects import ReadTitle
from checks.core import Problems, check
from checks.metadata._lengths import MostCharacters, too_long
from checks.metadata._texts import texts


class NameLength(MostCharacters):
    """Most characters of a name, spaces included, by language.

    A full-width character counts one; with `weighted` a half-width one counts 0.5 in ko, ja and zh.
    """


@check("metadata/name-too-long", on=ReadTitle, limits=NameLength)
def name_too_long(read: ReadTitle, limits: NameLength) -> Problems:
    """A name is longer than the platform shows.

    It would be cut off under the picture. Agree on a shorter one with the platform; the long one may stand in
    [[other_names]], which is not looked at here.
    """
    yield from too_long((item for item in texts(read.title) if item.place.startswith("names.")), limits)
