"""The check master/captions-embedded."""

from assets.media import Master
from checks.core import At, Problem, Problems, check

TRACKS = ("eia_608", "eia_708", "c608", "c708")
"""What the codec of a track of closed captions is called."""


@check("master/captions-embedded", on=Master)
def captions_embedded(master: Master) -> Problems:
    """The master carries closed captions (CEA-608 or CEA-708) of its own.

    They leave with it without having been checked or licensed, and a viewer sees them beside the delivered subtitles.
    Remove them; a copy of the picture without them needs no encoding.
    """
    for number, stream in enumerate(master.info.video):
        if stream.captions:
            yield Problem("closed captions in the picture", At(f"video stream {number}"), measured="CEA-608/708")
    for other in master.info.other:
        if other.codec in TRACKS:
            yield Problem("a track of closed captions ({measured})", At(f"stream {other.index}"), measured=other.codec)
