"""The check master/container-range-differs."""

from assets.media import Master
from checks.core import Problem, Problems, check
from checks.media import UNSTATED, pictures


@check("master/container-range-differs", on=Master)
def container_range_differs(master: Master) -> Problems:
    """The container gives the picture another range of code values than the coded picture does.

    A player that believes the wrong one crushes shadows or greys them. Look which range the levels fill, and write both
    tags anew.
    """
    for at, stream in pictures(master):
        outer, inner = stream.container_says.colour.range, stream.picture_says.colour.range
        if outer != inner and outer not in UNSTATED and inner not in UNSTATED:
            yield Problem(
                "{measured} range in the container, {allowed} in the picture", at, measured=outer, allowed=inner
            )
