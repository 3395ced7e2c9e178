"""The check audio/decoded-length-differs."""

from assets.media import MediaFile
from assets.timing import from_ms
from checks.core import Limits, Problem, Problems, check
from checks.media import Milliseconds
from checks.signals import sounds_measured
from checks.stretches import length, length_text


class DecodedLengthDiffers(Limits):
    """How much less or more sound than a stream claims may come out of it, in milliseconds."""

    max_ms: Milliseconds


@check("audio/decoded-length-differs", on=MediaFile, limits=DecodedLengthDiffers)
def decoded_length_differs(media: MediaFile, limits: DecodedLengthDiffers) -> Problems:
    """Less or more sound comes out of a stream than the file says it has.

    The file was cut off, or packets are damaged and decode to nothing. Export or copy it again.
    """
    durations = {stream.index: stream.duration for stream in media.info.audio}
    for at, sound in sounds_measured(media):
        for stream in sound.streams:
            difference = length(sound) - durations[stream]
            if abs(difference) > from_ms(limits.max_ms):
                yield Problem(
                    "{measured} than the file says, at most {allowed}",
                    at,
                    measured=f"{length_text(abs(difference))} {'longer' if difference > 0 else 'shorter'}",
                    allowed=f"{limits.max_ms} ms",
                )
                break
