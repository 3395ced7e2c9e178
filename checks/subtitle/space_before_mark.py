"""`subtitle/space-before-mark`."""

import re
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, rule_of, shown
from checks.subtitle._search import text_of


class NoSpaceBefore(Limits):
    """Marks that no space stands before, by language: French has one before `!`, `?`, `:` and `;`."""

    marks: ByLanguage[Annotated[str, Field(min_length=1)]]


@check("subtitle/space-before-mark", on=SubtitleTrack, limits=NoSpaceBefore)
def space_before_mark(track: SubtitleTrack, limits: NoSpaceBefore) -> Problems:
    """A space stands before a mark that belongs to the word before it.

    A player may break the row there and begin the next one with the mark. Delete the space. Periods that begin a
    number or an ellipsis are let be.
    """
    marks = rule_of(limits.marks, track)
    if marks is None:
        return
    pattern = re.compile(rf"[ \u00a0\u3000](?<=[^\s\-‐–—♪].)[ \u00a0\u3000]*(?!\.\.|\.\d)([{re.escape(marks)}])")
    for found in text_of(track).find(pattern):
        yield Problem(
            "a space before {measured}: {text}", at(found.cue), repr(found.match[1]), values={"text": shown(found.line)}
        )
