"""`subtitle/out-cue-before-cut`."""

from itertools import zip_longest
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check
from checks.subtitle._cues import at, frames_text
from checks.subtitle._cuts import AtCuts, cuts_of


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
    spans = sorted(cuts.spans, key=lambda span: span[1])
    starts = [start for _, start, _ in spans[1:]]
    for (cue, _, end), following in zip_longest(spans, starts):
        cut = cuts.first_from(end)
        if cut is None or not limits.frames < cut - end < cuts.most_half:
            continue
        if following is None or following >= cut:
            yield Problem(
                "ends {measured} before a cut; {allowed} before it",
                at(cue),
                frames_text(cut - end),
                frames_text(limits.frames),
                borderline=cut - end >= cuts.least_half,
            )
