"""The check master/variable-frame-rate."""

from assets.media import Master
from assets.timing import from_ms
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.media import Milliseconds, ms_text, pictures


class VariableFrameRate(Limits):
    """How far the longest and the shortest frame may be apart; a container that counts milliseconds rounds by 1 ms."""

    max_spread_ms: Milliseconds


@check("master/variable-frame-rate", on=Master, limits=VariableFrameRate)
def variable_frame_rate(master: Master, limits: VariableFrameRate) -> Problems:
    """The picture's frames do not all last equally long.

    Phones and screen recorders write such files; platforms refuse them, and sound and subtitles drift against them.
    Find out the rate of the source and encode at that constant rate.
    """
    for at, stream in pictures(master):
        shortest, longest = stream.min_frame_ticks, stream.max_frame_ticks
        if not longest:
            raise CannotCheck("the file has too few frames to compare their lengths")
        if longest - shortest > from_ms(limits.max_spread_ms):
            yield Problem(
                "frames last {measured}, allowed: all the same within {allowed}",
                at,
                measured=f"{ms_text(shortest)} to {ms_text(longest)}",
                allowed=f"{limits.max_spread_ms} ms",
            )
