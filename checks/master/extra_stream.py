"""The check master/extra-stream."""

from typing import Literal

from assets.media import Master
from checks.core import At, Limits, Problem, Problems, check
from checks.media import listed


class ExtraStream(Limits):
    """The kinds of stream a master may have beside picture and sound; a timecode track is `data`."""

    allowed: tuple[Literal["data", "subtitle", "attachment"], ...]


@check("master/extra-stream", on=Master, limits=ExtraStream)
def extra_stream(master: Master, limits: ExtraStream) -> Problems:
    """The master contains a stream that is neither picture nor sound and that the platform does not take.

    Subtitles inside the master leave with it without having been checked or licensed. Deliver them as
    files of their own.
    """
    for stream in master.info.other:
        if stream.kind not in limits.allowed:
            yield Problem(
                "{measured} inside the master, allowed beside picture and sound: {allowed}",
                At(f"stream {stream.index}"),
                measured=f"{stream.kind} ({stream.codec})",
                allowed=listed(limits.allowed) or "nothing",
            )
