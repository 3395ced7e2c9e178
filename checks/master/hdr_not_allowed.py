"""The check master/hdr-not-allowed."""

from collections.abc import Iterator

from assets.media import Master, VideoStream
from checks.core import Problem, Problems, check
from checks.media import pictures

TRANSFERS = {"pq": "PQ (SMPTE ST 2084)", "hlg": "HLG (ITU-R BT.2100)"}


@check("master/hdr-not-allowed", on=Master)
def hdr_not_allowed(master: Master) -> Problems:
    """The picture is HDR, or carries metadata of HDR, and the platform takes standard dynamic range only.

    Shown as BT.709 an HDR picture is grey and flat; metadata that was left in an SDR picture switches televisions into
    the wrong mode. Deliver the SDR grade, without metadata of the other one.
    """
    for at, stream in pictures(master):
        for sign in _signs(stream):
            yield Problem("{measured}, allowed: {allowed}", at, measured=sign, allowed="SDR")


def _signs(stream: VideoStream) -> Iterator[str]:
    transfers = (stream.colour_transfer, stream.container_says.colour.transfer)
    for transfer in dict.fromkeys(name for name in transfers if name in TRANSFERS):
        yield TRANSFERS[transfer]
    if stream.hdr is not None:
        yield "static HDR metadata (SMPTE ST 2086 or content light level)"
    if stream.has_dynamic_hdr:
        yield "dynamic HDR metadata (SMPTE ST 2094)"
