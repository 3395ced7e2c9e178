"""`rights/no-mandate`."""

from assets.subjects import RightsQuestion
from checks.core import Problem, Problems, check


@check("rights/no-mandate", on=RightsQuestion)
def no_mandate(question: RightsQuestion) -> Problems:
    """Nothing says what we hold of the title ourselves.

    Without a mandate its windows stand alone, and nobody can see that one of them reaches further than our own
    contract. Enter what the producer gave us as [[mandates]] in rights.toml.
    """
    if not question.title.rights.mandates:
        yield Problem("no mandate is recorded")
