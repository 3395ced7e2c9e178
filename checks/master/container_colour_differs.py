"""The check master/container-colour-differs."""

from assets.media import Master
from assets.media_facts import Colour
from checks.core import Problem, Problems, check
from checks.media import UNSTATED, pictures


@check("master/container-colour-differs", on=Master)
def container_colour_differs(master: Master) -> Problems:
    """The container tags the picture's colour in another way than the coded picture does.

    Half of the players believe the one, half the other, and skin is right in one of them only (ITU-T H.273 names the
    values, no standard says who wins). Find out how the picture was graded and write both tags anew.
    """
    for at, stream in pictures(master):
        for name, outer, inner in _tags(stream.container_says.colour, stream.picture_says.colour):
            if outer != inner and outer not in UNSTATED and inner not in UNSTATED:
                yield Problem(
                    "{tag}: {measured} in the container, {allowed} in the picture",
                    at,
                    measured=outer,
                    allowed=inner,
                    values={"tag": name},
                )


def _tags(outer: Colour, inner: Colour) -> tuple[tuple[str, str, str], ...]:
    return (
        ("primaries", outer.primaries, inner.primaries),
        ("transfer", outer.transfer, inner.transfer),
        ("matrix", outer.matrix, inner.matrix),
    )
