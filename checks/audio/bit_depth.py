"""The check audio/bit-depth."""

from typing import Annotated

from pydantic import Field

from assets.media import MediaFile
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.media import sounds_alike

LOSSLESS = ("flac", "alac", "wavpack", "truehd", "mlp")


class BitDepth(Limits):
    """The fewest bits of a sound sample, for PCM and lossless codecs, and the most where the platform takes no more."""

    min_bits: Annotated[int, Field(ge=1)]
    max_bits: Annotated[int, Field(ge=1)] | None = None


@check("audio/bit-depth", on=MediaFile, limits=BitDepth)
def bit_depth(media: MediaFile, limits: BitDepth) -> Problems:
    """The sound has fewer bits per sample than the platform takes, or more.

    With too few, quiet passages turn grainy. Export again from the mix. A lossy codec such as AAC has no bits per
    sample, and whether it is taken at all is a matter of audio/codec.
    """
    for at, stream in sounds_alike(media, lambda stream: (stream.codec, stream.bit_depth)):
        if stream.bit_depth is None:
            if stream.codec in LOSSLESS or stream.codec.startswith("pcm_"):
                raise CannotCheck(f"the file does not state the bit depth of its {stream.codec} sound")
            continue
        if stream.bit_depth < limits.min_bits:
            yield Problem(
                "{measured} sound, at least {allowed}",
                at,
                measured=f"{stream.bit_depth}-bit",
                allowed=f"{limits.min_bits}-bit",
            )
        elif limits.max_bits is not None and stream.bit_depth > limits.max_bits:
            yield Problem(
                "{measured} sound, at most {allowed}",
                at,
                measured=f"{stream.bit_depth}-bit",
                allowed=f"{limits.max_bits}-bit",
            )
