"""`subtitle/in-cue-after-cut`."""

from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check
from checks.subtitle._cues import at, frames_text
from checks.subtitle._cuts import AtCuts, cuts_of


class InCueAfterCut(AtCuts):
    """A cue that starts within half a second after a cut starts on it.

    `exempt` names the kinds that the rule is not for.
    """


@check("subtitle/in-cue-after-cut", on=SubtitleTrack, limits=InCueAfterCut)
def in_cue_after_cut(track: SubtitleTrack, limits: InCueAfterCut) -> Problems:
    """A cue starts shortly after a cut.

    Picture and text change one after the other, and the eye reads the text twice. Let the cue start on the first frame
    of the shot.
    """
    if track.kind in limits.exempt:
        return
    cuts = cuts_of(track)
    most = cuts.most_half
    for cue, start, cut in zip(cuts.cues, cuts.starts, cuts.until_start, strict=True):
        if 0 < start - cut < most:
            yield Problem(
                "starts {measured} after a cut; on it, or at least {allowed} after it",
                at(cue),
                frames_text(start - cut),
                frames_text(cuts.least_half),
                borderline=start - cut >= cuts.least_half,
            )
