"""The `[[windows]]` tables of a title.toml: rights that nobody in particular has bought yet, and their dates."""

from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, PlainValidator, model_validator

from assets import territory
from assets.ids import media_right
from assets.record_values import Day, Id, Moment, Record, Territory, Zone, a_moment
from assets.rights import RightsWindow, dates
from assets.rights.languages import same_for_all
from assets.rights.spans import seconds
from assets.tomlfile import KeyFaultError


def _moment_or_open(value: object) -> datetime | date | str:
    return "open" if value == "open" else a_moment(value)


def _languages(value: object) -> list[str] | str:
    tags = value if isinstance(value, list) else []
    if value != "all" and not (tags and all(isinstance(tag, str) and tag.strip() for tag in tags)):
        raise ValueError(f'{value!r} names no languages; "all", or a list such as ["ko", "en"]')
    return "all" if value == "all" else [tag.strip() for tag in tags]


class WindowRecord(Record):
    """One `[[windows]]` table; a bare date is midnight in `zone`.

    `end` is the first instant without the right, `through` the last day with it; a window has one of them.
    """

    id: Id
    right: Annotated[str, AfterValidator(media_right)]
    territories: Annotated[list[Territory], Field(min_length=1)]
    excluding: list[Territory] = []
    start: Moment
    end: Annotated[datetime | date | str | None, PlainValidator(_moment_or_open)] = None
    through: Day | None = None
    zone: Zone
    languages: Annotated[list[str] | str, PlainValidator(_languages)]
    exclusive: bool = False

    @model_validator(mode="after")
    def _fits(self) -> "WindowRecord":
        require_one_end(self.end, self.through)
        zone = ZoneInfo(self.zone)
        start, end = instant(self.start, zone), end_of(self.end, self.through, zone)
        if end is not None and seconds(end) <= seconds(start):
            key = "end" if self.through is None else "through"
            raise KeyFaultError(key, f"ends at {end.isoformat()}; later than its start, {start.isoformat()}")
        if not territory.expand(self.territories, self.excluding):
            raise KeyFaultError("excluding", "excludes every territory; at least one territory must be left")
        return self


def window_of(record: WindowRecord, place: str = "") -> RightsWindow:
    """The window that a table describes; `place` is where that stands."""
    zone = ZoneInfo(record.zone)
    return RightsWindow(
        id=record.id,
        right=record.right,
        territories=territory.expand(record.territories, record.excluding),
        start=instant(record.start, zone),
        end=end_of(record.end, record.through, zone),
        zone=record.zone,
        languages=same_for_all(None if record.languages == "all" else record.languages),
        exclusive=record.exclusive,
        place=place,
    )


def require_one_end(end: object, through: object) -> None:
    """Raises KeyFaultError unless exactly one of the two is given."""
    if end is None and through is None:
        raise KeyFaultError("end", "missing; the first instant without the right, or through: the last day with it")
    if end is not None and through is not None:
        raise KeyFaultError("through", "is given beside end; one of them")


def instant(value: datetime | date, zone: ZoneInfo) -> datetime:
    """A date or a time of TOML as an instant; what has no offset is local to `zone`."""
    if isinstance(value, datetime) and value.tzinfo:
        return value
    return datetime.fromtimestamp(dates.read(value, zone).seconds, zone)


def end_of(end: datetime | date | str | None, through: date | None, zone: ZoneInfo) -> datetime | None:
    """The first instant without the right, or None if there is none: after the last day, or at the end."""
    if through is not None:
        return instant(through + timedelta(days=1), zone)
    return instant(end, zone) if isinstance(end, date) else None
