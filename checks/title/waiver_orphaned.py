"""`title/waiver-orphaned`."""

from checks.core import Problem, Problems, check
from checks.title._waivers import at
from checks.waiving import Fate, WaiverReview


@check("title/waiver-orphaned", on=WaiverReview)
def waiver_orphaned(review: WaiverReview) -> Problems:
    """A waiver is for a finding that is not there, though all that it may be about was checked.

    What was found has been mended, or it is another finding now, which nobody has answered for. Take the entry out of
    waivers.toml, so that it does not lift by chance what comes later.
    """
    for waiver in review.those(Fate.ORPHANED):
        yield Problem(
            "there is no such finding: {measured}, waived by {by}",
            at(waiver),
            measured=f"{waiver.check} of {waiver.asset or 'the title'}",
            values={"by": waiver.by},
        )
