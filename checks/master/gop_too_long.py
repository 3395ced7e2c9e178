"""The check master/gop-too-long."""

from assets.media import Master
from assets.timing import from_frames, from_ms
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.media import Milliseconds, ms_text, pictures


class GopTooLong(Limits):
    """The longest time from one key frame to the next."""

    max_ms: Milliseconds


@check("master/gop-too-long", on=Master, limits=GopTooLong)
def gop_too_long(master: Master, limits: GopTooLong) -> Problems:
    """The picture's key frames are too far apart.

    Players cannot jump between them, an error stays on screen to the next one, and cuts for advertising miss their
    frame. Encode again with a shorter distance of key frames.
    """
    for at, stream in pictures(master):
        if not stream.longest_gop or not stream.frame_rate:
            raise CannotCheck("the distance of the picture's key frames is unknown")
        longest = from_frames(stream.longest_gop, stream.frame_rate)
        if longest > from_ms(limits.max_ms):
            yield Problem(
                "{measured} from key frame to key frame ({frames} pictures), at most {allowed}",
                at,
                measured=ms_text(longest),
                allowed=f"{limits.max_ms} ms",
                values={"frames": stream.longest_gop},
            )
