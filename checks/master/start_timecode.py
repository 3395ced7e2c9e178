"""The check master/start-timecode."""

from assets.media import Master
from checks.core import Limits, Problem, Problems, check
from checks.media import Names, listed


class StartTimecode(Limits):
    """The timecodes at which a master may start, such as `10:00:00:00`; `;` before the frames is drop-frame."""

    allowed: Names


@check("master/start-timecode", on=Master, limits=StartTimecode)
def start_timecode(master: Master, limits: StartTimecode) -> Problems:
    """The master has no timecode, or does not start where the platform expects it.

    A broadcaster's log and subtitles count from this label (SMPTE ST 12-1). Write the timecode track anew; the picture
    stays as it is.
    """
    allowed = listed(limits.allowed)
    if master.info.timecode is None:
        yield Problem("no timecode in the file, allowed: {allowed}", measured="none", allowed=allowed)
    elif master.info.timecode not in limits.allowed:
        yield Problem("starts at {measured}, allowed: {allowed}", measured=master.info.timecode, allowed=allowed)
