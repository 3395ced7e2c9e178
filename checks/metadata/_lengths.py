"""How long a text may be: the limits and the counting that the checks of names and synopses share."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from assets.text import characters, count_text, half_characters
from checks.by_language import ByLanguage, limit_for
from checks.core import Limits, Problem, Problems
from checks.metadata._texts import Text


class MostCharacters(Limits):
    """Most characters, spaces included, by language; with `weighted`, half-width ones of ko, ja and zh count 0.5."""

    max_characters: ByLanguage[Annotated[int, Field(ge=1)]]
    weighted: bool = False


def too_long(texts: Iterable[Text], limits: MostCharacters) -> Problems:
    """The texts that are longer than their language's limit. Raises CannotCheck where a language has none."""
    for item in texts:
        allowed = limit_for(limits.max_characters, item.language)
        halves = half_characters(item.text, item.language) if limits.weighted else 2 * characters(item.text)
        if halves > 2 * allowed:
            yield Problem("{measured} characters, at most {allowed}", item.at, count_text(halves), allowed)
