"""What the engine answers, deal by deal: every yes names the grants, every no names who forbids it."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from rights_deals import instant, licence, mandate, scope, term, title

from assets.rights.answers import Why, through_group
from assets.rights.availability import FOR_SALE, Endings, State, deliverable, sellable
from assets.rights.delivery import Delivery, forbids, may_announce
from assets.rights.indexing import index, index_title
from assets.rights.languages import NONE, Carrier, Languages, Tags, same_for_all
from assets.rights.model import Status, Term
from assets.rights.own_windows import with_own_windows
from assets.rights.questions import Question, Verb, ask
from assets.rights.spans import OPEN, Span
from assets.rights.tree import leaves
from assets.rights.windows import RightsWindow
from assets.territory import atoms

NOW = instant("2027-01-01")
YEAR = term("2027-01-01", "2028-01-01")
JAPANESE_SOUND = frozenset({(Carrier.DUBBED, "ja")})


def asked(*deals, right="svod", territories="JP", at=NOW, verb=Verb.DELIVER, until=None, tongues=None, original=""):
    question = Question(frozenset(right.split()), frozenset(territories.split()), at, verb, until, tongues)
    return ask(index_title(title(*deals), original), question)


def delivered(*deals, grant="tube-1", territories="JP", at=NOW, tongues=None):
    places = frozenset(territories.split())
    return forbids(index_title(title(*deals)), Delivery(grant, frozenset({"svod"}), places, at, tongues))


def whys(found):
    return [(refusal.why, refusal.claim.item.id if refusal.claim else None) for refusal in found]


def test_a_yes_names_licence_and_mandate():
    answer = asked(mandate(), licence("tube", scope(when=YEAR)))
    assert answer.allowed
    assert [claim.item.id for claim in answer.licences] == ["tube-1"]
    assert [claim.item.id for claim in answer.mandates] == ["producer-1"]
    assert (answer.refusals, answer.limits, answer.holds, answer.no_mandate) == ((), (), (), False)
    assert (answer.licences[0].source.contract, answer.licences[0].source.clause) == ("contract tube", "2.1")


def test_without_any_mandate_a_licence_stands_alone_and_the_answer_says_so():
    answer = asked(licence("tube", scope(when=YEAR)))
    assert answer.allowed
    assert answer.no_mandate
    assert whys(asked(verb=Verb.SELL).refusals) == [(Why.NO_MANDATE, None)]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PENDING])
def test_what_is_not_signed_neither_allows_nor_blocks(status):
    unsigned = licence("tube", (scope(when=YEAR), {"exclusive": True}), holdbacks=[scope(when=YEAR)], status=status)
    signed = licence("sky", scope(when=YEAR))
    assert whys(asked(mandate(), unsigned).refusals) == [(Why.UNSIGNED, "tube-1")]
    answer = asked(mandate(), unsigned, signed)
    assert answer.allowed
    told = ["tube-1", "tube-held-1"] if status is Status.PENDING else []
    assert sorted(claim.item.id for claim in answer.holds) == told
    assert whys(asked(mandate(status=status), signed).refusals) == [(Why.UNSIGNED, "producer-1")]


@pytest.mark.parametrize(
    ("named", "territories", "is_group"),
    [
        ("GB", {"GB", "GB-NIR"}, False),
        ("GB", {"GB-NIR"}, True),
        ("GB, FR", {"GB", "GB-NIR", "FR"}, False),
        ("GB", {"GB", "FR"}, True),
        ("UK-IRELAND", {"GB", "GB-NIR"}, True),
        ("", {"GB"}, False),
    ],
)
def test_a_country_with_parts_is_no_group(named, territories, is_group):
    assert through_group(named, frozenset(territories)) == is_group


def test_an_exclusive_licence_of_another_forbids_where_and_when_it_runs():
    exclusive = licence("sky", (scope(territories="JP US", when=YEAR, named="APAC"), {"exclusive": True}))
    deals = mandate(), exclusive, licence("tube", scope(territories="JP KR"))
    [refusal] = delivered(*deals, territories="JP KR").refusals
    assert (refusal.why, refusal.claim.item.id) == (Why.EXCLUSIVE, "sky-1")
    assert refusal.territories == {"JP"}
    assert refusal.span == Span(NOW, instant("2028-01-01"))
    assert refusal.is_through_group
    assert delivered(*deals, territories="KR").allowed
    assert delivered(*deals, at=instant("2028-01-01")).allowed
    assert [claim.item.id for claim in asked(*deals).licences] == ["sky-1"]


def test_two_exclusive_licences_of_one_thing_block_each_other():
    some = [licence(name, (scope(when=YEAR), {"exclusive": True})) for name in ("sky", "tube")]
    assert set(whys(asked(mandate(), *some).refusals)) == {(Why.EXCLUSIVE, "sky-1"), (Why.EXCLUSIVE, "tube-1")}


def test_a_holdback_binds_the_others_and_not_its_own_licence():
    held_back = scope("svod freetv", "JP", YEAR)
    tv = licence("tv", scope("freetv", when=YEAR), holdbacks=[held_back])
    assert asked(mandate(), tv, right="freetv").allowed
    assert whys(asked(mandate(), tv, licence("tube", scope())).refusals) == [(Why.HELD_BACK, "tv-held-1")]
    theirs = mandate(holdbacks=[scope("freetv", when=YEAR)])
    assert whys(asked(theirs, tv, right="freetv").refusals) == [(Why.HELD_BACK, "producer-held-1")]


def test_an_exclusive_licence_that_is_used_up_allows_nothing_and_still_blocks():
    used = licence("sky", (scope(when=YEAR), {"exclusive": True, "runs": 2, "runs_used": 2}))
    assert (Why.USED_UP, "sky-1") in whys(asked(mandate(), used).refusals)
    assert whys(delivered(mandate(), used, licence("tube", scope())).refusals) == [(Why.EXCLUSIVE, "sky-1")]


@pytest.mark.parametrize(
    ("start", "end", "blocks"), [(None, instant("2028-01-01"), True), (None, NOW, False), (NOW + 1, None, False)]
)
def test_a_date_that_is_not_known_grants_nothing_and_forbids_all_that_it_may(start, end, blocks):
    some_time = Term(start, end, unknown=("theatrical in JP",))
    exclusive = licence("sky", (scope(when=some_time), {"exclusive": True}))
    assert asked(mandate(), exclusive, licence("tube", scope())).allowed != blocks
    assert not asked(mandate(), exclusive).allowed


def test_a_chain_of_mandates_is_as_short_as_its_shortest_link():
    agent = mandate(name="agent", under="producer")
    tube = licence("tube", scope())
    assert asked(agent, mandate(), tube).allowed
    assert whys(asked(agent, mandate(scope(territories="KR")), tube).refusals) == [(Why.CHAIN, "agent-1")]
    assert whys(asked(agent, tube).refusals) == [(Why.CHAIN, "agent-1")]
    circle = mandate(under="agent")
    assert {why for why, _ in whys(asked(agent, circle, tube).refusals)} == {Why.CHAIN}


def test_territories_that_a_deal_may_have_are_not_given_and_are_taken():
    perhaps = replace(scope(), perhaps=frozenset({"KR"}))
    tube, sky = licence("tube", (perhaps, {"exclusive": True})), licence("sky", scope(territories="JP KR"))
    held = mandate(scope(territories="JP KR"))
    assert whys(asked(held, tube, territories="KR").refusals) == [(Why.EXCLUSIVE, "tube-1"), (Why.NOT_LICENSED, None)]
    assert whys(asked(held, tube, sky, territories="KR").refusals) == [(Why.EXCLUSIVE, "tube-1")]
    assert asked(held, sky, territories="KR").allowed
    barred = licence("tv", holdbacks=[perhaps])
    assert whys(asked(held, barred, sky, territories="KR").refusals) == [(Why.HELD_BACK, "tv-held-1")]
    assert not asked(mandate(perhaps), sky, territories="KR").allowed


def test_what_was_given_to_whoever_passed_it_on_is_not_ours_by_itself():
    producer, tube = mandate(), licence("tube", scope())
    agent = mandate(scope(territories="KR"), name="agent", under="producer")
    assert asked(agent, producer, licence("tube", scope(territories="KR")), territories="KR").allowed
    refused = asked(agent, producer, tube, right="svod paytv", territories="JP").refusals
    assert whys(refused)[:2] == [(Why.NOT_PASSED_ON, "producer-1"), (Why.NOT_HELD, None)]
    assert [refusal.rights for refusal in refused[:2]] == [{"svod"}, {"paytv"}]
    assert not asked(agent, producer, verb=Verb.SELL, territories="JP").allowed
    korea = licence("tube", scope(territories="KR"))
    unsigned = asked(replace(agent, status=Status.PENDING), producer, korea, territories="KR")
    assert whys(unsigned.refusals) == [(Why.UNSIGNED, "agent-1")]
    assert asked(replace(agent, status=Status.DRAFT), producer, korea, territories="KR").allowed


def test_what_is_passed_on_without_exclusivity_cannot_be_sold_exclusively():
    producer, exclusive = mandate((scope(), {"exclusive": True})), {"exclusive": True}
    agent = mandate((scope(), {}), name="agent", under="producer")
    assert asked(agent, producer, verb=Verb.SELL).allowed
    assert whys(asked(agent, producer, verb=Verb.SELL_EXCLUSIVELY).refusals) == [(Why.NOT_EXCLUSIVE, "agent-1")]
    wholly = mandate((scope(), exclusive), name="agent", under="producer")
    assert asked(wholly, producer, verb=Verb.SELL_EXCLUSIVELY).allowed
    assert not asked(wholly, mandate(scope()), verb=Verb.SELL_EXCLUSIVELY).allowed


@pytest.mark.parametrize(
    ("zone", "first", "last"),
    [
        ("Asia/Seoul", "2027-01-01", "2028-02-29"),
        ("America/New_York", "2027-03-14", "2027-11-07"),
        ("Europe/Berlin", "2027-03-28", "9999-12-31"),
    ],
)
def test_a_term_is_half_open_to_the_second(zone, first, last):
    tube = licence("tube", scope(when=term(first, last, zone)))
    start, end = instant(first, zone), instant(last, zone)
    allowed = [asked(tube, at=at).allowed for at in (start - 1, start, end - 1, end)]
    assert allowed == [False, True, True, False]
    assert [whys(asked(tube, at=at).refusals)[0][0] for at in (start - 1, end)] == [Why.NOT_YET, Why.OVER]


def test_a_language_is_asked_for_as_it_is_carried():
    subtitled = licence("tube", scope(languages=Languages(NONE, same_for_all(["ja"]).subtitled, NONE)))
    read = frozenset({(Carrier.SUBTITLED, "ja-JP")})
    assert asked(subtitled, tongues=read).allowed
    assert whys(asked(subtitled, tongues=JAPANESE_SOUND).refusals) == [(Why.LANGUAGE, "tube-1")]
    assert asked(subtitled, tongues=JAPANESE_SOUND).refusals[0].languages == ("dubbed ja",)
    korean_sound = read | {(Carrier.DUBBED, "ko")}
    assert asked(subtitled, tongues=korean_sound, original="kor").allowed
    assert not asked(subtitled, tongues=korean_sound, original="en").allowed


def test_a_sub_tag_that_is_excluded_is_not_covered_by_the_rest():
    tags = Tags(frozenset({"pt", "kor"}), frozenset({"pt-BR"}))
    some = licence("tube", scope(languages=Languages(tags, tags, tags)))

    def allowed(tag):
        return asked(some, tongues=frozenset({(Carrier.CAPTIONED, tag)})).allowed

    assert [allowed(tag) for tag in ("pt", "pt-PT", "pt-BR", "pt-BR-x-old", "ko", "ja")] == [
        True,
        True,
        False,
        False,
        True,
        False,
    ]


def test_without_a_language_a_yes_tells_which_languages_are_taken():
    dubbed = Languages(same_for_all(["ja"]).dubbed, NONE, NONE)
    exclusive = licence("sky", (scope(languages=dubbed), {"exclusive": True}))
    answer = asked(mandate(), exclusive, licence("tv", holdbacks=[scope()]), verb=Verb.SELL)
    assert not answer.allowed
    answer = asked(mandate(), exclusive, verb=Verb.SELL)
    assert answer.allowed
    [limit] = answer.limits
    assert (limit.why, limit.claim.item.id, limit.languages) == (Why.EXCLUSIVE, "sky-1", ("dubbed ja",))


def test_nothing_is_shown_before_its_suppression_is_lifted_nor_announced_before_its_day():
    later, day = instant("2027-02-01"), 86_400
    tube = licence("tube", (scope(when=YEAR), {"suppress_until": later, "announce": NOW - 30 * day}))
    assert asked(tube).allowed
    assert whys(asked(tube, verb=Verb.SHOW).refusals) == [(Why.SUPPRESSED, "tube-1")]
    assert asked(tube, verb=Verb.SHOW, at=later).allowed

    def announced(*deals, at):
        return may_announce(index_title(title(*deals)), Question(frozenset({"svod"}), frozenset({"JP"}), at))

    assert announced(tube, at=NOW - 30 * day).allowed
    assert whys(announced(tube, at=NOW - 30 * day - 1).refusals) == [(Why.EMBARGOED, "tube-1")]
    assert whys(announced(tube, at=YEAR.end).refusals) == [(Why.OVER, "tube-1")]
    at_opening = licence("tv", holdbacks=[scope("freetv svod", when=YEAR)])
    assert whys(announced(tube, at_opening, at=NOW - day).refusals) == [(Why.HELD_BACK, "tv-held-1")]


def test_an_embargo_of_the_producer_binds_us_unless_another_mandate_is_free_of_it():
    embargo = {"announce": instant("2027-06-01")}
    ours, tube = mandate((scope(), embargo)), licence("tube", scope())

    def announced(*deals):
        return may_announce(index_title(title(*deals)), Question(frozenset({"svod"}), frozenset({"JP"}), NOW))

    assert whys(announced(ours, tube).refusals) == [(Why.EMBARGOED, "producer-1")]
    assert announced(ours, mandate(name="agent"), tube).allowed
    assert whys(announced(mandate(), tube, licence("sky", scope("freetv"))).refusals) == []


def test_what_can_be_sold_depends_on_what_we_hold_and_on_what_is_sold():
    def states(*deals):
        question = Question(frozenset({"svod"}), frozenset({"JP"}), NOW)
        return [patch.state for patch in sellable(index_title(title(*deals)), question)]

    everything = scope()
    assert states(mandate()) == [State.EXCLUSIVE]
    assert states(mandate(scope())) == [State.NON_EXCLUSIVE]
    assert states(mandate(), licence("tube", everything)) == [State.NON_EXCLUSIVE]
    assert states(mandate(), licence("tube", (everything, {"exclusive": True}))) == [State.SOLD]
    assert states(mandate(), licence("tube", (everything, {"exclusive": True}), status=Status.PENDING)) == [
        State.ON_HOLD
    ]
    assert states(mandate(), licence("tv", holdbacks=[everything])) == [State.HELD_BACK]
    assert states(mandate(scope(territories="KR"))) == states() == [State.NOT_HELD]
    assert whys(asked(mandate(scope()), verb=Verb.SELL_EXCLUSIVELY).refusals) == [(Why.NOT_EXCLUSIVE, "producer-1")]
    sold = asked(mandate(), licence("tube", everything), verb=Verb.SELL_EXCLUSIVELY)
    assert whys(sold.refusals) == [(Why.SOLD, "tube-1")]
    assert asked(mandate(), licence("tube", everything), verb=Verb.SELL).allowed


def test_what_is_read_is_sold_with_the_original_sound():
    """Where another licence has the Korean sound exclusively, nobody can buy subtitles; a dub they can."""
    sound = Languages(same_for_all(["ko"]).dubbed, NONE, NONE)
    question = Question(frozenset({"svod"}), frozenset({"JP"}), NOW)

    def offered(*deals, original="ko"):
        found = index_title(title(mandate(), *deals), original)
        return [(patch.state, patch.languages) for patch in sellable(found, question, FOR_SALE)]

    taken = licence("tube", (scope(languages=sound), {"exclusive": True}))
    rest = ("dubbed all languages except ko", "subtitled all languages", "captioned all languages")
    assert offered(taken) == [(State.EXCLUSIVE, rest[:1])]
    assert offered(taken, original="ja") == [(State.EXCLUSIVE, rest)]
    assert offered(replace(taken, status=Status.PENDING)) == [
        (State.EXCLUSIVE, rest[:1]),
        (State.ON_HOLD, ("dubbed ko", *rest[1:])),
    ]
    read = licence("sky", scope(languages=Languages(NONE, same_for_all(["en"]).subtitled, NONE)))
    assert (State.NON_EXCLUSIVE, ("dubbed ko", "subtitled en")) in offered(read), "its buyer has the Korean sound, too"
    english = mandate((scope(languages=same_for_all(["en"])), {"exclusive": True}), name="english")
    found = index_title(title(english), "ko")
    assert [patch.languages for patch in sellable(found, question, FOR_SALE)] == [("dubbed en",)]
    subtitles = replace(question, verb=Verb.SELL, tongues=frozenset({(Carrier.SUBTITLED, "en")}))
    assert whys(ask(found, subtitles).refusals) == [(Why.LANGUAGE, "english-1")]
    assert ask(found, subtitles).refusals[0].languages == ("subtitled en",)


def test_refusals_are_worked_out_once_and_can_be_read_like_a_tuple():
    answer = asked(mandate(), territories="US")
    assert not answer.allowed
    assert [refusal.why for refusal in answer.refusals] == [Why.NOT_HELD, Why.NOT_LICENSED]
    assert answer.refusals[0] is next(iter(answer.refusals))
    assert answer.refusals[:1] == (answer.refusals[0],)
    assert answer.refusals


def test_a_timeline_has_no_gap_and_no_overlap():
    deals = mandate(), licence("tv", (scope("freetv svod", when=YEAR), {"exclusive": True})), licence("tube", scope())
    question = Question(frozenset({"svod"}), frozenset({"JP"}), NOW - 100, until=OPEN)
    found = deliverable(index_title(title(*deals)), question)
    assert [(patch.state, [claim.item.id for claim in patch.claims]) for patch in found] == [
        (State.LICENSED, ["tube-1", "producer-1"]),
        (State.LICENSED, ["tv-1", "producer-1"]),
        (State.LICENSED, ["tube-1", "producer-1"]),
    ]
    assert (found[0].span.start, found[-1].span.end) == (NOW - 100, OPEN)
    assert all(one.span.end == other.span.start for one, other in pairwise(found))
    assert deliverable(index_title(title(*deals)), Question(frozenset(), frozenset({"JP"}), NOW)) == ()


def test_a_delivery_is_refused_by_what_forbids_now_and_told_of_what_will():
    later = term("2027-06-01", "2027-07-01")
    tube = licence("tube", scope(when=YEAR))
    tv = licence("tv", holdbacks=[scope(when=later)])
    deals = mandate(scope(when=term(None, "2027-10-01"))), tube, tv
    answer = delivered(*deals, at=NOW - 86_400)
    assert answer.allowed
    assert whys(answer.later) == [(Why.HELD_BACK, "tv-held-1"), (Why.OVER, "producer-1")]
    assert [item.span.start for item in answer.later] == [instant("2027-06-01"), instant("2027-10-01")]
    assert whys(delivered(*deals, at=later.start).refusals) == [(Why.HELD_BACK, "tv-held-1")]
    assert whys(delivered(*deals, at=YEAR.end).refusals)[-1] == (Why.OVER, "tube-1")
    assert whys(delivered(*deals, territories="JP US").refusals) == [(Why.NOT_HELD, None), (Why.NOT_LICENSED, None)]
    assert whys(delivered(*deals, grant="no-such").refusals) == [(Why.NOT_LICENSED, None)]
    assert whys(delivered(*deals, territories="").refusals) == [(Why.NOTHING_ASKED, None)]


def test_every_language_of_a_grant_leaves_if_none_is_named():
    dubbed = Languages(same_for_all(["ja"]).dubbed, NONE, NONE)
    tube, sky = licence("tube", scope(when=YEAR)), licence("sky", (scope(languages=dubbed), {"exclusive": True}))
    assert whys(delivered(tube, sky).refusals) == [(Why.EXCLUSIVE, "sky-1")]
    assert delivered(tube, sky, tongues=frozenset({(Carrier.DUBBED, "ko")})).allowed


def test_part_of_a_country_is_a_territory_of_its_own():
    quebec = licence("qc", (scope(territories="CA-QC"), {"exclusive": True}))
    rest = licence("tube", scope(territories="CA CA-QC"))
    assert delivered(quebec, rest, territories="CA").allowed
    assert delivered(quebec, rest, territories="CA CA-QC").refusals[0].territories == {"CA-QC"}


def test_what_ends_soon_is_told_in_the_order_in_which_it_ends():
    ends = [
        licence(name, scope(when=term("2026-01-01", day))) for name, day in (("b", "2027-03-01"), ("a", "2027-02-01"))
    ]
    found = Endings(index([title(mandate(), *ends)]).titles.values()).within(Span(NOW, instant("2027-03-01")))
    assert [ending.claim.item.id for ending in found] == ["a-1"]
    later = Endings(index([title(mandate(), *ends)]).titles.values()).within(Span(NOW, instant("2027-03-01") + 1))
    assert [ending.claim.item.id for ending in later] == ["a-1", "b-1"]


def test_own_windows_are_licences_to_nobody_and_are_not_counted_twice():
    begins, ends = datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    first = RightsWindow("tube-1", "svod", frozenset({"JP"}), begins, ends, "UTC")
    own = RightsWindow("ours", "non-theatrical", frozenset({"JP"}), begins, None, "UTC", exclusive=True)
    rights = with_own_windows(title(licence("tube", scope(when=YEAR))), [first, own])
    assert [deal.id for deal in rights.deals] == ["tube", "window ours"]
    grant = rights.deals[1].grants[0]
    assert {"airlines", "ships", "hotels"} <= grant.scope.rights
    assert (grant.scope.term.start, grant.scope.term.end, grant.exclusive) == (NOW, OPEN, True)
    assert ask(index_title(rights), Question(frozenset({"airlines"}), frozenset({"JP"}), NOW)).allowed


def test_a_language_that_was_never_granted_is_told_as_that_before_and_after_the_term_too():
    """Waiting for the term does not help whoever asks for another language."""
    korean = licence("tube", scope(when=YEAR, languages=same_for_all(["ko"])))
    everywhen = {"at": instant("2026-06-01"), "until": instant("2029-01-01")}
    assert whys(asked(mandate(), korean, tongues=JAPANESE_SOUND, **everywhen).refusals) == [(Why.LANGUAGE, "tube-1")]
    both = JAPANESE_SOUND | {(Carrier.DUBBED, "ko")}
    found = asked(mandate(), korean, tongues=both, **everywhen).refusals
    told = {said.why: said.languages for said in found}
    assert (told[Why.NOT_YET], told[Why.OVER]) == (("dubbed ko",), ("dubbed ko",))
    assert whys(found) == [(why, "tube-1") for why in (Why.NOT_YET, Why.LANGUAGE, Why.OVER)], "in the order of time"


def test_where_any_language_would_do_a_licence_that_is_over_is_told_as_over():
    korean = licence("tube", scope(when=YEAR, languages=same_for_all(["ko"])))
    assert whys(asked(mandate(), korean, at=instant("2030-01-01")).refusals) == [(Why.OVER, "tube-1")]


def test_who_forbids_is_told_before_who_lacks_and_what_nobody_speaks_of_last():
    bar = licence("tv", scope("freetv", when=YEAR), holdbacks=[scope()])
    tube = licence("tube", scope(when=term("2028-01-01", "2029-01-01")))
    held = mandate(scope(territories="KR"))
    assert whys(asked(held, tube, bar).refusals) == [
        (Why.HELD_BACK, "tv-held-1"),
        (Why.NOT_YET, "tube-1"),
        (Why.NOT_HELD, None),
    ]


def test_an_exclusive_licence_is_no_reason_against_itself():
    used = licence("sky", (scope(when=YEAR), {"exclusive": True, "runs": 2, "runs_used": 2}))
    assert whys(asked(mandate(), used).refusals) == [(Why.USED_UP, "sky-1")]
    waiting = licence("tube", scope(), status=Status.PENDING)
    assert set(whys(asked(mandate(), used, waiting).refusals)) == {
        (Why.EXCLUSIVE, "sky-1"),
        (Why.USED_UP, "sky-1"),
        (Why.UNSIGNED, "tube-1"),
    }


def test_what_is_sold_exclusively_is_one_reason_not_two():
    """An exclusive licence of subtitles also takes along the original sound, which is nobody's alone."""
    read = Languages(NONE, Tags(frozenset({"ja"})), NONE)
    sky = licence("sky", (scope(when=YEAR, languages=read), {"exclusive": True}))
    japanese = frozenset({(Carrier.SUBTITLED, "ja")})
    found = asked(mandate(), sky, verb=Verb.SELL_EXCLUSIVELY, tongues=japanese, original="ko").refusals
    assert whys(found) == [(Why.EXCLUSIVE, "sky-1")]


def test_a_title_that_nothing_opens_is_told_who_forbids_that_it_is_announced():
    bar = licence("tv", scope("freetv", when=YEAR), holdbacks=[scope()])
    question = Question(frozenset({"svod"}), frozenset({"JP"}), NOW)
    found = may_announce(index_title(title(mandate(scope(territories="KR")), bar)), question)
    assert whys(found.refusals) == [(Why.HELD_BACK, "tv-held-1"), (Why.NOT_HELD, None), (Why.NOT_LICENSED, None)]


def test_a_title_with_a_grant_for_each_territory_is_cut_right_by_right():
    places = sorted(atoms())
    deals = [licence(f"deal-{place}", scope(right, place, YEAR)) for place in places for right in ("svod", "freetv")]
    held = mandate((scope("svod freetv", " ".join(places)), {"exclusive": True}))
    found = index([title(held, *deals)], for_sales=True).titles["thaw"]
    patches = sellable(found, Question(frozenset(leaves()), atoms(), NOW, until=OPEN), FOR_SALE)
    assert [(patch.state, patch.rights, patch.span.start) for patch in patches[-1:]] == [
        (State.EXCLUSIVE, frozenset({"svod", "freetv"}), instant("2028-01-01"))
    ]
    assert sum(len(patch.territories) for patch in patches if patch.state is State.NON_EXCLUSIVE) == len(deals)
