"""The check master/drop-frame."""

from assets.conditions import Rate
from assets.media import Master
from assets.timing import DROP_FRAME_RATES
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.media import pictures, rates_text


class DropFrame(Limits):
    """The rates at which the timecode must be drop-frame."""

    required_at: tuple[Rate, ...] = ()


@check("master/drop-frame", on=Master, limits=DropFrame)
def drop_frame(master: Master, limits: DropFrame) -> Problems:
    """The timecode is drop-frame where the frame rate has no such count, or is not where the platform asks for it.

    Drop-frame exists at 29.97 and 59.94 frames per second alone (SMPTE ST 12-1); labels counted in the other way are
    3.6 seconds off after an hour. Write the timecode track anew.
    """
    timecode = master.info.timecode
    if timecode is None:
        if limits.required_at:
            raise CannotCheck("the file has no timecode, see master/start-timecode")
        return
    is_drop = ";" in timecode
    for at, stream in pictures(master):
        rate = stream.frame_rate
        if rate is None:
            raise CannotCheck("the file does not state its frame rate")
        if is_drop and rate not in DROP_FRAME_RATES:
            yield Problem(
                "drop-frame timecode {measured} at {rate}",
                at,
                measured=timecode,
                allowed="non-drop-frame",
                values={"rate": rates_text([rate])},
            )
        elif not is_drop and rate in limits.required_at:
            yield Problem(
                "timecode {measured} is not drop-frame at {rate}",
                at,
                measured=timecode,
                allowed="drop-frame",
                values={"rate": rates_text([rate])},
            )
