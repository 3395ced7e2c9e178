"""`subtitle/too-short`."""

from fractions import Fraction

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage, limit_for
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, frames_of, frames_text, rate_of


class ShortestCue(Limits):
    """Shortest duration in seconds, as exact fractions ("5/6"), by language: so many whole frames, halves rounded up.

    `other_reading` is the smallest duration that another reading of the source accepts: a cue between is borderline.
    """

    min_seconds: ByLanguage[Fraction]
    other_reading: ByLanguage[Fraction] | None = None


@check("subtitle/too-short", on=SubtitleTrack, limits=ShortestCue)
def too_short(track: SubtitleTrack, limits: ShortestCue) -> Problems:
    """A cue is shown for too short a time.

    It is gone before the eye has found it. Let it stay longer, or join it with its neighbour.
    """
    rate = rate_of(track)
    seconds = limit_for(limits.min_seconds, track.language, track.kind)
    other = limit_for(limits.other_reading, track.language, track.kind) if limits.other_reading else seconds
    needed = int((seconds * rate + Fraction(1, 2)) // 1)
    accepted = -int(-other * rate // 1)
    for cue in track.cues:
        frames = frames_of(cue.duration, rate)
        if frames < needed:
            yield Problem(
                "lasts {measured}, at least {allowed}",
                at(cue),
                frames_text(frames),
                frames_text(needed),
                borderline=frames >= accepted,
            )
