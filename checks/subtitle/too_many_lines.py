"""`subtitle/too-many-lines`."""

from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, limit_of, shown
from checks.subtitle._search import text_of


class Lines(Limits):
    """Most lines of one cue, by language and kind.

    `other_reading` is what another source allows: a cue between the two is borderline.
    """

    max_lines: ByLanguage[Annotated[int, Field(ge=1)]]
    other_reading: ByLanguage[Annotated[int, Field(ge=1)]] | None = None


@check("subtitle/too-many-lines", on=SubtitleTrack, limits=Lines)
def too_many_lines(track: SubtitleTrack, limits: Lines) -> Problems:
    """A cue has more lines than the platform shows.

    It covers the picture, and some players cut the last line off. Shorten it, or make two cues of it.
    """
    allowed = limit_of(limits.max_lines, track)
    other = limit_of(limits.other_reading, track) if limits.other_reading else allowed
    for cue, words in text_of(track).broken:
        lines = words.strip("\n").count("\n") + 1
        if lines > allowed:
            yield Problem(
                "{measured} lines, at most {allowed}: {text}",
                at(cue),
                lines,
                allowed,
                {"text": shown(cue.text)},
                borderline=lines <= other,
            )
