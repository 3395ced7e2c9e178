"""The check audio/loudness-range."""

from typing import Annotated

from pydantic import Field

from assets.media import Media
from checks.audio._measured import as_shown, loudness_of, seconds
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.signals import Decibels, level_text, sounds_measured
from checks.stretches import length


class LoudnessRange(Limits):
    """The smallest and the largest loudness range (EBU Tech 3342), in LU, of sounds of at least `min_seconds`."""

    min: Decibels
    max: Decibels
    min_seconds: Annotated[int, Field(ge=1)] = 60


@check("audio/loudness-range", on=Media, limits=LoudnessRange)
def loudness_range(media: Media, limits: LoudnessRange) -> Problems:
    """Loud and quiet passages are further apart, or closer together, than the platform takes.

    With a wide range a viewer at home turns the sound up for the dialogue and down for the rest; a narrow one tires.
    Make a mix for the near field. Some platforms also limit the range of the dialogue alone: that needs the dialogue
    stem and is not measured.
    """
    for at, sound in sounds_measured(media, "loudness"):
        found = loudness_of(sound).lra
        if found is None:
            continue  # silence, which audio/loudness reports
        if length(sound) < seconds(limits.min_seconds):
            raise CannotCheck(f"a loudness range says nothing of less than {limits.min_seconds} s")
        if not limits.min <= as_shown(found) <= limits.max:
            yield Problem(
                "loudness range {measured}, allowed: {allowed}",
                at,
                measured=f"{level_text(found)} LU",
                allowed=f"{level_text(limits.min)} to {level_text(limits.max)} LU",
            )
