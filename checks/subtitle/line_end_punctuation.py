"""`subtitle/line-end-punctuation`."""

from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, language_of, shown


class LineEnds(Limits):
    """Marks that no line may end with, by primary language tag; a language without an entry may end as it likes."""

    forbidden: Annotated[dict[str, list[str]], Field(min_length=1)]


@check("subtitle/line-end-punctuation", on=SubtitleTrack, limits=LineEnds)
def line_end_punctuation(track: SubtitleTrack, limits: LineEnds) -> Problems:
    """A line ends with a mark that its language leaves out in subtitles.

    Korean subtitles have no period or comma at the end of a line: the end of the line says the same. Remove the mark.
    """
    forbidden = tuple(limits.forbidden.get(language_of(track), ()))
    for cue in track.cues:
        for line in cue.lines:
            end = line.rstrip()
            if end.endswith(forbidden) and not end.endswith(".."):
                yield Problem(
                    "a line ends with {measured}: {text}", at(cue), repr(end[-1]), values={"text": shown(line)}
                )
