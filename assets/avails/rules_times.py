"""Rules of Avails on starts, ends, lags and the days around them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from assets.avails import values
from assets.avails.finding import doubted, found, name_of
from assets.avails.rows import Finding, Row, When
from assets.avails.vocabulary import vocabulary

LATEST = date(2036, 1, 2)
"""After this day one large platform takes no date; what does not end is Open."""
_AHEAD, _BEHIND = timedelta(hours=14), timedelta(hours=12)
"""How far local time is ahead of UTC at most, and behind."""
_NO_START, _NO_END = "Open", "Immediate"
_EVENTS = ("announce", "suppress_until", "preorder_fulfil", "release_original", "release_video")


def bounds(value: When) -> tuple[datetime, datetime] | None:
    """The first and the last instant that a date may be, as nobody says where it is local; None for a condition."""
    if value.at is None:
        return None
    if value.instant is not None:
        return value.instant, value.instant
    local = value.at if isinstance(value.at, datetime) else datetime.combine(value.at, time())
    try:
        there = local.replace(tzinfo=UTC)
        return there - _AHEAD, there + _BEHIND
    except OverflowError:
        return there, there


def is_before(first: When, second: When) -> bool | None:
    """Whether one date is before another; None if that depends on where they are local, or if one is a condition."""
    if first.at is None or second.at is None:
        return None
    if first.instant is None and second.instant is None:
        return _local(first.at) < _local(second.at)
    one, other = bounds(first), bounds(second)
    if one is None or other is None or not (one[1] < other[0] or one[0] >= other[1]):
        return None
    return one[1] < other[0]


def _local(at: date | datetime) -> datetime:
    return at if isinstance(at, datetime) else datetime.combine(at, time())


def term(row: Row) -> Iterator[Finding]:
    """A term starts before it ends."""
    if row.start and row.end and is_before(row.start, row.end) is False:
        what = f"{values.when_text(row.end)} is not after the start, {values.when_text(row.start)}"
        yield found("end-before-start", row, "end", what, "an end after the start")
    if row.end.at is not None and _local(row.end.at).date() > LATEST:
        yield doubted("end-late", row, "end", f"{values.when_text(row.end)} is far away", f"Open, or until {LATEST}")
    if row.window_duration and not values.is_duration(row.window_duration):
        what = f"{row.window_duration!r} is no duration"
        yield found("window-duration", row, "window_duration", what, "P90D, PT48H")


def conditions(row: Row) -> Iterator[Finding]:
    """A condition is a word of the vocabulary that makes sense at its end of the term."""
    for field, senseless in (("start", _NO_START), ("end", _NO_END)):
        value: When = getattr(row, field)
        listed = vocabulary().words["DateTimeCondition"]
        if value.condition == senseless:
            what = f"{value.condition} says nothing of a {field}"
            yield found(
                "condition-senseless", row, field, what, ", ".join(word for word in listed if word != senseless)
            )
        elif value.condition and value.condition not in listed:
            what = f"{value.condition!r} is neither a date nor a condition"
            sensible = (word for word in listed if word != senseless)
            yield found("condition", row, field, what, f"a date, {', '.join(sensible)}")
        if value.lag:
            yield from _lag(row, field, value)


def _lag(row: Row, field: str, value: When) -> Iterator[Finding]:
    place = f"{row.place}: {name_of(field)}Lag"
    if not values.is_duration(value.lag):
        yield Finding("lag", place, f"{value.lag!r} is no duration", "P90D, -P7D")
    elif not value.condition or value.condition in {"Open", "Immediate", "TBD"}:
        after = value.condition or "a date"
        yield Finding("lag-without-event", place, f"counts from {after}", "an event, such as Theatrical")


def around(row: Row) -> Iterator[Finding]:
    """What is announced, shown and fulfilled before the start."""
    for field in _EVENTS:
        value: When = getattr(row, field)
        if value.condition:
            yield found("event", row, field, f"{value.condition!r} is no date", "2027-01-01")
    for field in ("announce", "suppress_until"):
        value = getattr(row, field)
        if value.at is not None and is_before(row.start, value):
            what = f"{values.when_text(value)} is after the start, {values.when_text(row.start)}"
            yield found(
                f"{'announced' if field == 'announce' else 'suppressed'}-late", row, field, what, "not after it"
            )
    if row.license_type == "POEST" and not row.suppress_until:
        yield found("pre-order-hidden", row, "suppress_until", "is missing", "a pre-order says when it may be seen")
    if row.preorder_fulfil and row.license_type not in {"POEST", "EST"}:
        yield found(
            "fulfil-without-pre-order", row, "preorder_fulfil", f"is no matter of {row.license_type}", "nothing"
        )
    if row.preorder_fulfil.at is not None and is_before(row.preorder_fulfil, row.start):
        yield found("fulfil-early", row, "preorder_fulfil", "is before the start", "not before it")
