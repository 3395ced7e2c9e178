"""The check master/start-not-zero."""

from assets.media import Master
from assets.timing import from_ms
from checks.core import Limits, Problem, Problems, check
from checks.media import Milliseconds, ms_text, pictures


class StartNotZero(Limits):
    """How far from 0 the first frame may be shown."""

    max_ms: Milliseconds


@check("master/start-not-zero", on=Master, limits=StartNotZero)
def start_not_zero(master: Master, limits: StartNotZero) -> Problems:
    """The first frame is not shown at time 0.

    An edit list or a late first frame shifts picture against subtitles by that much in players that ignore it.
    Write the file again so that its picture starts at 0.
    """
    for at, stream in pictures(master):
        if abs(stream.start) > from_ms(limits.max_ms):
            yield Problem(
                "picture starts at {measured}, allowed: 0 ± {allowed}",
                at,
                measured=ms_text(stream.start),
                allowed=f"{limits.max_ms} ms",
            )
