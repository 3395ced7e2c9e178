"""The check audio/sample-rate."""

from assets.media import MediaFile
from checks.core import Limits, Problem, Problems, check
from checks.media import Several, listed, sounds_alike


class SampleRate(Limits):
    """The sample rates sound may have, in hertz."""

    allowed: Several[int]


@check("audio/sample-rate", on=MediaFile, limits=SampleRate)
def sample_rate(media: MediaFile, limits: SampleRate) -> Problems:
    """The sound has a sample rate that the platform does not take.

    44.1 kHz is the rate of music discs; pictures are accompanied by 48 kHz. Convert with a good resampler, once.
    """
    for at, stream in sounds_alike(media, lambda stream: stream.sample_rate):
        if stream.sample_rate not in limits.allowed:
            yield Problem(
                "{measured}, allowed: {allowed}",
                at,
                measured=f"{stream.sample_rate} Hz",
                allowed=f"{listed(limits.allowed)} Hz",
            )
