"""The check audio/out-of-phase."""

from typing import Annotated

from pydantic import Field

from assets.media import Media
from assets.signals.model import PairSignals, SoundSignals
from checks.audio._measured import seconds
from checks.core import At, Limits, Problem, Problems, check
from checks.signals import sounds_measured
from checks.stretches import length, length_text, placed, shortened


class OutOfPhase(Limits):
    """How long the channels of a pair may be out of phase at a stretch, in seconds."""

    max_seconds: Annotated[int, Field(ge=1)]


@check("audio/out-of-phase", on=Media, limits=OutOfPhase)
def out_of_phase(media: Media, limits: OutOfPhase) -> Problems:
    """The two channels of a pair are out of phase.

    On one loudspeaker, a telephone or a mono television, the voices vanish: left and right cancel each other. The
    polarity of one channel was turned over; turn it back. An effect of a few seconds may be meant.
    """
    for at, sound in sounds_measured(media, "pairs"):
        for pair in sound.pairs:
            yield from shortened(_turned(at, sound, pair, limits))


def _turned(at: At, sound: SoundSignals, pair: PairSignals, limits: OutOfPhase) -> list[Problem]:
    first, second = sound.channels[pair.first].label, sound.channels[pair.second].label
    return [
        Problem(
            "{first} and {second} are out of phase for {measured}, at most {allowed}",
            placed(at, stretch),
            measured=length_text(length(stretch)),
            allowed=f"{limits.max_seconds} s",
            values={"first": first, "second": second},
        )
        for stretch in pair.inverted
        if length(stretch) > seconds(limits.max_seconds)
    ]
