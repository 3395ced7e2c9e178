"""The check master/more-than-one-video."""

from assets.media import Master
from checks.core import Problem, Problems, check


@check("master/more-than-one-video", on=Master)
def more_than_one_video(master: Master) -> Problems:
    """The master has more than one picture stream.

    A platform takes one of them, and not necessarily the one you saw. Deliver each picture as a file of its own.
    """
    count = len(master.info.video)
    if count > 1:
        yield Problem("{measured} video streams, allowed: {allowed}", measured=count, allowed=1)
