"""`rights/pending-deal`."""

from assets.rights import tree
from assets.rights.questions import Question, ask
from assets.rights.spans import seconds
from assets.rights.wording import hold_text
from assets.subjects import RightsQuestion
from assets.territory import atoms
from checks.core import Problem, Problems, check
from checks.rights._deals import answers, deals_of, place_of


@check("rights/pending-deal", on=RightsQuestion)
def pending_deal(question: RightsQuestion) -> Problems:
    """A deal that is not signed yet is about what would leave.

    It neither allows nor forbids anything; once it is signed it may. Ask how far it has come before the copy leaves.
    """
    where = atoms() if question.territories is None else question.territories
    asked = Question(tree.expand(question.right), where, seconds(question.at))
    found = [hold for _, answer in answers(question) for hold in answer.holds]
    found += ask(deals_of(question), asked).holds
    told = {claim.item.id: claim for claim in reversed(found)}
    for claim in sorted(told.values(), key=lambda claim: claim.item.id):
        yield Problem("{measured}", place_of(claim), hold_text(claim))
