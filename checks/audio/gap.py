"""The check audio/gap."""

from assets.media import Media
from assets.timing import from_ms
from checks.core import Limits, Problem, Problems, check
from checks.media import Milliseconds
from checks.signals import sounds_measured
from checks.stretches import length, length_text, placed, shortened


class Gap(Limits):
    """How long a hole in the times of the samples may be, in milliseconds."""

    max_ms: Milliseconds


@check("audio/gap", on=Media, limits=Gap)
def gap(media: Media, limits: Gap) -> Problems:
    """The times of the sound have a hole: for a moment the file has no samples at all.

    Players close the hole, and everything after it is out of step with the picture by its length. Write the file again
    with silence in the hole.
    """
    for at, sound in sounds_measured(media, "gaps"):
        holes = [
            Problem(
                "no samples for {measured}, at most {allowed}",
                placed(at, stretch),
                measured=length_text(length(stretch)),
                allowed=f"{limits.max_ms} ms",
            )
            for stretch in sound.gaps
            if length(stretch) > from_ms(limits.max_ms)
        ]
        yield from shortened(holes)
