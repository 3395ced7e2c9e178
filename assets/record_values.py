"""What the tables of a title.toml share: their base, and the types of values that several of them have."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field

from assets import paths, territory
from assets.ids import an_id
from assets.tomlfile import Record as AnyRecord


class Record(AnyRecord):
    """A table of title.toml: TOML has the types it needs, so that no text is taken for a number or a date."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_strip_whitespace=True)


def _path(text: str) -> str:
    if wrong := paths.problem(text):
        raise ValueError(wrong)
    return unicodedata.normalize("NFC", text)


def _territory(text: str) -> str:
    if wrong := territory.problem(text):
        raise ValueError(wrong)
    return text


def _single_territory(text: str) -> str:
    _territory(text)
    if text not in territory.all_codes():
        raise ValueError(f"{text!r} is several territories; one ISO 3166-1 alpha-2 code")
    return text


Id = Annotated[str, AfterValidator(an_id)]
RelativePath = Annotated[str, AfterValidator(_path)]
Text = Annotated[str, Field(min_length=1)]
Territory = Annotated[str, AfterValidator(_territory)]
"""A code, a group or `worldwide`."""
OneTerritory = Annotated[str, AfterValidator(_single_territory)]
"""One code."""
