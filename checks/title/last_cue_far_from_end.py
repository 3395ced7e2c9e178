"""`title/last-cue-far-from-end`."""

from typing import Annotated

from pydantic import Field

from assets.subjects import ReadTitle
from assets.timing import ms_text
from assets.title import Kind
from checks.core import At, CannotCheck, Limits, Problem, Problems, check


class Coverage(Limits):
    """Longest stretch after the last cue, in per cent of the programme: its end credits."""

    max_percent: Annotated[int, Field(ge=0, le=100)]


@check("title/last-cue-far-from-end", on=ReadTitle, limits=Coverage)
def last_cue_far_from_end(read: ReadTitle, limits: Coverage) -> Problems:
    """A full or SDH track ends long before the programme does.

    The last reels were probably never subtitled, or the file was cut off when it was copied. Compare its last cue with
    the picture.
    """
    for track in read.tracks():
        if track.kind in {Kind.FORCED, Kind.MARKETING} or not track.cues:
            continue
        if track.programme_end is None:
            raise CannotCheck(f"the programme's end is not known for {track.file}")
        last = max(cue.end for cue in track.cues)
        if (track.programme_end - last) * 100 > limits.max_percent * track.programme_end:
            yield Problem(
                "the last cue ends at {measured}, the programme at {end}; at most {allowed} % are without subtitles",
                At(track.file.name),
                ms_text(last),
                limits.max_percent,
                {"end": ms_text(track.programme_end)},
            )
