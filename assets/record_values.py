"""What the tables of a title.toml share: their base, and the types of values that several of them have."""

import unicodedata
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, ConfigDict, Field, PlainValidator

from assets import paths, territory
from assets.ids import an_id
from assets.rights.dates import FIRST_YEAR, LAST_YEAR
from assets.tomlfile import Record as AnyRecord


class Record(AnyRecord):
    """A table of title.toml: TOML has the types it needs, so that no text is taken for a number or a date."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_strip_whitespace=True)


def a_path(text: str) -> str:
    """A path below the folder of its file, in NFC. Raises ValueError: what is wrong; what is allowed."""
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


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{text!r} is no time zone; an IANA name such as 'Asia/Seoul' or 'UTC'") from None
    return text


def a_moment(value: object) -> datetime | date:
    """A date or a time of TOML within the years that are counted. Raises ValueError."""
    if not isinstance(value, date):  # a datetime is one, too; pydantic takes a ValueError only
        raise ValueError(  # noqa: TRY004
            f"{value!r} is no date; 2026-12-01, or 2026-12-01T09:00:00+09:00, without quotes"
        )
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f'the year {value.year} is out of range; {FIRST_YEAR} to {LAST_YEAR}, or "open"')
    if isinstance(value, datetime) and value.microsecond:
        raise ValueError(f"{value.isoformat()} is between two seconds; whole seconds")
    return value


def _day(value: object) -> date:
    found = a_moment(value)
    if isinstance(found, datetime):
        raise ValueError(f"{found.isoformat()} has a time of day; the last day, such as 2026-12-31")  # noqa: TRY004
    return found


Id = Annotated[str, AfterValidator(an_id)]
RelativePath = Annotated[str, AfterValidator(a_path)]
Text = Annotated[str, Field(min_length=1)]
Territory = Annotated[str, AfterValidator(_territory)]
"""A code, a group or `worldwide`."""
OneTerritory = Annotated[str, AfterValidator(_single_territory)]
"""One code."""
Zone = Annotated[str, AfterValidator(_zone)]
"""A time zone by its IANA name."""
Moment = Annotated[datetime | date, PlainValidator(a_moment)]
"""A date, or a time with or without an offset."""
Day = Annotated[date, PlainValidator(_day)]
"""A date alone."""
