"""The check master/levels-outside-range."""

from typing import Annotated

from pydantic import Field

from assets.media import Master
from checks.core import Limits, Problem, Problems, check
from checks.master._edges import programme_of
from checks.master._levels import levels_of, ppm_text
from checks.signals import pictures_measured
from checks.stretches import length, length_text, overlap, placed, shortened


class LevelsOutsideRange(Limits):
    """The largest share of a frame, in millionths, that may have codes outside the limited range."""

    max_ppm: Annotated[int, Field(ge=1000, le=1_000_000)]


@check("master/levels-outside-range", on=Master, limits=LevelsOutsideRange)
def levels_outside_range(master: Master, limits: LevelsOutsideRange) -> Problems:
    """The picture has codes below black, above white, or colours outside the legal range.

    Transmission clips them, and the detail in them is lost. Grade them back, or legalise softly. Bars before the
    programme have such codes on purpose, and full range has them all: neither is judged. The times are those with more
    than a thousandth of a frame outside.
    """
    for at, picture, stream in pictures_measured(master, "levels", "bars", "black", "frozen"):
        levels, programme = levels_of(picture), programme_of(picture)
        outside = [part for part in levels.outside if overlap(part, [programme])]
        if stream.colour_range == "full" or levels.most_outside_ppm <= limits.max_ppm or not outside:
            continue
        yield Problem(
            "{measured} of a frame is outside the legal range, at most {allowed}; Y' from {lowest} to {highest}",
            at,
            measured=ppm_text(levels.most_outside_ppm),
            allowed=ppm_text(limits.max_ppm),
            values={"lowest": levels.luma.lowest, "highest": levels.luma.highest},
        )
        yield from shortened(
            Problem("codes outside the legal range for {measured}", placed(at, part), length_text(length(part)))
            for part in outside
        )
