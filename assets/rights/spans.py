"""Half-open stretches of time, `[start, end)`, in whole seconds since 1970-01-01T00:00:00Z."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

BEGINNING = -(2**62)
"""Before every instant: the start of what may have begun at any time."""
OPEN = 2**62
"""After every instant: the end of what does not end."""

_EPOCH, _SECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(seconds=1)


class Span(NamedTuple):
    """The instants from `start` on, up to but without `end`."""

    start: int
    end: int

    def __bool__(self) -> bool:
        return self.start < self.end

    def __contains__(self, instant: object) -> bool:
        return isinstance(instant, int) and self.start <= instant < self.end

    def meet(self, other: "Span") -> "Span":
        """What both have; an empty span (false) if they only touch or are apart."""
        return Span(max(self.start, other.start), min(self.end, other.end))


ALWAYS = Span(BEGINNING, OPEN)


def seconds(instant: datetime) -> int:
    """An aware instant as whole seconds, those of the second that it lies in. Raises ValueError without an offset."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no time zone")
    return (instant - _EPOCH) // _SECOND


def instant(value: int) -> datetime | None:
    """The instant in UTC, or None for what is before or after every instant."""
    return None if value in {BEGINNING, OPEN} else datetime.fromtimestamp(value, UTC)
