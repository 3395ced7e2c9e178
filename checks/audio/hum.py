"""The check audio/hum."""

from assets.media import Media
from checks.audio._tones import is_hum
from checks.core import Limits, Problem, Problems, check
from checks.signals import Decibels, level_text, sounds_measured
from checks.stretches import length, length_text, placed, shortened


class Hum(Limits):
    """How loud a hum of the mains may be, in dBFS."""

    max: Decibels


@check("audio/hum", on=Media, limits=Hum)
def hum(media: Media, limits: Hum) -> Problems:
    """The sound hums at the frequency of the mains.

    A recording picked it up from a cable or a lamp. A narrow filter takes it out; a refrigerator or a transformer in
    the scene may be meant.
    """
    for at, sound in sounds_measured(media, "tones"):
        found = [
            Problem(
                "hum of {hertz} Hz at {measured} for {length}, at most {allowed}",
                placed(at, item),
                measured=f"{level_text(item.level)} dBFS",
                allowed=f"{level_text(limits.max)} dBFS",
                values={"hertz": item.hertz, "length": length_text(length(item))},
            )
            for item in sound.tones
            if is_hum(item) and item.level > limits.max
        ]
        yield from shortened(found)
