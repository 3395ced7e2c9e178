"""The check audio/tone."""

from typing import Annotated

from pydantic import Field

from assets.media import Media
from checks.audio._measured import seconds
from checks.audio._tones import is_hum
from checks.core import Limits, Problem, Problems, check
from checks.signals import level_text, sounds_measured
from checks.stretches import length, length_text, placed, shortened


class ToneLimits(Limits):
    """In how long a head a line-up tone may stand, in seconds; 0 where the file is the programme alone.

    A tone nearer to the beginning or the end than `edge_seconds` is a line-up tone; one in the middle may be meant.
    """

    head_seconds: Annotated[int, Field(ge=0)]
    edge_seconds: Annotated[int, Field(ge=1)] = 120


@check("audio/tone", on=Media, limits=ToneLimits)
def tone(media: Media, limits: ToneLimits) -> Problems:
    """The sound has a line-up tone where the platform wants the programme.

    Streaming platforms take the programme alone; broadcasters take bars and tone before it. Remove head and tail. A
    steady tone in the middle may be a telephone or a bleep, and is borderline.
    """
    for at, sound in sounds_measured(media, "tones"):
        first, last = sound.start + seconds(limits.edge_seconds), sound.end - seconds(limits.edge_seconds)
        found = [
            Problem(
                "tone of {hertz} Hz at {level} dBFS for {measured}",
                placed(at, item),
                measured=length_text(length(item)),
                allowed=f"within the first {limits.head_seconds} s" if limits.head_seconds else "none",
                values={"hertz": item.hertz, "level": level_text(item.level)},
                borderline=first <= item.start and item.end <= last,
            )
            for item in sound.tones
            if not is_hum(item) and item.end > sound.start + seconds(limits.head_seconds)
        ]
        yield from shortened(found)
