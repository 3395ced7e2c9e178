"""What happens to a title's rights, and on which day."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from rights_deals import deal, instant, licence, mandate, scope, term, title

from assets.rights.happenings import Kind, LeadTime, happenings, undated
from assets.rights.model import Side, Status, Term
from assets.rights.spans import OPEN
from cli.render import happening_words

SEOUL = term("2027-01-01", "2028-01-01", "Asia/Seoul")


def told(rights, leads=(), at=OPEN):
    return [(item.kind, item.day, item.is_tentative) for item in happenings(rights, at, leads)]


def test_a_licence_opens_and_has_a_last_day():
    assert told(title(licence("a", scope(when=SEOUL)))) == [
        (Kind.OPENING, date(2027, 1, 1), False),
        (Kind.CLOSING, date(2027, 12, 31), False),
    ]


def test_what_is_no_midnight_there_is_a_time():
    when = Term(instant("2027-01-01T09:00", "Asia/Seoul"), instant("2027-06-01", "Asia/Tokyo") + 1, "Asia/Seoul")
    found = happenings(title(licence("a", scope(when=when))), OPEN)
    assert [item.day for item in found] == [None, None]
    assert [happening_words.when(item) for item in found] == ["2027-01-01 09:00:00", "2027-06-01 00:00:01"]
    assert [happening_words.phrase(item) for item in found] == ["opens", "closes"]


def test_a_day_may_begin_at_one_o_clock():
    """In São Paulo the clocks went forward at midnight: 2018-11-04 began at one."""
    zone = ZoneInfo("America/Sao_Paulo")
    start = int(datetime(2018, 11, 4, 1, tzinfo=zone).timestamp())
    end = int(datetime(2018, 12, 1, tzinfo=zone).timestamp())
    found = told(title(licence("a", scope(when=Term(start, end, zone.key)))))
    assert [day for _, day, _ in found] == [date(2018, 11, 4), date(2018, 11, 30)]
    assert told(title(licence("a", scope(when=Term(start, start + 3600, zone.key)))))[1][1] is None


def test_open_ends_do_not_happen():
    assert told(title(mandate(), licence("a", scope()))) == []


def test_what_a_mandate_keeps_back_is_in_the_calendar_until_it_ends():
    embargoes = {"announce": instant("2027-02-01", "Asia/Seoul"), "suppress_until": instant("2029-01-01")}
    assert told(title(mandate((scope(when=SEOUL), embargoes)))) == [
        (Kind.ANNOUNCE, date(2027, 2, 1), False),
        (Kind.MANDATE_ENDS, date(2027, 12, 31), False),
    ]


def test_mandates_and_holdbacks_end():
    held = mandate(scope(when=SEOUL), holdbacks=[scope("freetv", when=term("2027-01-01", "2027-03-01"))])
    sold = deal("b", Side.LICENCE, holdbacks=[scope("avod", when=SEOUL)])
    assert told(title(held, sold)) == [
        (Kind.HOLDBACK_ENDS, date(2027, 2, 28), False),
        (Kind.HOLDBACK_ENDS, date(2027, 12, 31), False),
        (Kind.MANDATE_ENDS, date(2027, 12, 31), False),
    ]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.DRAFT, []),
        (Status.PENDING, [(Kind.OPENING, True), (Kind.CLOSING, True)]),
        (Status.SIGNED, [(Kind.OPENING, False), (Kind.CLOSING, False)]),
        (Status.ENDED, [(Kind.OPENING, False), (Kind.CLOSING, False)]),
    ],
)
def test_how_far_a_deal_has_come(status, expected):
    found = told(title(licence("a", scope(when=SEOUL), status=status)))
    assert [(kind, tentative) for kind, _, tentative in found] == expected


def test_what_is_signed_only_later_is_tentative_until_that_day():
    later = replace(licence("a", scope(when=SEOUL)), signed=date(2026, 12, 10))
    day = instant("2026-12-09T10:00")  # when the day of signature begins in the first time zone of the world
    assert [tentative for *_, tentative in told(title(later), at=day - 1)] == [True, True]
    assert [tentative for *_, tentative in told(title(later), at=day)] == [False, False]
    before, after = (happenings(title(later), at)[0] for at in (day - 1, day))
    assert (happening_words.phrase(before), happening_words.phrase(after)) == ("not signed yet: opens", "opens")
    assert dict(happening_words.terms(before.claim, day - 1))["status"] == "signed only on 2026-12-10"
    assert dict(happening_words.terms(after.claim, day))["status"] == "signed"


def test_a_deal_that_ended_before_it_began_says_nothing():
    start = instant("2027-01-01")
    cut = title(
        licence("a", scope(when=Term(start, start)), status=Status.ENDED),
        licence("b", scope(when=Term(None, start, unknown=("release in JP",))), status=Status.ENDED),
    )
    assert told(cut) == []
    assert undated(cut) == []


def test_a_date_that_nobody_knows_is_said_and_makes_the_other_tentative():
    when = Term(None, instant("2030-01-01"), "UTC", "", ("theatrical release in JP",))
    rights = title(licence("a", scope(when=when)))
    assert told(rights) == [(Kind.CLOSING, date(2029, 12, 31), True)]
    (claim,) = undated(rights)
    assert happening_words.waiting("thaw", claim) == (
        "rights.toml: line 2: SVOD (JP) waits for the theatrical release in JP, whose date title.toml does not say"
    )


def test_embargoes_lift_while_the_licence_lasts():
    facts = {"announce": instant("2026-12-01", "Asia/Seoul"), "suppress_until": instant("2026-12-24T15:00")}
    found = told(title(licence("a", (scope(when=SEOUL), facts))))
    assert found[:2] == [(Kind.ANNOUNCE, date(2026, 12, 1), False), (Kind.EMBARGO_LIFTS, date(2026, 12, 25), False)]
    late = {"announce": SEOUL.end, "suppress_until": SEOUL.end + 1}
    assert [kind for kind, _, _ in told(title(licence("a", (scope(when=SEOUL), late))))] == [Kind.OPENING, Kind.CLOSING]


def test_deliveries_are_due_before_an_opening():
    """Those of the same lead together, and only for platforms whose whole right is licensed."""
    leads = [LeadTime("one", "svod", 31), LeadTime("two", "freetv", 31), LeadTime("three", "svod", 0)]
    leads += [LeadTime("group", "vod-streaming", 31), LeadTime("other", "est", 31)]
    found = happenings(title(licence("a", scope("svod freetv", when=SEOUL))), OPEN, leads)
    due = [(item.day, item.platforms, item.rights) for item in found if item.kind is Kind.DELIVERY_DUE]
    assert due == [
        (date(2026, 12, 1), ("one", "two"), {"svod", "freetv"}),
        (date(2027, 1, 1), ("three",), {"svod"}),
    ]


def test_nothing_is_due_where_no_run_is_left():
    used_up = licence("a", (scope(when=SEOUL), {"runs": 2, "runs_used": 2}))
    assert Kind.DELIVERY_DUE not in [kind for kind, _, _ in told(title(used_up), [LeadTime("one", "svod", 1)])]


def test_a_uid_stays_when_a_date_moves_and_is_no_other_s():
    leads = [LeadTime("one", "svod", 1), LeadTime("two", "svod", 2)]
    moved = scope(when=term("2027-02-01", "2028-02-01"))
    before, after = (happenings(title(licence("a", item)), OPEN, leads) for item in (scope(when=SEOUL), moved))
    assert {item.uid for item in before} == {item.uid for item in after}
    others = happenings(title(licence("b", scope(when=SEOUL)), mandate(scope(when=SEOUL))), OPEN, leads)
    uids = [item.uid for item in (*before, *others)]
    assert len(set(uids)) == len(uids)
    assert not any("a-1" in uid for uid in uids)
