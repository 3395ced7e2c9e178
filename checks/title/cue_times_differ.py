"""`title/cue-times-differ`."""

from typing import Annotated

from pydantic import Field

from assets.subjects import ReadTitle
from assets.timing import from_ms
from assets.title import Kind
from checks.core import At, Limits, Problem, Problems, check
from checks.title._tracks import Times, with_first, with_original_first


class CueTimes(Limits):
    """Least share of in-cues, in per cent, that two full tracks have in common, to `tolerance_ms`."""

    min_percent: Annotated[int, Field(ge=1, le=100)]
    tolerance_ms: Annotated[int, Field(ge=1)]


@check("title/cue-times-differ", on=ReadTitle, limits=CueTimes)
def cue_times_differ(read: ReadTitle, limits: CueTimes) -> Problems:
    """Few cues of a full track start when those of the original language's track do.

    Translations made from one template share its times. A track that does not was timed by itself, or belongs to
    another cut. Look at a few of its cues with the picture. The track with fewer cues is what is counted.
    """
    tracks = with_original_first(read, {Kind.FULL})
    tolerance = from_ms(limits.tolerance_ms)
    for track, other in with_first(tracks):
        few, many = sorted((track, other), key=lambda item: len(item.cues))
        times = Times(many)
        fitting = sum(1 for cue in few.cues if times.begun_within(cue.start - tolerance, cue.start + tolerance + 1))
        if fitting * 100 < limits.min_percent * len(few.cues):
            yield Problem(
                "{measured} % of the cues start with one of {other}, at least {allowed} %",
                At(other.file.name),
                fitting * 100 // len(few.cues),
                limits.min_percent,
                {"other": track.file.name},
            )
