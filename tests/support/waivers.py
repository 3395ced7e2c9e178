"""Waivers for tests."""

from datetime import UTC, date, datetime, timedelta

from assets.waivers import Waiver


def waiver(fingerprint="00000000000000aa", check="subtitle/overlap", **changes):
    """A waiver of 2026-11-01 without an end, or that ends in UTC with the day `until`."""
    until = changes.pop("until", None)
    end = datetime.combine(until + timedelta(days=1), datetime.min.time(), UTC) if until else None
    said = {"asset": "", "reason": "감독의 뜻", "by": "김하늘", "granted": date(2026, 11, 1)}
    return Waiver(fingerprint=fingerprint, check=check, until=until, end=end, **(said | changes))
