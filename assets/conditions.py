"""When limits apply: the conditions that a platform's file may put on a case of a check.

    [[checks."master/scan".when]]
    if = { frame_rate = ["30000/1001"], scan = ["interlaced-tff", "interlaced-bff"] }
    allowed = ["interlaced-tff"]

Every key that is given must hold; of several cases the first that holds is taken, and the limits that it names replace
those of the table. A list holds if the asset is one of it.
"""

import re
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, Field, PlainValidator, model_validator

from assets import territory
from assets.errors import UsageError
from assets.tomlfile import Record


def _rate(value: object) -> Fraction:
    if not isinstance(value, str) or not re.fullmatch(r"[1-9]\d*(/[1-9]\d*)?", value):
        raise ValueError(f"{value!r} is no exact frame rate; such as '25' or '24000/1001'")
    return Fraction(value)


def _territory(value: str) -> str:
    try:
        territory.parse(value)
    except UsageError as error:
        raise ValueError(str(error)) from error
    return value


Rate = Annotated[Fraction, PlainValidator(_rate)]
"""A limit such as `24000/1001`: rates are exact, so a decimal number is refused."""

Pixels = Annotated[int, Field(ge=1)]


class Condition(Record):
    """What must be so of an asset, or of the question, for a case to apply.

    `container`, `codec`, `scan`, `transfer` (of colour) and `frame_rate` are lists, in the words that findings use;
    `min_height` and `max_height` are lines of the raster. `territory` lists codes and groups: it holds if all that
    is asked for lies within them.
    """

    container: tuple[str, ...] = ()
    codec: tuple[str, ...] = ()
    frame_rate: tuple[Rate, ...] = ()
    scan: tuple[str, ...] = ()
    transfer: tuple[str, ...] = ()
    min_height: Pixels | None = None
    max_height: Pixels | None = None
    territory: tuple[Annotated[str, AfterValidator(_territory)], ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> "Condition":
        if not self.model_fields_set or () in self.keys().values():
            raise ValueError("a condition that says nothing would always hold; at least one key, no empty list")
        return self

    def keys(self) -> dict[str, object]:
        """The keys that are given, with their values."""
        return {key: getattr(self, key) for key in type(self).model_fields if key in self.model_fields_set}

    @property
    def territories(self) -> frozenset[str]:
        """The codes that `territory` stands for."""
        return frozenset[str]().union(*(territory.parse(text) for text in self.territory))

    @property
    def is_about_media(self) -> bool:
        """Whether it asks for a fact that only a media file has."""
        return bool(self.model_fields_set - {"territory", "frame_rate"})

    def __str__(self) -> str:
        return " and ".join(_words(key, value) for key, value in self.keys().items())


def _words(key: str, value: object) -> str:
    values = [str(item) for item in value] if isinstance(value, tuple) else [str(value)]
    return f"{key.replace('_', ' ')} {' or '.join(values)}"
