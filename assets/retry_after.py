"""The time that an overloaded server asks to be left alone for: the field Retry-After of RFC 9110, 10.2.3."""

import email.utils
from datetime import UTC, datetime

_DIGITS = 6


def retry_after_seconds(value: str, now: datetime, most: float) -> float:
    """The seconds that the field asks for, a number or a date: 0 to `most`, and 0 for what is neither."""
    if value.isascii() and value.isdigit():
        return min(float(value[:_DIGITS]), most)
    try:
        until = email.utils.parsedate_to_datetime(value)
    except (ValueError, OverflowError):  # the second for a year of twenty digits
        return 0.0
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return min(max(0.0, (until - now).total_seconds()), most)
