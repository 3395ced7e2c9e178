"""`subtitle/too-many-lines`."""

from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage, limit_for
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, shown


class Lines(Limits):
    """Most lines of one cue, by language and kind."""

    max_lines: ByLanguage[Annotated[int, Field(ge=1)]]


@check("subtitle/too-many-lines", on=SubtitleTrack, limits=Lines)
def too_many_lines(track: SubtitleTrack, limits: Lines) -> Problems:
    """A cue has more lines than the platform shows.

    It covers the picture, and some players cut the last line off. Shorten it, or make two cues of it.
    """
    allowed = limit_for(limits.max_lines, track.language, track.kind)
    for cue in track.cues:
        lines = cue.text.strip("\n").count("\n") + 1
        if lines > allowed:
            yield Problem(
                "{measured} lines, at most {allowed}: {text}", at(cue), lines, allowed, {"text": shown(cue.text)}
            )
