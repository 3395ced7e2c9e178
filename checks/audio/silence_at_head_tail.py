"""The check audio/silence-at-head-tail."""

from typing import Annotated

from pydantic import Field

from assets.media import Media
from checks.audio._measured import seconds
from checks.core import Limits, Problem, Problems, check
from checks.signals import sounds_measured
from checks.stretches import length, length_text, placed


class SilenceAtHeadTail(Limits):
    """How long the sound may be silent before its first sound and after its last, in seconds."""

    max_head_seconds: Annotated[int, Field(ge=0)]
    max_tail_seconds: Annotated[int, Field(ge=0)]


@check("audio/silence-at-head-tail", on=Media, limits=SilenceAtHeadTail)
def silence_at_head_tail(media: Media, limits: SilenceAtHeadTail) -> Problems:
    """The sound begins late or ends early: its head or tail is silent.

    The first or last reel may be without its sound, or the file has a leader or black that the platform does not want.
    Listen to both ends.
    """
    for at, sound in sounds_measured(media, "silence"):
        for stretch in sound.silence:
            is_head, is_tail = stretch.start <= sound.start, stretch.end >= sound.end
            if is_head and is_tail:
                yield Problem("silent all the time", placed(at, stretch), measured=length_text(length(stretch)))
            elif is_head or is_tail:
                allowed = limits.max_head_seconds if is_head else limits.max_tail_seconds
                if length(stretch) > seconds(allowed):
                    yield Problem(
                        "the first {measured} are silent, at most {allowed}"
                        if is_head
                        else "the last {measured} are silent, at most {allowed}",
                        placed(at, stretch),
                        measured=length_text(length(stretch)),
                        allowed=f"{allowed} s",
                    )
