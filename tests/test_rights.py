"""Which windows allow a delivery, and which contradict each other: compared with a model that tries every day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets import rights
from assets.rights import RightsWindow, select, tree
from assets.rights.languages import same_for_all

DAYS = range(8)
CODES = ("JP", "KR", "US")
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return FIRST + timedelta(days=number)


def window(name="a", codes=CODES, start=0, end=None, **other) -> RightsWindow:
    facts = {"right": "svod", "zone": "UTC", **other}
    return RightsWindow(
        id=name, territories=frozenset(codes), start=day(start), end=None if end is None else day(end), **facts
    )


@st.composite
def windows(draw):
    found = []
    for name in "abcd"[: draw(st.integers(0, 4))]:
        start = draw(st.sampled_from(DAYS[:-1]))
        found.append(
            window(
                name,
                draw(st.sets(st.sampled_from(CODES), min_size=1)),
                start,
                draw(st.none() | st.sampled_from(DAYS[start + 1 :])),
                right=draw(st.sampled_from(["svod", "est"])),
                exclusive=draw(st.booleans()),
                languages=same_for_all(draw(st.none() | st.frozensets(st.sampled_from(["ko", "en"]), min_size=1))),
            )
        )
    return found


def spoken(item: RightsWindow) -> set[str]:
    return {tag for tag in ("ko", "en") if item.languages.names(tag)}


def days_of(item: RightsWindow) -> set[int]:
    return {number for number in DAYS if item.start <= day(number) and (item.end is None or day(number) < item.end)}


@given(windows(), st.frozensets(st.sampled_from(CODES)), st.sampled_from(DAYS), st.none() | st.sampled_from("abcd"))
def test_selected_exactly_when_each_territory_has_a_day_left(held, asked, now, only):
    usable = [item for item in held if item.right == "svod" and only in {None, item.id}]
    lasting = [item for item in usable if any(number >= now for number in days_of(item))]
    allowed = bool(asked) and all(any(code in item.territories for item in lasting) for code in asked)
    found = select(held, "svod", asked, day(now), only)
    assert bool(found.windows) == allowed
    assert bool(found.refusals) == (not allowed)
    if allowed:
        assert set(found.windows) == {item for item in lasting if item.territories & asked}
        assert list(found.windows) == sorted(found.windows, key=lambda item: (item.start, item.id))


@given(windows())
def test_conflicts_are_the_pairs_that_share_a_day_a_territory_and_a_language(held):
    expected = {
        (first.id, second.id)
        for first in held
        for second in held
        if first.id < second.id
        and first.right == second.right
        and (first.exclusive or second.exclusive)
        and days_of(first) & days_of(second)
        and first.territories & second.territories
        and spoken(first) & spoken(second)
    }
    assert {(first.id, second.id) for first, second in rights.conflicts(held)} == expected


@given(windows())
def test_a_window_meets_the_others_as_they_meet_it(held):
    for first in held:
        assert first.meets(first)
        assert all(first.meets(second) == second.meets(first) for second in held)


@given(windows(), st.sampled_from(DAYS))
def test_open_on_its_days_and_over_after_them(held, number):
    for item in held:
        assert item.is_open(day(number)) == (number in days_of(item))
        assert item.is_over(day(number)) == all(other < number for other in days_of(item))


def test_at_its_end_instant_a_window_is_over():
    item = window(end=3)
    assert item.is_open(day(3) - timedelta(microseconds=1))
    assert item.is_over(day(3))
    assert not item.meets(window("b", start=3))


def test_instants_of_different_zones_are_on_one_time_line():
    seoul = ZoneInfo("Asia/Seoul")
    item = RightsWindow("a", "svod", frozenset({"KR"}), datetime(2026, 1, 1, tzinfo=seoul), None, "Asia/Seoul")
    assert item.is_open(datetime(2025, 12, 31, 15, tzinfo=UTC))
    assert not item.is_open(datetime(2025, 12, 31, 14, 59, tzinfo=UTC))


@pytest.mark.parametrize(
    ("held", "asked", "only", "refusals"),
    [
        ([], {"KR"}, None, ("no rights window for svod",)),
        ([window()], {"KR"}, "b", ("no rights window 'b' for svod",)),
        ([window(right="est")], {"KR"}, None, ("no rights window for svod",)),
        ([window()], set(), None, ("no territory was asked for",)),
        ([window(codes={"KR"})], {"KR", "JP"}, None, ("no window for svod covers JP",)),
        ([window(codes={"KR"}), window("b")], {"JP"}, "a", ("no window 'a' for svod covers JP",)),
        (
            [window(codes={"KR"}, end=1)],
            {"KR", "JP"},
            None,
            (
                f"window {window(codes={'KR'}, end=1)} is over at 2026-01-06T00:00:00+00:00",
                "no window for svod covers JP",
            ),
        ),
    ],
)
def test_every_refusal_says_what_forbids(held, asked, only, refusals):
    assert select(held, "svod", frozenset(asked), day(5), only).refusals == refusals


@pytest.mark.parametrize(
    ("first", "second", "conflict"),
    [({"pt"}, {"pt-BR"}, True), ({"pt-BR"}, {"pt-PT"}, False), ({"kor"}, {"ko"}, True), (None, {"ko"}, True)],
)
def test_exclusive_windows_may_divide_the_languages(first, second, conflict):
    held = [
        window("a", exclusive=True, languages=same_for_all(first)),
        window("b", exclusive=True, languages=same_for_all(second)),
    ]
    assert bool(rights.conflicts(held)) is conflict


def test_duplicates_grant_the_same():
    held = [
        window("a", end=3),
        window("b", end=3, exclusive=True),
        window("c", end=4),
        window("d", codes={"KR"}, end=3),
    ]
    assert [(first.id, second.id) for first, second in rights.duplicates(held)] == [("a", "b")]


def test_twelve_media_rights_in_the_words_of_the_trade():
    assert list(tree.listed()) == [
        *("educational", "freetv", "paytv", "ott", "non-theatrical"),
        *("est", "dto", "dtr", "cablevod", "avod", "fvod", "svod"),
    ]
    assert rights.media_rights()["dtr"] == "DTR (download to rent)"


def test_a_window_is_shown_with_right_territories_and_times():
    assert str(window(codes={"KR"}, end=1)) == ("a (svod, KR, 2026-01-01T00:00:00+00:00 to 2026-01-02T00:00:00+00:00)")
    assert str(window()).endswith(" to open)")


def test_utc():
    assert rights.utc(datetime(2026, 12, 1, tzinfo=ZoneInfo("Asia/Seoul"))) == "2026-11-30T15:00:00Z"


def test_windows_of_one_zone_meet_by_their_instants_when_the_clocks_go_back():
    zone = ZoneInfo("America/New_York")
    second_half_past_one = datetime(2026, 11, 1, 1, 30, tzinfo=zone, fold=1)  # 06:30Z
    first_quarter_to_two = datetime(2026, 11, 1, 1, 45, tzinfo=zone)  # 05:45Z
    first = replace(window("a", exclusive=True), end=second_half_past_one)
    second = replace(window("b"), start=first_quarter_to_two)
    assert first.meets(second)
    assert [(one.id, other.id) for one, other in rights.conflicts([first, second])] == [("a", "b")]
    assert not first.is_over(first_quarter_to_two)
    assert first.is_open(first_quarter_to_two)
    assert rights.duplicates([replace(first, id="c", end=second_half_past_one.replace(fold=0)), first]) == []
