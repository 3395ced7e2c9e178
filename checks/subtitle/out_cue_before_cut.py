"""`subtitle/out-cue-before-cut`."""

from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check
from checks.subtitle._cues import at, frames_text
from checks.subtitle._cuts import NEVER, AtCuts, cuts_of


class OutCueBeforeCut(AtCuts):
    """The frames before a cut at which a cue ends that would end within half a second before it.

    `exempt` names the kinds that the rule is not for.
    """

    frames: Annotated[int, Field(ge=1)]


@check("subtitle/out-cue-before-cut", on=SubtitleTrack, limits=OutCueBeforeCut)
def out_cue_before_cut(track: SubtitleTrack, limits: OutCueBeforeCut) -> Problems:
    """A cue ends shortly before a cut, though it could last until it.

    Text and picture go one after the other, which makes the cut look hard. Let the cue last until just before the cut.
    A cue that another one follows before the cut cannot last so long and is not meant.
    """
    if track.kind in limits.exempt:
        return
    cuts = cuts_of(track)
    starts = [*cuts.starts, NEVER]
    order = sorted(range(len(cuts.cues)), key=starts.__getitem__)
    for place, following in zip(order, [*order[1:], -1], strict=False):
        end, cut = cuts.ends[place], cuts.from_end[place]
        if limits.frames < cut - end < cuts.most_half and starts[following] >= cut:
            yield Problem(
                "ends {measured} before a cut; {allowed} before it",
                at(cuts.cues[place]),
                frames_text(cut - end),
                frames_text(limits.frames),
                borderline=cut - end >= cuts.least_half,
            )
