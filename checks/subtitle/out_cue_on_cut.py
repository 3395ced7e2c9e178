"""`subtitle/out-cue-on-cut`."""

from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check
from checks.subtitle._cues import at, frames_text
from checks.subtitle._cuts import AtCuts, cuts_of


class OutCueOnCut(AtCuts):
    """Fewest frames between the end of a cue and a cut; `exempt` names the kinds that the rule is not for."""

    min_frames: Annotated[int, Field(ge=1)]


@check("subtitle/out-cue-on-cut", on=SubtitleTrack, limits=OutCueOnCut)
def out_cue_on_cut(track: SubtitleTrack, limits: OutCueOnCut) -> Problems:
    """A cue ends on a cut or right before it.

    A decoder that is one frame late shows a flash of the text in the next shot. End the cue a few frames before the
    cut.
    """
    if track.kind in limits.exempt:
        return
    cuts = cuts_of(track)
    least = limits.min_frames
    for cue, end, cut in zip(cuts.cues, cuts.ends, cuts.from_end, strict=True):
        if cut - end < least:
            yield Problem(
                "ends {measured} before a cut, at least {allowed}",
                at(cue),
                frames_text(cut - end),
                frames_text(limits.min_frames),
            )
