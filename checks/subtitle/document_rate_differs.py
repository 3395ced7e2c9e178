"""`subtitle/document-rate-differs`."""

from assets.subtitles.model import SubtitleTrack
from assets.timing import rate_text
from checks.core import CannotCheck, Problem, Problems, check


@check("subtitle/document-rate-differs", on=SubtitleTrack)
def document_rate_differs(track: SubtitleTrack) -> Problems:
    """A subtitle file counts frames at another rate than the picture it goes with.

    It was made for another master: its times drift, or are off by the frames of a second that the two count
    differently. Make it again for this picture. Formats that name no rate say nothing here.
    """
    if track.document_rate is None:
        return
    if track.frame_rate is None:
        raise CannotCheck("no frame rate is known: the version has no readable master")
    if track.document_rate != track.frame_rate:
        yield Problem(
            "the document counts {measured} frames a second, the picture has {allowed}",
            measured=rate_text(track.document_rate),
            allowed=rate_text(track.frame_rate),
        )
