"""The check audio/start-differs."""

from assets.media import MediaFile
from assets.timing import from_ms
from checks.core import Limits, Problem, Problems, check
from checks.media import Milliseconds, ms_text, picture_beside, sounds_alike


class StartDiffers(Limits):
    """How much before and after the first frame the sound may start."""

    max_early_ms: Milliseconds
    max_late_ms: Milliseconds


@check("audio/start-differs", on=MediaFile, limits=StartDiffers)
def start_differs(media: MediaFile, limits: StartDiffers) -> Problems:
    """The sound does not start with the picture.

    A player or encoder that ignores the streams' start times plays the film out of sync by that much. Write the file
    again so that both start at 0, with silence where there is no sound yet.
    """
    picture = picture_beside(media)
    for at, stream in sounds_alike(media, lambda stream: stream.start):
        offset = stream.start - picture.start
        if not -from_ms(limits.max_early_ms) <= offset <= from_ms(limits.max_late_ms):
            yield Problem(
                "starts {measured} the picture, at most {allowed}",
                at,
                measured=f"{ms_text(abs(offset))} {'after' if offset > 0 else 'before'}",
                allowed=f"{limits.max_early_ms} ms before, {limits.max_late_ms} ms after",
            )
