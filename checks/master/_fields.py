"""Measured fields against what a stream says of its scan."""

from typing import Annotated

from pydantic import Field

from assets.signals.model import Fields, PictureSignals
from checks.core import CannotCheck

Percent = Annotated[int, Field(ge=0, le=100)]

INTERLACED = {"interlaced-tff": "top field first", "interlaced-bff": "bottom field first"}
"""How a stream says that it is interlaced, and in words which field comes first."""

FEWEST = 25
"""Pictures with motion that must have told something before a share of them is judged: a second of them."""


def fields_of(picture: PictureSignals) -> Fields:
    """The fields of a picture. Raises CannotCheck if they were not measured."""
    if picture.fields is None:
        raise CannotCheck("its fields were not measured")
    return picture.fields


def woven(fields: Fields) -> int:
    """How many pictures look woven of two fields."""
    return fields.top_first + fields.bottom_first


def percent(part: int, whole: int) -> int:
    """A share in whole per cent, rounded down."""
    return 100 * part // whole
