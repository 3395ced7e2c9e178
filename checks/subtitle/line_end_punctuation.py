"""`subtitle/line-end-punctuation`."""

import re
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, rule_of, shown
from checks.subtitle._search import text_of

Mark = Annotated[str, Field(min_length=1, max_length=1)]


class LineEnds(Limits):
    """Marks that no line may end with, by language and kind; a language without an entry may end as it likes.

    A mark before closing quotes or brackets is borderline: whether it ends the line is read in two ways.
    """

    forbidden: ByLanguage[list[Mark]]


@check("subtitle/line-end-punctuation", on=SubtitleTrack, limits=LineEnds)
def line_end_punctuation(track: SubtitleTrack, limits: LineEnds) -> Problems:
    """A line ends with a mark that its language leaves out in subtitles.

    Korean subtitles have no period or comma at the end of a line: the end of the line says the same. Remove the mark.
    Two periods or more are an ellipsis: `subtitle/ellipsis-form` judges it.
    """
    forbidden = rule_of(limits.forbidden, track)
    if not forbidden:
        return
    marks = re.escape("".join(forbidden))
    pattern = re.compile(rf"(?<!\.)([{marks}])([”’\"'」』)\]）]*)[^\S\n]*$", re.MULTILINE)
    for found in text_of(track).find(pattern, needs=forbidden):
        yield Problem(
            "a line ends with {measured}: {text}",
            at(found.cue),
            repr(found.match[1]),
            values={"text": shown(found.line)},
            borderline=bool(found.match[2]),
        )
