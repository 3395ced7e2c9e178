"""`rights/forbidden-by-deal`."""

from assets.rights.wording import later_text, refusal_text
from assets.subjects import RightsQuestion
from checks.core import Problem, Problems, check
from checks.rights._deals import answers
from checks.rights._windows import at


@check("rights/forbidden-by-deal", on=RightsQuestion)
def forbidden_by_deal(question: RightsQuestion) -> Problems:
    """A deal forbids that the title leaves in one of its windows.

    A mandate does not reach there, another licence is exclusive, a holdback runs, or no run is left; what is forbidden
    only later in the window is a warning. Nothing can lift it here: leave the territories or languages out, or agree on
    it with the other side and enter that in rights.toml.
    """
    for window, answer in answers(question):
        for refusal in answer.refusals:
            yield Problem("must not leave: {measured}", at(window), refusal_text(refusal))
        for refusal in answer.later:
            yield Problem("may leave, and later not: {measured}", at(window), later_text(refusal), borderline=True)
