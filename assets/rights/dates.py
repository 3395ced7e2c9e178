"""Dates of deals as instants: what a bare date, a local time or "90 days after the release" means in a declared zone.

A bare date is the first instant of that day in the zone. Where a local time does not exist (clocks went forward) it is
read as the instant at which they did; where it exists twice (clocks went back), as the first of the two.
"""

import calendar
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from assets.rights import spans

FOREVER = date(9999, 12, 31)
"""The day that systems write for an end that there is none of."""
FIRST_YEAR, LAST_YEAR = 1888, 9998
"""The years that a date may be in: with room for any zone on both sides."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An instant in seconds, and what of its date could be read in another way; empty if nothing could."""

    seconds: int
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """Calendar years, months and days that are counted from a day, in this order; any may be negative."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        parts = ((self.years, "year"), (self.months, "month"), (self.days, "day"))
        said = [f"{number} {name}{'' if abs(number) == 1 else 's'}" for number, name in parts if number]
        return " ".join(said) or "0 days"


def read(value: date | datetime, zone: ZoneInfo) -> Reading:
    """A date or a time as an instant; what has no offset is local to the zone."""
    if not isinstance(value, datetime):
        return _local(datetime.combine(value, time()), zone)
    if value.tzinfo is not None:
        return Reading(spans.seconds(value))
    return _local(value, zone)


def _local(value: datetime, zone: ZoneInfo) -> Reading:
    first, second = (value.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    seconds = spans.seconds(first)
    if first.utcoffset() == second.utcoffset():
        return Reading(seconds)
    said = f"{value.isoformat(sep=' ', timespec='minutes')} in {zone.key}"
    shown = first.astimezone(UTC).astimezone(zone)
    if shown.replace(tzinfo=None) == value:
        return Reading(seconds, f"{said} exists twice, because the clocks go back")
    return Reading(_forward(seconds, zone), f"{said} does not exist, because the clocks go forward")


def _forward(seconds: int, zone: ZoneInfo) -> int:
    """The instant at which the clocks of a zone went forward, if a time at `seconds` or before it was left out."""
    after = _offset(seconds, zone)
    low, high = seconds - 2 * 86_400, seconds
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(middle, zone) == after:
            high = middle
        else:
            low = middle
    return high


def _offset(seconds: int, zone: ZoneInfo) -> timedelta | None:
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone).utcoffset()


def counted(start: date, count: Count) -> tuple[date, str]:
    """The day a count after another one, and a doubt if the month has no such day; the last day of it is taken then.

    Raises ValueError if the day lies outside the years that are counted.
    """
    month = start.year * 12 + start.month - 1 + count.years * 12 + count.months
    year, index = divmod(month, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{count} after {start.isoformat()} is in the year {year}; {FIRST_YEAR} to {LAST_YEAR}")
    last = calendar.monthrange(year, index + 1)[1]
    day = date(year, index + 1, min(start.day, last))
    doubt = f"the month {count} after {start.isoformat()} has no day {start.day}" if start.day > last else ""
    try:
        day += timedelta(days=count.days)
    except OverflowError as error:
        raise ValueError(f"{count} after {start.isoformat()} is no date; {FIRST_YEAR} to {LAST_YEAR}") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{count} after {start.isoformat()} is in the year {day.year}; {FIRST_YEAR} to {LAST_YEAR}")
    return day, doubt


@cache
def _zones() -> dict[str, frozenset[str]]:
    data = tomllib.loads(Path(__file__).with_name("zones.toml").read_text(encoding="utf-8"))
    return {code: frozenset(names) for code, names in data["zones"].items()}


def zone_is_foreign(code: str, zone: str) -> bool:
    """Whether a territory has several zones with different clocks, and this is none of them."""
    return zone not in _zones().get(code.partition("-")[0], frozenset({zone}))
