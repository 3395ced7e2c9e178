"""`subtitle/space-after-mark`."""

import re
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problems, check
from checks.subtitle._cues import rule_of
from checks.subtitle._search import text_of

_NAMES = {" ": "a half-width space", "\u3000": "a full-width space", "": "no space"}


class SpaceAfter(Limits):
    """Marks that a full-width space follows inside a line, by language."""

    marks: ByLanguage[Annotated[str, Field(min_length=1)]]


@check("subtitle/space-after-mark", on=SubtitleTrack, limits=SpaceAfter)
def space_after_mark(track: SubtitleTrack, limits: SpaceAfter) -> Problems:
    """A mark that ends a sentence inside a line is not followed by a full-width space.

    Japanese has no other gap between two sentences: 何？　本当！. Before a closing bracket or another mark there is
    none.
    """
    marks = rule_of(limits.marks, track)
    if marks is None:
        return
    pattern = re.compile(rf"[{re.escape(marks)}]([^\S\n]*)(?=[^\s{re.escape(marks)}!?」』）)］\]】〉》”’…～〜ー―—♪])")
    for found in text_of(track).find(pattern):
        space = found.match[1]
        if space != "\u3000":
            measured = _NAMES.get(space, "other spaces")
            yield found.problem(f"{measured} after {found.text.strip()}", _NAMES["\u3000"])
