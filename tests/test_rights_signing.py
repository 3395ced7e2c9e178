"""A deal whose day of signature is to come lets nothing leave before it, and forbids already what it will forbid."""

from dataclasses import replace
from datetime import date

import pytest
from rights_deals import instant, licence, mandate, scope, term, title

from assets.rights import keeping
from assets.rights.answers import Why
from assets.rights.availability import State, sellable
from assets.rights.conflict_report import conflicts_of
from assets.rights.contradictions import Kind
from assets.rights.delivery import Delivery, forbids, may_announce
from assets.rights.indexing import index_title
from assets.rights.questions import Question, Verb, ask
from assets.rights.screening import may_screen
from assets.rights.wording import hold_text, refusal_text

YEAR = term("2027-01-01", "2028-01-01")
SIGNED = date(2027, 6, 1)
BEFORE, FROM = instant("2027-05-31T09:59:59"), instant("2027-05-31T10:00:00")
"""The last second before the day of signature begins anywhere (UTC+14), and the first of that day."""
JP, SVOD = frozenset({"JP"}), frozenset({"svod"})


def signed_later(deal):
    return replace(deal, signed=SIGNED)


def answers(*deals, at):
    """Delivery, showing and announcing of one title as of an instant."""
    found = index_title(title(*deals))
    return (
        forbids(found, Delivery("tube-1", SVOD, JP, at)),
        ask(found, Question(SVOD, JP, at, Verb.SHOW)),
        may_announce(found, Question(SVOD, JP, at)),
    )


@pytest.mark.parametrize("side", ["mandate", "licence"])
def test_nothing_leaves_under_a_deal_before_its_day_of_signature(side):
    held, sold = mandate(), licence("tube", scope(when=YEAR))
    deals = (signed_later(held), sold) if side == "mandate" else (held, signed_later(sold))
    for answer in answers(*deals, at=BEFORE):
        assert not answer.allowed
        assert {refusal.why for refusal in answer.refusals} == {Why.UNSIGNED}
        assert "is signed only on 2027-06-01" in refusal_text(answer.refusals[0])
    assert all(answer.allowed for answer in answers(*deals, at=FROM))


def test_a_mandate_rests_on_none_that_is_signed_later():
    deals = signed_later(mandate()), mandate(name="agent", under="producer"), licence("tube", scope(when=YEAR))
    assert not any(answer.allowed for answer in answers(*deals, at=BEFORE))
    assert all(answer.allowed for answer in answers(*deals, at=FROM))


def test_what_is_signed_later_is_on_hold_for_others_and_forbids_them_already():
    exclusive = signed_later(licence("sky", (scope(when=YEAR), {"exclusive": True})))
    delivery, *_ = answers(mandate(), licence("tube", scope(when=YEAR)), exclusive, at=BEFORE)
    assert [refusal.why for refusal in delivery.refusals] == [Why.EXCLUSIVE]
    assert "is signed only on 2027-06-01" in hold_text(delivery.holds[0])


def test_nothing_is_sold_or_lent_under_a_mandate_that_is_signed_later():
    found = index_title(title(signed_later(mandate())))
    for at, state in ((BEFORE, State.NOT_HELD), (FROM, State.EXCLUSIVE)):
        patches = sellable(found, Question(SVOD, JP, at, Verb.SELL, at + 1))
        assert [patch.state for patch in patches] == [state]
        assert may_screen(found, JP, at).allowed is (state is State.EXCLUSIVE)


def test_a_day_of_signature_to_come_is_a_contradiction():
    found = index_title(title(mandate(), signed_later(licence("tube", scope(when=YEAR)))))
    [conflict] = conflicts_of(found, BEFORE)
    assert (conflict.kind, conflict.first.item.id, conflict.is_error) == (Kind.SIGNED_LATER, "tube-1", True)
    assert not list(conflicts_of(found, FROM))


def test_the_day_of_signature_is_kept():
    rights = title(signed_later(mandate()), licence("tube", scope(when=YEAR)))
    kept, _ = keeping.from_data(keeping.to_data(rights, ()))
    assert [deal.signed for deal in kept.deals] == [SIGNED, None]
