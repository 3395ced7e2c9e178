"""The check audio/silence-inside."""

from typing import Annotated

from pydantic import Field

from assets.media import Media
from checks.audio._measured import seconds
from checks.core import Limits, Problem, Problems, check
from checks.signals import sounds_measured
from checks.stretches import length, length_text, placed, shortened


class SilenceInside(Limits):
    """How long the sound may be silent between its first sound and its last, in seconds."""

    max_seconds: Annotated[int, Field(ge=1)]


@check("audio/silence-inside", on=Media, limits=SilenceInside)
def silence_inside(media: Media, limits: SilenceInside) -> Problems:
    """All channels are silent for long in the middle of the programme.

    Viewers take it for a fault, and often it is one: a reel without its sound. Even a quiet scene has the tone of its
    room. Silence at the beginning or the end is a matter of audio/silence-at-head-tail.
    """
    for at, sound in sounds_measured(media, "silence"):
        long = [
            Problem(
                "silent for {measured}, at most {allowed}",
                placed(at, stretch),
                measured=length_text(length(stretch)),
                allowed=f"{limits.max_seconds} s",
            )
            for stretch in sound.silence
            if sound.start < stretch.start and stretch.end < sound.end and length(stretch) > seconds(limits.max_seconds)
        ]
        yield from shortened(long)
