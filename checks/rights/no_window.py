"""`rights/no-window`."""

from assets.rights import media_rights
from assets.subjects import RightsQuestion
from checks.core import Problem, Problems, check
from checks.rights._windows import of_right


@check("rights/no-window", on=RightsQuestion)
def no_window(question: RightsQuestion) -> Problems:
    """A title has no rights window for the right that the platform delivers under.

    Nothing may leave without a licence. If there is a contract, add its [[windows]] to title.toml.
    """
    if not of_right(question):
        had = sorted({window.right for window in question.title.windows})
        name = media_rights().get(question.right, question.right)
        yield Problem(
            "no window for {allowed}; there are windows for: {measured}",
            measured=", ".join(had) or "nothing",
            allowed=f"{question.right}, {name}",
        )
