"""`subtitle/space-before-mark`."""

import re
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, rule_of, shown
from checks.subtitle._search import text_of
from checks.subtitle.doubled_space import SPACES


class NoSpaceBefore(Limits):
    """Marks that no space stands before, by language: French has one before `!`, `?`, `:` and `;`.

    `longer` are such marks of several characters, as `--` for speech that is cut off.
    """

    marks: ByLanguage[Annotated[str, Field(min_length=1)]]
    longer: ByLanguage[list[Annotated[str, Field(min_length=2)]]] | None = None


@check("subtitle/space-before-mark", on=SubtitleTrack, limits=NoSpaceBefore)
def space_before_mark(track: SubtitleTrack, limits: NoSpaceBefore) -> Problems:
    """A space stands before a mark that belongs to the word before it.

    A player may break the row there and begin the next one with the mark. Delete the space. Periods that begin a
    number or an ellipsis are let be.
    """
    marks = rule_of(limits.marks, track)
    if marks is None:
        return
    longer = (rule_of(limits.longer, track) if limits.longer else None) or []
    choice = "|".join([f"[{re.escape(marks)}]", *(f"{re.escape(mark)}(?!{re.escape(mark[-1])})" for mark in longer)])
    pattern = re.compile(rf"[{SPACES}](?<=[^\s\-‐–—♪].)[{SPACES}]*(?!\.\.|\.\d)({choice})")
    text = text_of(track)
    for found in text.find(pattern) if text.has_pair(SPACES, (*marks, *(mark[0] for mark in longer))) else ():
        yield Problem(
            "a space before {measured}: {text}", at(found.cue), repr(found.match[1]), values={"text": shown(found.line)}
        )
