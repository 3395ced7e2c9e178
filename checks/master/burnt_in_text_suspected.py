"""The check master/burnt-in-text-suspected."""

from assets.media import Master
from assets.timing import from_ms
from checks.core import Limits, Problem, Problems, check
from checks.media import Milliseconds
from checks.signals import pictures_measured
from checks.stretches import length, length_text, placed, shortened


class BurntInText(Limits):
    """How long something must stand in the picture to be reported."""

    min_ms: Milliseconds


@check("master/burnt-in-text-suspected", on=Master, limits=BurntInText)
def burnt_in_text_suspected(master: Master, limits: BurntInText) -> Problems:
    """Something like lettering stands still in the picture while it moves behind: a subtitle, a logo or a timecode.

    What is burnt in cannot be switched off or translated. If it is a subtitle or a mark, deliver the clean version;
    names of speakers and titles that are part of the film may stay.
    """
    for at, picture, _ in pictures_measured(master, "burnt_in"):
        yield from shortened(
            Problem(
                "what looks like lettering for {measured}", placed(at, stretch), measured=length_text(length(stretch))
            )
            for stretch in picture.burnt_in
            if length(stretch) >= from_ms(limits.min_ms)
        )
