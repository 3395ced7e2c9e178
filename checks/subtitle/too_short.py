"""`subtitle/too-short`."""

from fractions import Fraction

from assets.subtitles.model import SubtitleTrack
from assets.title import Kind
from checks.by_language import ByLanguage
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, frames_of, frames_text, least_time, limit_of, rate_of
from checks.subtitle._times import times_of

DISPUTED_TO = 25
"""The frame rate to which the Netflix timing guide's "20 frames" and its 5/6 s are two readings of one rule."""


class ShortestCue(Limits):
    """Shortest duration in seconds, as exact fractions ("5/6"), by language: so many whole frames, halves rounded up.

    `borderline_frames` is what another reading of the source accepts at 25 frames per second and below, where halves
    rounded up ask for one frame more: a cue between is borderline.
    `exempt` names the kinds that have no such limit.
    """

    min_seconds: ByLanguage[Fraction]
    borderline_frames: int | None = None
    exempt: list[Kind] = []


@check("subtitle/too-short", on=SubtitleTrack, limits=ShortestCue)
def too_short(track: SubtitleTrack, limits: ShortestCue) -> Problems:
    """A cue is shown for too short a time.

    It is gone before the eye has found it. Let it stay longer, or join it with its neighbour.
    """
    if track.kind in limits.exempt:
        return
    rate = rate_of(track)
    seconds = limit_of(limits.min_seconds, track)
    needed = int((seconds * rate + Fraction(1, 2)) // 1)
    is_disputed = limits.borderline_frames is not None and rate <= DISPUTED_TO
    accepted = min(needed, limits.borderline_frames or needed) if is_disputed else needed
    shortest = least_time(needed, rate)
    for cue, duration in zip(track.cues, times_of(track).durations, strict=True):
        if duration < shortest:
            frames = frames_of(duration, rate)
            yield Problem(
                "lasts {measured}, at least {allowed}",
                at(cue),
                frames_text(frames),
                frames_text(needed),
                borderline=frames >= accepted,
            )
