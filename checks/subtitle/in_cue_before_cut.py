"""`subtitle/in-cue-before-cut`."""

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check
from checks.subtitle._cues import at, frames_text
from checks.subtitle._cuts import AtCuts, Cuts, cuts_of

Share = Annotated[Fraction, Field(gt=0, le=1)]


class InCueBeforeCut(AtCuts):
    """Up to which share of half a second before a cut a cue belongs on the cut; from there on, half a second before it.

    `other_edge` is what another reading takes for that share: a cue between the two is borderline. `exempt` names the
    kinds that the rule is not for.
    """

    edge: Share
    other_edge: Share


@check("subtitle/in-cue-before-cut", on=SubtitleTrack, limits=InCueBeforeCut)
def in_cue_before_cut(track: SubtitleTrack, limits: InCueBeforeCut) -> Problems:
    """A cue starts shortly before a cut and runs across it.

    The cut comes just when the eye has gone to the text, which then seems to be a new one. Let a cue that is close to
    the cut start on it, one that is further away half a second before it.
    """
    if track.kind in limits.exempt:
        return
    cuts = cuts_of(track)
    most = cuts.most_half
    for cue, start, end, cut in zip(cuts.cues, cuts.starts, cuts.ends, cuts.from_start, strict=True):
        if 0 < cut - start < most and cut < end:
            before = cut - start
            wanted = _wanted(before, cuts, limits)
            yield Problem(
                "starts {measured} before a cut that it runs across; {allowed}",
                at(cue),
                frames_text(before),
                " or ".join(wanted),
                borderline=len(wanted) > 1 or before >= cuts.least_half,
            )


def _wanted(before: int, cuts: Cuts, limits: InCueBeforeCut) -> list[str]:
    """Where the cue should start instead, by each reading: the edge is a share of half a second, in whole frames."""
    edges = {
        round(share * half) for share in (limits.edge, limits.other_edge) for half in (cuts.least_half, cuts.most_half)
    }
    on_cut = ["on it"] if before < max(edges) else []
    ahead = [f"{cuts.least_half} frames before it"] if before >= min(edges) else []
    return on_cut + ahead
