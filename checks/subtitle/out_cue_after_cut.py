"""`subtitle/out-cue-after-cut`."""

from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check
from checks.subtitle._cues import at, frames_text
from checks.subtitle._cuts import AtCuts, cuts_of


class OutCueAfterCut(AtCuts):
    """A cue that runs across a cut stays at least half a second after it.

    `exempt` names the kinds that the rule is not for.
    """


@check("subtitle/out-cue-after-cut", on=SubtitleTrack, limits=OutCueAfterCut)
def out_cue_after_cut(track: SubtitleTrack, limits: OutCueAfterCut) -> Problems:
    """A cue runs across a cut and ends shortly after it.

    The eye has just come back to the text in the new shot when it goes. End the cue before the cut, or let it stay for
    half a second after it.
    """
    if track.kind in limits.exempt:
        return
    cuts = cuts_of(track)
    most = cuts.most_half
    for cue, start, end, cut in zip(cuts.cues, cuts.starts, cuts.ends, cuts.until_end, strict=True):
        if 0 < end - cut < most and start < cut:
            yield Problem(
                "ends {measured} after a cut that it runs across; before the cut, or at least {allowed} after it",
                at(cue),
                frames_text(end - cut),
                frames_text(cuts.least_half),
                borderline=end - cut >= cuts.least_half,
            )
