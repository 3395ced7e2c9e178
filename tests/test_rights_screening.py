"""Whether somebody may be shown a title: by what is held, where, when, in which languages, and what holds it back."""

import random
from dataclasses import replace

import pytest
from brute_rights import RIGHTS, TERRITORIES, TONGUES, Brute, instants, random_rights
from rights_deals import instant, licence, mandate, scope, term, title

from assets.rights.answers import Why
from assets.rights.indexing import index_title
from assets.rights.languages import Carrier, Languages, Tags
from assets.rights.model import Status
from assets.rights.screening import SCREENINGS, may_screen
from assets.rights.spans import BEGINNING, OPEN
from assets.rights.wording import refusal_text

JP = frozenset({"JP"})
AT = instant("2027-01-01")
END = instant("2028-01-01")
TERM = term("2026-01-01", "2028-01-01")
HELD = mandate(scope("svod", "JP KR", TERM))
KOREAN = frozenset({(Carrier.DUBBED, "ko")})


def ask(*deals, territories=JP, at=AT, tongues=KOREAN, original=""):
    return may_screen(index_title(title(*deals), original), territories, at, tongues)


def said(found):
    return [refusal_text(refusal) for refusal in found.refusals]


def test_what_we_hold_may_be_shown_for_as_long_as_we_hold_it():
    found = ask(HELD)
    assert (found.allowed, found.until, found.no_mandate) == (True, END, False)
    assert [claim.item.id for claim in found.grants] == ["producer-1"]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"territories": frozenset({"FR"})}, Why.NOT_HELD),
        ({"territories": frozenset({"JP", "FR"})}, Why.NOT_HELD),
        ({"at": END}, Why.OVER),
        ({"at": instant("2025-12-31")}, Why.NOT_YET),
        ({"territories": frozenset()}, Why.NOTHING_ASKED),
        ({"tongues": frozenset()}, Why.NOTHING_ASKED),
    ],
)
def test_what_we_do_not_hold_may_not_be_shown(facts, why):
    found = ask(HELD, **facts)
    assert not found.allowed
    assert found.until == 0
    assert why in {refusal.why for refusal in found.refusals}


def test_a_refusal_names_the_deal_before_the_rights_that_nobody_speaks_of():
    (line,) = said(ask(HELD, at=END))
    assert line.startswith("grant producer-1 of mandate producer (contract contract producer, clause 2.1) ended 2028-")
    assert ": svod in JP" in line
    both = {(item.why, item.territories) for item in ask(HELD, at=END, territories=frozenset({"JP", "FR"})).refusals}
    assert both == {(Why.OVER, JP), (Why.NOT_HELD, frozenset({"FR"}))}


def test_one_right_follows_another_without_a_gap():
    later = scope("freetv", "JP", term("2028-01-01", "2029-06-01"))
    assert ask(HELD, mandate(later, name="next")).until == instant("2029-06-01")
    gap = scope("freetv", "JP", term("2028-01-02", "2029-06-01"))
    assert ask(HELD, mandate(gap, name="next")).until == END


def test_the_languages_of_the_copy_are_asked():
    only = Languages(*[Tags(frozenset({"ja"}))] * 3)
    dubbed = mandate(scope("svod", "JP", TERM, only))
    assert {item.why for item in ask(dubbed).refusals} == {Why.LANGUAGE}
    assert ask(dubbed, tongues=frozenset({(Carrier.DUBBED, "ja")})).allowed
    assert not ask(dubbed, tongues=KOREAN | {(Carrier.DUBBED, "ja")}).allowed
    subtitled = Languages(Tags(frozenset()), Tags(frozenset({"ja"})), Tags(frozenset()))
    assert ask(mandate(scope("svod", "JP", TERM, subtitled)), original="ko").allowed, "the original sound goes along"


@pytest.mark.parametrize("right", [*sorted(SCREENINGS), "svod festival theatrical"])
def test_a_holdback_of_screenings_forbids_whoever_has_it(right):
    holdback = scope(right, "JP", term("2026-06-01", "2027-06-01"))
    for deals in (
        [mandate(scope("svod", "JP", TERM), holdbacks=[holdback])],
        [HELD, licence("sold", scope("paytv", "KR", TERM), holdbacks=[holdback])],
    ):
        found = ask(*deals)
        assert {item.why for item in found.refusals} >= {Why.HELD_BACK}
        assert ask(*deals, at=instant("2027-06-01")).allowed
        before = ask(*deals, at=instant("2026-03-01"))
        assert (before.allowed, before.until) == (True, instant("2026-06-01"))


def test_other_holdbacks_and_exclusive_licences_do_not():
    sold = licence("sold", (scope("svod", "JP", TERM), {"exclusive": True}), holdbacks=[scope("freetv", "JP", TERM)])
    assert ask(HELD, sold).until == END
    ours = mandate(scope("svod freetv", "JP", TERM), holdbacks=[scope("svod", "JP", TERM)])
    assert ask(ours).allowed, "free television is left"
    assert not ask(mandate(scope("svod", "JP", TERM), holdbacks=[scope("svod", "JP", TERM)])).allowed


def test_what_is_not_signed_allows_nothing_and_is_told():
    assert {item.why for item in ask(mandate(scope("svod", "JP", TERM), status=Status.PENDING)).refusals} == {
        Why.UNSIGNED
    }
    pending = licence("soon", holdbacks=[scope("festival", "JP", TERM)], status=Status.PENDING)
    found = ask(HELD, pending)
    assert found.allowed
    assert [claim.deal.id for claim in found.holds] == ["soon"]


def test_a_date_that_is_not_known_allows_nothing_and_forbids_all_it_may():
    unknown = replace(TERM, start=None, unknown=("theatrical in JP",))
    assert {item.why for item in ask(mandate(scope("svod", "JP", unknown))).refusals} == {Why.DATE_UNKNOWN}
    assert not ask(HELD, licence("sold", holdbacks=[scope("festival", "JP", unknown)])).allowed


def test_without_a_mandate_a_window_is_needed():
    found = ask(licence("sold", scope("svod", "JP", TERM)))
    assert (found.allowed, found.until, found.no_mandate) == (True, END, True)
    assert not ask(licence("sold", scope("svod", "KR", TERM))).allowed
    assert not ask().allowed


def test_it_is_what_a_model_says_that_tries_every_instant():
    draw = random.Random(7)  # noqa: S311 -- repeatable, not secret
    for _ in range(60):
        rights = random_rights(draw)
        indexed, brute, times = index_title(rights, "ko"), Brute(rights, "ko"), instants(rights)
        for _ in range(4):
            at, where = draw.choice(times), draw.choice(TERRITORIES)
            tongues = frozenset(draw.sample(TONGUES, draw.randint(1, 2)))
            free = [
                at
                for at in times
                if all(any(_may_be_seen(brute, (right, where, at, one)) for right in RIGHTS) for one in tongues)
            ]
            found = may_screen(indexed, frozenset({where}), at, tongues)
            assert found.allowed == (at in free)
            if found.allowed:
                ends = [time for time in times if time > at and time not in free]
                assert found.until == min(ends, default=OPEN)
                assert BEGINNING <= at < found.until


def _may_be_seen(brute, point):
    if brute.mandates:
        return bool(brute.holding(point, brute.gives)) and not brute.held_back(point)
    return any(brute.gives(grant, point) for deal in brute.bound_licences for grant in deal.grants)
