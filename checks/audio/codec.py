"""The check audio/codec."""

from assets.media import MediaFile
from checks.core import Limits, Problem, Problems, check
from checks.media import Names, codec_text, is_codec_allowed, listed, sounds_alike


class Codec(Limits):
    """The sound codecs a master may have: `pcm_s24le`, or `aac/LC` with a profile."""

    allowed: Names


@check("audio/codec", on=MediaFile, limits=Codec)
def codec(media: MediaFile, limits: Codec) -> Problems:
    """The sound has a codec or profile that the platform does not take.

    A platform encodes the sound again for its players. Deliver the uncompressed mix where you have it.
    """
    for at, stream in sounds_alike(media, codec_text):
        if not is_codec_allowed(stream, limits.allowed):
            yield Problem(
                "codec {measured}, allowed: {allowed}",
                at,
                measured=codec_text(stream),
                allowed=listed(limits.allowed),
            )
