"""The check audio/dual-mono."""

from typing import Annotated

from pydantic import Field

from assets.media import Media
from checks.core import Limits, Problem, Problems, check
from checks.signals import sounds_measured
from checks.stretches import length, overlap, total


class DualMono(Limits):
    """How much of what is heard may be the same in both channels of a pair, in per cent."""

    max_percent: Annotated[int, Field(ge=1, le=99)]


@check("audio/dual-mono", on=Media, limits=DualMono)
def dual_mono(media: Media, limits: DualMono) -> Problems:
    """Both channels of a pair carry the same signal: stereo that is mono.

    One channel was probably copied to both in the export. A film that was mixed in mono is right as it is.
    """
    for at, sound in sounds_measured(media, "pairs", "silence"):
        heard = length(sound) - total(sound.silence)
        for pair in sound.pairs:
            same = sum(length(stretch) - overlap(stretch, sound.silence) for stretch in pair.same)
            if heard > 0 and 100 * same > limits.max_percent * heard:
                yield Problem(
                    "{first} and {second} are the same for {measured} % of what is heard, at most {allowed} %",
                    at,
                    measured=100 * same // heard,
                    allowed=limits.max_percent,
                    values={
                        "first": sound.channels[pair.first].label,
                        "second": sound.channels[pair.second].label,
                    },
                )
