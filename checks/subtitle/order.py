"""`subtitle/order`."""

from itertools import pairwise

from assets.subtitles.model import SubtitleTrack
from assets.timing import ms_text
from checks.core import Problem, Problems, check
from checks.subtitle._cues import at


@check("subtitle/order", on=SubtitleTrack)
def order(track: SubtitleTrack) -> Problems:
    """A cue stands in the file after one that starts later.

    Many players read a file from top to bottom and never show a cue that comes too late. Sort the cues by their times;
    if a time itself is wrong, correct it.
    """
    for before, cue in pairwise(track.cues):
        if cue.start < before.start:
            yield Problem(
                "starts at {measured}, before cue {other} above it at {allowed}",
                at(cue),
                ms_text(cue.start),
                ms_text(before.start),
                {"other": before.number},
            )
