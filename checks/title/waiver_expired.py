"""`title/waiver-expired`."""

from checks.core import Problem, Problems, check
from checks.title._waivers import at
from checks.waiving import Fate, WaiverReview


@check("title/waiver-expired", on=WaiverReview)
def waiver_expired(review: WaiverReview) -> Problems:
    """The last day of a waiver is past: it lifts nothing any more.

    The finding that it was for counts again. Mend what was found, or have the waiver granted anew with `releaseprint
    waive`; take an entry that nobody needs out of waivers.toml.
    """
    for waiver in review.those(Fate.OVER):
        yield Problem(
            "ended after {allowed}: {check}, granted {measured} by {by}",
            at(waiver),
            measured=waiver.granted.isoformat(),
            allowed=waiver.until_text,
            values={"check": waiver.check, "by": waiver.by},
        )
