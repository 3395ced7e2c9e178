"""From when to when: the dates of a grant or holdback as a term, with what of them could be read in another way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from assets.metadata import Release
from assets.rights import dates
from assets.rights.model import Term
from assets.rights.relative import START, Relative, released
from assets.rights.spans import OPEN

When = datetime | date | Relative
"""A date, a time, or so long after something."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a date is: the day that it names in the zone, if it is a day, and its instant; None if not known yet.

    `doubts` are what could be read in another way, each with how it was read.
    """

    seconds: int | None
    day: date | None
    doubts: tuple[tuple[str, str], ...] = ()
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What dates are read by: the declared zone, and the releases that others are counted from."""

    zone: ZoneInfo
    releases: Sequence[Release] = ()

    def find(self, when: When, start: Found | None = None, later: int = 0) -> Found:
        """A date as an instant, `later` days after it. `start` is what may be counted from beside releases.

        Raises ValueError if it lies outside the years that are counted: what is wrong; what is allowed.
        """
        if not isinstance(when, Relative):
            return self._read(when, later)
        anchor, doubt = (start.day, "") if start and when.after == START else released(when, self.releases)
        if anchor is None:
            return Found(None, None, unknown=start.unknown if start and when.after == START else when.anchor)
        day, short = dates.counted(anchor, when.count)
        found = self._read(day, later)
        counted = ((doubt, f"counted from {anchor}"), (short, f"as {day.isoformat()}"))
        return replace(found, doubts=(*(item for item in counted if item[0]), *found.doubts))

    def _read(self, when: date | datetime, later: int) -> Found:
        if not isinstance(when, datetime):
            day = when + timedelta(days=later)
            reading = dates.read(day, self.zone)
        else:
            reading = dates.read(when, self.zone)
            day = datetime.fromtimestamp(reading.seconds, self.zone).date()
        read_as = f"as {datetime.fromtimestamp(reading.seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
        return Found(reading.seconds, day, ((reading.doubt, read_as),) if reading.doubt else ())

    def last(self, end: When | str | None, through: date | Relative | None, start: Found) -> Found:
        """The first instant without the right: an end, or the day after the last one; `open` has none."""
        if dates.FOREVER in {end, through}:
            return Found(OPEN, None, (("9999-12-31 is no date that a right ends on", "as open"),))
        if end == "open":
            return Found(OPEN, None)
        if through is not None:
            return self.find(through, start, later=1)
        assert end is not None and not isinstance(end, str)  # noqa: S101, PT018 -- records: one of the two is given
        return self.find(end, start)


def term(start: Found, end: Found, zone: str, said: str) -> Term:
    """A term of what was found."""
    unknown = tuple(dict.fromkeys(item.unknown for item in (start, end) if item.unknown))
    return Term(start.seconds, end.seconds, zone, said, unknown)


def said(start: When, end: When | str | None, through: date | Relative | None) -> str:
    """A term as its file says it: `2026-01-01 through 2026-12-31`, `2026-01-01 to open`."""
    return f"{start} through {through}" if through is not None else f"{start} to {end}"


def cut(whole: Term, at: int) -> Term:
    """A term of a deal that ended before its time. What had no certain dates then has no certain time at all."""
    if whole.start is None or whole.end is None:
        return replace(whole, start=None, end=min(at, OPEN if whole.end is None else whole.end))
    return replace(whole, start=min(whole.start, at), end=min(whole.end, at))
