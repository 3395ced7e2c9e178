"""`subtitle/past-the-end`."""

from assets.subtitles.model import SubtitleTrack
from assets.timing import ms_text
from checks.core import CannotCheck, NotAsked, Problem, Problems, check
from checks.subtitle._cues import ROUNDING, at
from checks.subtitle._times import times_of


@check("subtitle/past-the-end", on=SubtitleTrack)
def past_the_end(track: SubtitleTrack) -> Problems:
    """A cue ends after the programme does.

    The track belongs to another cut or another frame rate, or its last cue is too long. Compare the first and last cue
    with the picture: a distance that grows means the wrong frame rate.
    """
    if track.programme_end is None and not (track.programme and track.programme.is_declared):
        raise NotAsked("the file belongs to no title whose master it could be compared with")
    if track.programme_end is None:
        raise CannotCheck("the programme's end is not known: the version has no readable master")
    last = track.programme_end + ROUNDING
    for cue, end in zip(track.cues, times_of(track).ends, strict=True):
        if end > last:
            template = "ends at {measured}, after the programme ends at {allowed}"
            yield Problem(template, at(cue), ms_text(end), ms_text(track.programme_end))
