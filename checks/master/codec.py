"""The check master/codec."""

from assets.media import Master
from checks.core import Limits, Problem, Problems, check
from checks.media import Names, codec_text, is_codec_allowed, listed, pictures


class Codec(Limits):
    """The picture codecs a master may have: `h264` with any profile, or `prores/HQ` with one."""

    allowed: Names


@check("master/codec", on=Master, limits=Codec)
def codec(master: Master, limits: Codec) -> Problems:
    """The picture has a codec or profile that the platform does not take.

    A master is refused unseen for this. Encode again from the source; encoding a delivery file again loses quality.
    """
    for at, stream in pictures(master):
        if not is_codec_allowed(stream, limits.allowed):
            yield Problem(
                "codec {measured}, allowed: {allowed}",
                at,
                measured=codec_text(stream),
                allowed=listed(limits.allowed),
            )
