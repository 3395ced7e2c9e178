"""`subtitle/overlap`."""

from assets.subtitles.model import Cue, SubtitleTrack
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, seconds_text
from checks.subtitle._times import gaps_of, neighbours

ROW = 3
"""Positions are those of a numeric keypad of three rows: 1 to 3 are the bottom of the picture, 7 to 9 the top."""


class Overlap(Limits):
    """Whether two cues may be shown at once if one is at the top of the picture and the other at the bottom."""

    apart_allowed: bool = False


@check("subtitle/overlap", on=SubtitleTrack, limits=Overlap)
def overlap(track: SubtitleTrack, limits: Overlap) -> Problems:
    """A cue starts while another is still shown.

    Players show both at once, one above the other or one instead of the other. End the earlier cue before the later
    one starts, or put both speakers into one cue.
    """
    if not gaps_of(track).has_overlap:
        return
    for cues in _rows(track) if limits.apart_allowed else (track.cues,):
        for before, cue in neighbours(cues):
            if cue.start < before.end:
                yield Problem(
                    "starts {measured} before cue {other} ends",
                    at(cue),
                    seconds_text(before.end - cue.start),
                    values={"other": before.number},
                )


def _rows(track: SubtitleTrack) -> list[list[Cue]]:
    """The cues at the bottom, in the middle and at the top of the picture."""
    return [[cue for cue in track.cues if (cue.position - 1) // ROW == row] for row in range(ROW)]
