"""`metadata/synopsis-too-long`."""

from typing import Annotated

from pydantic import Field

from assets.subjects import ReadTitle
from assets.text import characters
from checks.by_language import ByLanguage, limit_for
from checks.core import At, Limits, Problem, Problems, check


class SynopsisLength(Limits):
    """Most characters of a synopsis, spaces included, by language; a full-width character counts one."""

    max_characters: ByLanguage[Annotated[int, Field(ge=1)]]


@check("metadata/synopsis-too-long", on=ReadTitle, limits=SynopsisLength)
def synopsis_too_long(read: ReadTitle, limits: SynopsisLength) -> Problems:
    """A synopsis is longer than the platform takes.

    It would be cut off in the middle of a sentence. Shorten it.
    """
    for tag, synopsis in sorted(read.title.synopses.items()):
        allowed = limit_for(limits.max_characters, tag)
        length = characters(synopsis)
        if length > allowed:
            yield Problem("{measured} characters, at most {allowed}", At(f"synopses.{tag}"), length, allowed)
