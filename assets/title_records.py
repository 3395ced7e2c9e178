"""The tables of a title.toml: which keys there are, of which types, and what their values may be."""

import re
from datetime import date, datetime, time, tzinfo
from fractions import Fraction
from typing import Annotated, Literal, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, PlainValidator, model_validator

from assets import territory
from assets.ids import media_right
from assets.metadata_records import CreditRecord, DocumentRecord, OtherNameRecord, RatingRecord, ReleaseRecord
from assets.record_values import Id, Record, RelativePath, Territory, Text
from assets.timing import Time, from_seconds
from assets.tomlfile import KeyFaultError

FIRST_YEAR, LAST_YEAR = 1888, 9998
"""The years that instants may have: with room for any time zone on both sides."""
_FORMAT = re.compile(r"^(\d{1,4}) x (\d{1,4})$")
RUNTIME_FORM = re.compile(r"^(\d{1,2}):([0-5]\d):([0-5]\d)(?:\.(\d{1,3}))?$")


def _format(text: str) -> str:
    if not _FORMAT.match(text):
        raise ValueError(f"{text!r} is no format; episodes and minutes, such as '1 x 84'")
    if "0" in {part.lstrip("0") or "0" for part in text.split(" x ")}:
        raise ValueError(f"{text!r} has no length; at least '1 x 1'")
    return text


def _runtime(text: str) -> str:
    if not RUNTIME_FORM.match(text):
        raise ValueError(f"{text!r} is no duration; HH:MM:SS or HH:MM:SS.mmm, such as '01:24:00'")
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{text!r} is no time zone; an IANA name such as 'Asia/Seoul' or 'UTC'") from None
    return text


def _date(value: object) -> datetime | date:
    if not isinstance(value, date):  # a datetime is one, too; pydantic takes a ValueError only
        raise ValueError(  # noqa: TRY004
            f"{value!r} is no date; 2026-12-01, or 2026-12-01T09:00:00+09:00, without quotes"
        )
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f'the year {value.year} is out of range; {FIRST_YEAR} to {LAST_YEAR}, or "open"')
    return value


def _date_or_open(value: object) -> datetime | date | str:
    return "open" if value == "open" else _date(value)


def _languages(value: object) -> list[str] | str:
    tags = value if isinstance(value, list) else []
    if value != "all" and not (tags and all(isinstance(tag, str) and tag.strip() for tag in tags)):
        raise ValueError(f'{value!r} names no languages; "all", or a list such as ["ko", "en"]')
    return "all" if value == "all" else [tag.strip() for tag in tags]


Duration = Annotated[str, AfterValidator(_runtime)]


class AudioRecord(Record):
    """One `[[versions.audio]]` table."""

    language: Text
    layout: Text = "stereo"
    stream: Annotated[int, Field(ge=0)] = 0
    file: RelativePath | None = None


class SubtitleRecord(Record):
    """One `[[versions.subtitles]]` table."""

    file: RelativePath
    language: Text
    kind: Literal["full", "forced", "sdh", "template", "marketing"] = "full"


class VersionRecord(Record):
    """One `[[versions]]` table."""

    id: Id
    language: Text
    master: RelativePath | None = None
    identifiers: dict[str, Text] = {}
    audio: list[AudioRecord] = []
    subtitles: list[SubtitleRecord] = []


class ArtworkRecord(Record):
    """One `[[artwork]]` table."""

    file: RelativePath
    kind: Id
    language: Text | None = None


class WindowRecord(Record):
    """One `[[windows]]` table; a bare date is midnight in `zone`, `end` is the first instant without the right."""

    id: Id
    right: Annotated[str, AfterValidator(media_right)]
    territories: Annotated[list[Territory], Field(min_length=1)]
    excluding: list[Territory] = []
    start: Annotated[datetime | date, PlainValidator(_date)]
    end: Annotated[datetime | date | str, PlainValidator(_date_or_open)]
    zone: Annotated[str, AfterValidator(_zone)]
    languages: Annotated[list[str] | str, PlainValidator(_languages)]
    exclusive: bool = False

    @model_validator(mode="after")
    def _fits(self) -> "WindowRecord":
        zone = ZoneInfo(self.zone)
        start = instant(self.start, zone)
        if self.end != "open" and (end := instant(self.end, zone)) <= start:
            raise KeyFaultError("end", f"ends at {end.isoformat()}; later than its start, {start.isoformat()}")
        if not territory.expand(self.territories, self.excluding):
            raise KeyFaultError("excluding", "excludes every territory; at least one territory must be left")
        return self


Named = TypeVar("Named", VersionRecord, WindowRecord)


def _unique(records: list[Named]) -> list[Named]:
    ids = [record.id for record in records]
    for number, name in enumerate(ids):
        if name in ids[:number]:
            raise KeyFaultError((number, "id"), f"{name!r} is used twice; each id once")
    return records


class TitleRecord(Record):
    """The whole of a title.toml."""

    names: Annotated[dict[str, Text], Field(min_length=1)]
    original_language: Text
    format: Annotated[str, AfterValidator(_format)] | None = None
    runtime: Duration | None = None
    runtime_tolerance: Duration = "00:00:01"
    production_year: Annotated[int, Field(ge=1888, le=2200)]
    release_date: date | None = None
    supplier: str = ""
    production_companies: list[Text] = []
    genres: list[Text] = []
    audience: Literal["adult", "children"] = "adult"
    synopses: dict[str, Text] = {}
    short_synopses: dict[str, Text] = {}
    identifiers: dict[str, Text] = {}
    other_names: list[OtherNameRecord] = []
    ratings: list[RatingRecord] = []
    releases: list[ReleaseRecord] = []
    credits: list[CreditRecord] = []
    documents: list[DocumentRecord] = []
    versions: Annotated[list[VersionRecord], AfterValidator(_unique)] = []
    artwork: list[ArtworkRecord] = []
    windows: Annotated[list[WindowRecord], AfterValidator(_unique)] = []


def ticks(text: str) -> Time:
    """A duration, such as `01:24:00.500`, as ticks."""
    match = RUNTIME_FORM.match(text)
    if match is None:
        return 0
    seconds = int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3])
    return from_seconds(seconds + Fraction(int((match[4] or "0").ljust(3, "0")), 1000))


def instant(value: datetime | date | str, zone: tzinfo) -> datetime:
    """A TOML date or datetime as an instant; what has no offset is local to `zone`."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime.combine(value, time(), tzinfo=zone)
    raise TypeError(value)
