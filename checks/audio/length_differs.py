"""The check audio/length-differs."""

from assets.media import MediaFile
from assets.timing import from_ms
from checks.core import Limits, Problem, Problems, check
from checks.media import Milliseconds, ms_text, picture_beside, sounds_alike


class LengthDiffers(Limits):
    """How much shorter or longer than the picture the sound may be."""

    max_ms: Milliseconds


@check("audio/length-differs", on=MediaFile, limits=LengthDiffers)
def length_differs(media: MediaFile, limits: LengthDiffers) -> Problems:
    """The sound is shorter or longer than the picture.

    The end is silent or black, or the sound belongs to another cut and runs out of step. Compare it with the picture
    at the start, the middle and the end.
    """
    picture = picture_beside(media)
    for at, stream in sounds_alike(media, lambda stream: stream.duration):
        difference = stream.duration - picture.duration
        if abs(difference) > from_ms(limits.max_ms):
            yield Problem(
                "{measured} than the picture, at most {allowed}",
                at,
                measured=f"{ms_text(abs(difference))} {'longer' if difference > 0 else 'shorter'}",
                allowed=f"{limits.max_ms} ms",
            )
