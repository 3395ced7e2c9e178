"""The check master/container-scan-differs."""

from assets.media import Master
from checks.core import Problem, Problems, check
from checks.media import UNSTATED, pictures


@check("master/container-scan-differs", on=Master)
def container_scan_differs(master: Master) -> Problems:
    """The container calls the picture interlaced and the coded picture is progressive, or the other way round.

    A deinterlacer that believes the container halves the detail of a progressive picture, or leaves combs in an
    interlaced one. Write the field order in the container as the picture has it.
    """
    for at, stream in pictures(master):
        outer, is_interlaced = stream.container_says.scan, stream.picture_says.is_interlaced
        if outer in UNSTATED or is_interlaced is None or (outer != "progressive") == is_interlaced:
            continue
        yield Problem(
            "{measured} in the container, {allowed} in the picture",
            at,
            measured=outer,
            allowed="interlaced" if is_interlaced else "progressive",
        )
