"""The check master/declared-length-differs."""

from assets.media import AudioStream, Master, VideoStream
from assets.timing import Time, from_ms, ms_text
from checks.core import At, Limits, Problem, Problems, check
from checks.media import Milliseconds, sound_place


class DeclaredLengthDiffers(Limits):
    """How far the length in a header may be from that of the media."""

    max_ms: Milliseconds


@check("master/declared-length-differs", on=Master, limits=DeclaredLengthDiffers)
def declared_length_differs(master: Master, limits: DeclaredLengthDiffers) -> Problems:
    """The header of the file or of a stream declares another length than its media has.

    The file was cut short on its way, or its export broke off; players show a wrong running time. Copy it again from
    its source and compare the checksums, or write the container anew.
    """
    info = master.info
    places: list[tuple[At, Time | None, Time]] = [(At("file"), info.declared_duration, info.duration)]
    places += [
        (_place(stream, number), stream.declared_duration, stream.duration) for number, stream in _streams(master)
    ]
    for at, declared, length in places:
        if declared is not None and abs(declared - length) > from_ms(limits.max_ms):
            yield Problem(
                "{allowed} declared, {measured} of media",
                at,
                measured=ms_text(length),
                allowed=ms_text(declared),
            )


def _streams(master: Master) -> list[tuple[int, VideoStream | AudioStream]]:
    return [*enumerate(master.info.video), *enumerate(master.info.audio)]


def _place(stream: VideoStream | AudioStream, number: int) -> At:
    return sound_place(number) if isinstance(stream, AudioStream) else At(f"video stream {number}")
