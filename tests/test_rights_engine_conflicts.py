"""What contradicts itself in a title's deals: both sides, exactly where, when and in which languages."""

import pytest
from rights_deals import instant, licence, mandate, scope, term, title

from assets.rights.answers import Why
from assets.rights.conflict_report import all_conflicts, conflicts_of
from assets.rights.contradictions import Kind
from assets.rights.indexing import index, index_title
from assets.rights.languages import ALL, NONE, Languages, Tags, same_for_all
from assets.rights.model import Status, Term
from assets.rights.spans import Span
from assets.rights.wording import conflict_text

NOW = instant("2027-01-01")
YEAR = term("2027-01-01", "2028-01-01")
EXCLUSIVE = {"exclusive": True}


def found(*deals, at=NOW):
    return conflicts_of(index_title(title(*deals)), at)


def sides(conflicts):
    return [
        (item.kind, item.first.item.id, item.second.item.id if item.second else None, item.is_error)
        for item in conflicts
    ]


def test_deals_that_do_not_touch_have_no_conflict():
    before, after = term("2026-01-01", "2027-01-01"), YEAR
    deals = [
        mandate(),
        licence("first", (scope(when=before), EXCLUSIVE), holdbacks=[scope("freetv", when=before)]),
        licence("second", (scope(when=after), EXCLUSIVE)),
        licence("third", (scope(territories="KR"), EXCLUSIVE)),
        licence("fourth", (scope("freetv", when=after), EXCLUSIVE)),
    ]
    assert found(*deals) == ()
    assert found(licence("alone", scope())) == ()


def test_what_lies_wholly_in_the_past_is_a_note():
    """At the first instant without it, it is history; before that it is an error."""
    rights = [licence(name, (scope(when=YEAR), EXCLUSIVE)) for name in ("one", "other")]
    for at, severity in ((YEAR.end - 1, "error"), (YEAR.end, "note")):
        [conflict] = found(*rights, at=at)
        assert (conflict.kind, conflict.severity) == (Kind.OVERLAPPING_EXCLUSIVES, severity)
        assert conflict_text(conflict).startswith("in the past: ") == (severity == "note")
    later = licence("later", (scope(when=term("2028-01-01")), EXCLUSIVE), status=Status.PENDING)
    last = licence("last", (scope(when=term("2028-01-01")), EXCLUSIVE))
    assert [item.severity for item in found(*rights, later, last, at=YEAR.end)] == ["warning", "note"]
    used = licence("used", (scope("freetv", when=YEAR), {"runs": 1, "runs_used": 2}))
    assert [item.severity for item in found(used, at=YEAR.end)] == ["error"], "it is owed still"


def test_two_exclusive_licences_meet_where_both_are():
    one = licence("one", (scope(territories="JP KR", when=YEAR, named="APAC"), EXCLUSIVE))
    other = licence("other", (scope(territories="JP US", when=term("2027-07-01"), named="JP, US"), EXCLUSIVE))
    [conflict] = found(one, other)
    assert sides([conflict]) == [(Kind.OVERLAPPING_EXCLUSIVES, "one-1", "other-1", True)]
    assert (conflict.territories, conflict.rights) == ({"JP"}, {"svod"})
    assert conflict.span == Span(instant("2027-07-01"), YEAR.end)
    assert (conflict.groups, conflict.languages) == (("APAC",), ())
    assert (conflict.first.source.contract, conflict.first.source.clause) == ("contract one", "2.1")


@pytest.mark.parametrize("status", [Status.PENDING, Status.DRAFT])
def test_a_deal_that_is_not_signed_is_a_warning_and_a_draft_is_nothing(status):
    one = licence("one", (scope(when=YEAR), EXCLUSIVE))
    other = licence("other", scope(when=YEAR), status=status)
    expected = [(Kind.EXCLUSIVE_AND_OTHER, "other-1", "one-1", False)] if status is Status.PENDING else []
    assert sides(found(one, other)) == expected


def test_only_the_languages_that_both_grant_are_in_conflict():
    dubbed = same_for_all(["ja", "ko"]).dubbed
    one = licence("one", (scope(languages=Languages(dubbed, NONE, NONE)), EXCLUSIVE))
    other = licence("other", scope(languages=Languages(Tags(None, frozenset({"ko"})), ALL, ALL)))
    [conflict] = found(one, other)
    assert (conflict.kind, conflict.languages) == (Kind.EXCLUSIVE_AND_OTHER, ("dubbed ja",))


def test_a_licence_sold_into_a_holdback_names_it():
    tv = licence("tv", scope("freetv"), holdbacks=[scope("svod freetv", when=YEAR)])
    assert sides(found(tv, licence("tube", scope()))) == [(Kind.HOLDBACK_BROKEN, "tube-1", "tv-held-1", True)]
    theirs = mandate(holdbacks=[scope("freetv", when=YEAR)])
    assert sides(found(theirs, tv)) == [(Kind.HOLDBACK_BROKEN, "tv-1", "producer-held-1", True)]


def test_a_sale_outside_the_mandate_says_what_is_missing():
    [abroad] = found(mandate(), licence("tube", scope(territories="JP US")))
    assert sides([abroad]) == [(Kind.OUTSIDE_MANDATE, "tube-1", None, True)]
    assert (abroad.territories, abroad.why) == ({"US"}, Why.NOT_HELD)
    [longer] = found(mandate(scope(when=YEAR)), licence("tube", scope(when=term("2027-06-01"))))
    assert sides([longer]) == [(Kind.OUTSIDE_MANDATE, "tube-1", "producer-1", True)]
    assert (longer.span.start, longer.why) == (YEAR.end, Why.OVER)
    [spoken] = found(mandate(scope(languages=same_for_all(["ja", "ko"]))), licence("tube", scope()))
    assert (spoken.kind, spoken.why) == (Kind.LANGUAGES_OUTSIDE_MANDATE, Why.LANGUAGE)
    assert spoken.languages == tuple(
        f"{carrier} all languages except ja, ko" for carrier in ("dubbed", "subtitled", "captioned")
    )


def test_a_mandate_that_is_used_up_or_has_no_dates_covers_no_sale():
    tube = licence("tube", scope(when=YEAR))
    used_up = mandate((scope(), {"runs": 1, "runs_used": 1}))
    assert [(item.kind, item.why) for item in found(used_up, tube)] == [(Kind.OUTSIDE_MANDATE, Why.USED_UP)]
    someday = mandate(scope(when=Term(None, YEAR.end, unknown=("theatrical in JP",))))
    assert [(item.kind, item.why) for item in found(someday, tube)] == [
        (Kind.OUTSIDE_MANDATE, Why.DATE_UNKNOWN),
        (Kind.DATE_UNKNOWN, None),
    ]


def test_a_sale_must_lie_in_every_mandate_of_the_chain():
    agent, producer = mandate(scope(territories="JP KR"), name="agent", under="producer"), mandate(scope())
    outside = [
        item
        for item in found(agent, producer, licence("tube", scope(territories="KR")))
        if item.first.item.id == "tube-1"
    ]
    assert [(item.kind, item.second.item.id, item.why) for item in outside] == [
        (Kind.OUTSIDE_MANDATE, "agent-1", Why.CHAIN)
    ]
    narrow = mandate(scope(territories="KR"), name="agent", under="producer")
    [beside] = found(narrow, mandate(scope(territories="JP KR")), licence("tube", scope(territories="JP")))
    assert (beside.kind, beside.first.item.id, beside.why) == (Kind.OUTSIDE_MANDATE, "tube-1", Why.NOT_PASSED_ON)


def test_a_mandate_gives_no_more_than_the_one_it_rests_on():
    agent = mandate(scope(territories="JP KR"), name="agent", under="producer")
    [conflict] = found(agent, mandate(scope(territories="JP")))
    assert sides([conflict]) == [(Kind.OUTSIDE_CHAIN, "agent-1", "producer-1", True)]
    assert conflict.territories == {"KR"}
    assert sides(found(agent)) == [(Kind.BROKEN_CHAIN, "agent-1", None, True)]
    unsigned = mandate(status=Status.PENDING)
    assert sides(found(agent, unsigned)) == [(Kind.BROKEN_CHAIN, "agent-1", "producer-1", True)]


def test_a_gap_in_what_was_passed_on_is_found_though_whoever_passed_it_on_has_none():
    first, second = term("2026-01-01", "2027-01-01"), term("2027-02-01", "2028-01-01")
    agent, renewed = (
        mandate(scope(when=when), name=name, under="producer") for name, when in (("agent", first), ("renewed", second))
    )
    assert sides(found(mandate(), agent, renewed)) == [(Kind.MANDATE_GAP, "agent-1", "renewed-1", False)]
    assert not found(mandate(), mandate(scope(when=first), name="one"), mandate(scope(when=second), name="two"))


def test_a_gap_between_a_mandate_and_its_renewal_is_found_with_the_licence_that_runs_over_it():
    first, second = term("2026-01-01", "2027-01-01"), term("2027-02-01", "2028-01-01")
    both = [mandate(scope(when=first)), mandate(scope(when=second), name="renewal")]
    gap = Span(first.end, second.start)
    [conflict] = found(*both)
    assert sides([conflict]) == [(Kind.MANDATE_GAP, "producer-1", "renewal-1", False)]
    assert conflict.span == gap
    over = found(*both, licence("tube", scope(when=term("2026-06-01", "2027-06-01"))))
    assert {(item.kind, item.span) for item in over} == {(Kind.OUTSIDE_MANDATE, gap), (Kind.MANDATE_GAP, gap)}
    assert found(*both, mandate(scope(when=term("2026-06-01", "2027-06-01")), name="between")) == ()
    third = mandate(scope(when=term("2028-02-01", "2029-01-01")), name="third")
    assert [(item.first.item.id, item.second.item.id) for item in found(*both, third)] == [
        ("producer-1", "renewal-1"),
        ("renewal-1", "third-1"),
    ]


def test_terms_that_meet_on_the_calendar_and_not_in_time():
    first = licence("first", scope(when=term("2026-01-01", "2027-01-01", "Asia/Seoul")))
    japanese = licence("second", scope(when=term("2027-01-01", "2028-01-01", "Asia/Tokyo")))
    assert found(first, japanese) == ()
    american = licence("second", (scope(when=term("2027-01-01", "2028-01-01", "America/Los_Angeles")), EXCLUSIVE))
    [gap] = found(first, american)
    assert (gap.kind, gap.span.end - gap.span.start, gap.is_error) == (Kind.ZONES, 17 * 3600, False)
    hour_later = Term(instant("2027-01-01T01:00", "Asia/Tokyo"), YEAR.end, "Asia/Tokyo")
    assert found(first, licence("second", scope(when=hour_later))) == ()


def test_a_licence_that_outlasts_its_mandate_by_a_time_zone_is_told_as_such():
    ours = mandate(scope(when=term("2026-01-01", "2027-01-01", "Asia/Seoul")))
    longer = licence("tube", scope(when=term("2026-06-01", "2027-01-01", "America/New_York")))
    assert [(item.kind, item.is_error) for item in found(ours, longer)] == [
        (Kind.OUTSIDE_MANDATE, True),
        (Kind.ZONES, False),
    ]
    shorter = licence("tube", scope(when=term("2026-06-01", "2027-01-01", "Pacific/Kiritimati")))
    assert found(ours, shorter) == ()


def test_what_is_wrong_with_one_deal_alone():
    past = term("2025-01-01", "2026-01-01")
    someday = Term(None, YEAR.end, unknown=("theatrical in JP",))
    deals = [
        licence("old", scope("est", when=past), status=Status.DRAFT),
        licence("open", scope("dtr", when=someday), holdbacks=[scope("ott", when=someday)]),
        licence("shown", (scope("paytv"), {"runs": 2, "runs_used": 3})),
    ]
    assert sides(found(*deals)) == [
        (Kind.RUNS_EXCEEDED, "shown-1", None, True),
        (Kind.DATE_UNKNOWN, "open-1", None, False),
        (Kind.DATE_UNKNOWN, "open-held-1", None, False),
        (Kind.UNSIGNED_AND_OVER, "old-1", None, False),
    ]
    assert [item.kind for item in found(deals[0], at=past.end - 1)] == []


def test_a_catalogue_is_reported_title_by_title():
    one = licence("one", (scope(), EXCLUSIVE))
    titles = index([title(one, licence("other", scope()))])
    assert [item.title for item in all_conflicts(titles, NOW)] == ["thaw"]
