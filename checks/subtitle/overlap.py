"""`subtitle/overlap`."""

from assets.subtitles.model import Cue, SubtitleTrack
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, neighbours, seconds_text

ROW = 3
"""Positions on a numeric keypad: 1 to 3 are the bottom of the picture, 4 to 6 the middle, 7 to 9 the top."""


class Overlap(Limits):
    """Whether two cues may be shown at once if one is at the top of the picture and the other at the bottom."""

    apart_allowed: bool = False


@check("subtitle/overlap", on=SubtitleTrack, limits=Overlap)
def overlap(track: SubtitleTrack, limits: Overlap) -> Problems:
    """A cue starts while another is still shown.

    Players show both at once, one above the other or one instead of the other. End the earlier cue before the later
    one starts, or put both speakers into one cue.
    """
    for before, cue in neighbours(track):
        if cue.start < before.end and not (limits.apart_allowed and _row(before) != _row(cue)):
            yield Problem(
                "starts {measured} before cue {other} ends",
                at(cue),
                seconds_text(before.end - cue.start),
                "0.000 s",
                {"other": before.number},
            )


def _row(cue: Cue) -> int:
    return (cue.position - 1) // ROW
