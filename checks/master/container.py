"""The check master/container."""

from assets.media import Master
from checks.core import Limits, Problem, Problems, check
from checks.media import Names, listed


class Container(Limits):
    """The containers a master may come in: `mov`, `mp4`, `mxf`, `mkv`, `mpegts`."""

    allowed: Names


@check("master/container", on=Master, limits=Container)
def container(master: Master, limits: Container) -> Problems:
    """The file is in a container that the platform does not take.

    Judged by the file's content, not by its suffix. Put the streams into another container without encoding them again.
    """
    if master.info.container not in limits.allowed:
        yield Problem(
            "container {measured}, allowed: {allowed}",
            measured=master.info.container,
            allowed=listed(limits.allowed),
        )
