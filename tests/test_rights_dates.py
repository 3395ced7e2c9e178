"""Dates of deals as instants: days without a midnight, midnights that come twice, months without such a day."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.rights import dates, spans
from assets.rights.dates import Count, counted

FORWARD, TWICE = "does not exist, because the clocks go forward", "exists twice, because the clocks go back"


local = datetime.fromisoformat


def utc(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("when", "zone", "read_as", "doubt"),
    [
        (date(2026, 12, 1), "Asia/Seoul", "2026-11-30 15:00:00", ""),
        (date(2018, 11, 4), "America/Sao_Paulo", "2018-11-04 03:00:00", FORWARD),
        (date(2018, 11, 5), "America/Sao_Paulo", "2018-11-05 02:00:00", ""),
        (date(2018, 2, 18), "America/Sao_Paulo", "2018-02-18 03:00:00", ""),
        (date(2024, 3, 31), "Asia/Beirut", "2024-03-30 22:00:00", FORWARD),
        (date(2023, 4, 28), "Africa/Cairo", "2023-04-27 22:00:00", FORWARD),
        (date(2023, 10, 27), "Africa/Cairo", "2023-10-26 22:00:00", ""),
        (date(1988, 5, 8), "Asia/Seoul", "1988-05-07 15:00:00", ""),
        (date(1988, 5, 9), "Asia/Seoul", "1988-05-08 14:00:00", ""),
        (local("1988-05-08T02:30"), "Asia/Seoul", "1988-05-07 17:00:00", FORWARD),
        (date(2023, 11, 5), "America/Havana", "2023-11-05 04:00:00", TWICE),
        (date(2011, 12, 30), "Pacific/Apia", "2011-12-30 10:00:00", FORWARD),
        (date(2011, 12, 31), "Pacific/Apia", "2011-12-30 10:00:00", ""),
        (local("2026-03-08T02:30"), "America/New_York", "2026-03-08 07:00:00", FORWARD),
        (local("2026-11-01T01:30"), "America/New_York", "2026-11-01 05:30:00", TWICE),
        (datetime(2026, 11, 1, 1, 30, tzinfo=UTC), "America/New_York", "2026-11-01 01:30:00", ""),
        (date(2028, 2, 29), "Asia/Tokyo", "2028-02-28 15:00:00", ""),
    ],
)
def test_a_local_time_is_an_instant_or_says_why_it_is_doubtful(when, zone, read_as, doubt):
    found = dates.read(when, ZoneInfo(zone))
    assert utc(found.seconds) == read_as
    assert found.doubt.endswith(doubt)
    assert bool(found.doubt) == bool(doubt)


ZONES = st.sampled_from(
    [
        "Asia/Seoul",
        "America/Sao_Paulo",
        "Asia/Beirut",
        "Africa/Cairo",
        "America/Havana",
        "Pacific/Apia",
        "Europe/London",
    ]
)


@given(st.dates(date(1950, 1, 1), date(2036, 1, 1)), ZONES)
def test_a_bare_date_is_the_first_instant_of_its_day(day, name):
    zone = ZoneInfo(name)
    seconds = dates.read(day, zone).seconds
    shown, before = (datetime.fromtimestamp(at, zone) for at in (seconds, seconds - 1))
    assert shown.date() >= day
    assert before.date() < day
    assert shown.date() == day or (name, day) == ("Pacific/Apia", date(2011, 12, 30)), "a day that was left out"


@given(st.dates(date(1950, 1, 1), date(2036, 1, 1)), ZONES)
def test_the_last_day_ends_where_the_next_one_begins(day, name):
    first, second = (dates.read(day + timedelta(days=number), ZoneInfo(name)).seconds for number in (0, 1))
    hours = (second - first) // 3600
    assert 23 <= hours <= 25 or (name, day) == ("Pacific/Apia", date(2011, 12, 30))


@pytest.mark.parametrize(
    ("start", "count", "end", "doubt"),
    [
        (date(2026, 1, 31), Count(months=1), date(2026, 2, 28), "the month 1 month after 2026-01-31 has no day 31"),
        (date(2028, 1, 31), Count(months=1), date(2028, 2, 29), "the month 1 month after 2028-01-31 has no day 31"),
        (date(2028, 2, 29), Count(years=1), date(2029, 2, 28), "the month 1 year after 2028-02-29 has no day 29"),
        (date(2028, 2, 29), Count(years=4), date(2032, 2, 29), ""),
        (date(2026, 11, 30), Count(days=90), date(2027, 2, 28), ""),
        (date(2027, 11, 30), Count(days=91), date(2028, 2, 29), ""),
        (date(2026, 12, 15), Count(months=1, days=17), date(2027, 2, 1), ""),
        (date(2026, 1, 15), Count(months=-1), date(2025, 12, 15), ""),
        (date(2026, 1, 15), Count(years=1, months=-13), date(2025, 12, 15), ""),
        (date(2026, 3, 1), Count(days=-1), date(2026, 2, 28), ""),
        (date(2026, 3, 1), Count(), date(2026, 3, 1), ""),
    ],
)
def test_days_are_counted_on_the_calendar(start, count, end, doubt):
    assert counted(start, count) == (end, doubt)


@pytest.mark.parametrize(
    "count", [Count(years=8000), Count(years=-500), Count(days=10**7), Count(days=-(10**6)), Count(months=10**5)]
)
def test_a_count_that_leaves_the_calendar_is_said(count):
    with pytest.raises(ValueError, match=r"after 2026-01-01 is .*; 1888 to 9998"):
        counted(date(2026, 1, 1), count)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-100, 400))
def test_a_month_later_is_that_day_or_the_last_of_the_month(start, months):
    end, doubt = counted(start, Count(months=months))
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == start.day or (doubt and (end + timedelta(days=1)).day == 1)


def test_a_count_is_said_in_words():
    assert str(Count(1, 6, 10)) == "1 year 6 months 10 days"
    assert str(Count()) == "0 days"


@pytest.mark.parametrize(
    ("code", "zone", "is_foreign"),
    [
        ("US", "Asia/Seoul", True),
        ("US", "America/Chicago", False),
        ("US", "US/Pacific", False),
        ("CA-QC", "America/Toronto", False),
        ("CA-QC", "Europe/Paris", True),
        ("KR", "Europe/Paris", False),
        ("EU", "Asia/Seoul", False),
    ],
)
def test_a_zone_is_foreign_to_a_territory_of_several_others(code, zone, is_foreign):
    assert dates.zone_is_foreign(code, zone) is is_foreign


def test_every_zone_of_the_list_is_one():
    assert all(ZoneInfo(name) for names in dates._zones().values() for name in names)


def test_instants_beyond_all_others_have_no_date():
    assert spans.instant(spans.OPEN) is None
    assert spans.instant(0) == datetime(1970, 1, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="2026-01-01T00:00:00 has no time zone"):
        spans.seconds(local("2026-01-01T00:00"))
    assert spans.seconds(datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=9)))) == 1767193200
    assert spans.seconds(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == -1
