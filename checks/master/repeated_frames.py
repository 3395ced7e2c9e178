"""The check master/repeated-frames."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from assets.media import Master
from assets.signals.model import Stretch
from checks.core import Limits, Problem, Problems, check
from checks.master._repeats import repeats_of
from checks.signals import pictures_measured
from checks.stretches import overlap, shortened


class RepeatedFrames(Limits):
    """How many single repetitions a programme may have."""

    max_count: Annotated[int, Field(ge=0)]


@check("master/repeated-frames", on=Master, limits=RepeatedFrames)
def repeated_frames(master: Master, limits: RepeatedFrames) -> Problems:
    """A picture is shown twice in the middle of motion.

    A dropped frame leaves that behind, in a capture or an export that was too slow; it is seen as a hitch. Export it
    again. Regular repetitions are found by master/frame-rate-not-native, black ones by master/black-inside.
    """
    for at, picture, _ in pictures_measured(master, "repeats", "black"):
        times = [time for time in repeats_of(picture).at if not overlap(Stretch(time, time + 1), picture.black)]
        if len(times) > limits.max_count:
            yield from shortened(Problem("a picture is shown twice", replace(at, start=time)) for time in times)
