"""The check master/colour-tags."""

from assets.media import Master
from checks.core import Limits, Problem, Problems, check
from checks.media import UNSTATED, Names, listed, pictures


class ColourTags(Limits):
    """The colour systems a picture may be tagged with, each `primaries/transfer/matrix`: `bt709/bt709/bt709`."""

    allowed: Names


@check("master/colour-tags", on=Master, limits=ColourTags)
def colour_tags(master: Master, limits: ColourTags) -> Problems:
    """The picture's colour is not tagged, or tagged as a system that the platform does not take.

    Without the three tags each player guesses, and skin turns green or dull. Tag what the picture was graded in; tags
    can be written without encoding again.
    """
    for at, stream in pictures(master):
        tags = {
            "primaries": stream.colour_primaries,
            "transfer": stream.colour_transfer,
            "matrix": stream.colour_matrix,
        }
        system, allowed = "/".join(tags.values()), listed(limits.allowed)
        if missing := [name for name, value in tags.items() if value in UNSTATED]:
            yield Problem(
                "no colour tag for {missing}, allowed: {allowed}",
                at,
                measured=system,
                allowed=allowed,
                values={"missing": listed(missing)},
            )
        elif system not in limits.allowed:
            yield Problem("colour tagged {measured}, allowed: {allowed}", at, measured=system, allowed=allowed)
