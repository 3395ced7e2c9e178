"""`subtitle/ellipsis-form`."""

import re
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problems, check
from checks.subtitle._cues import rule_of
from checks.subtitle._search import text_of

ELLIPSIS = "…"


class EllipsisForm(Limits):
    """By language the marks of which two in a row are a false ellipsis, and those that are one by themselves."""

    in_a_row: ByLanguage[Annotated[str, Field(min_length=1)]]
    alone: str = ""


@check("subtitle/ellipsis-form", on=SubtitleTrack, limits=EllipsisForm)
def ellipsis_form(track: SubtitleTrack, limits: EllipsisForm) -> Problems:
    """An ellipsis is not written as the one character U+2026.

    Three periods count three times in the length of a line, and a row may be broken between them. Write `…`. Periods
    after a question or exclamation mark, as in Russian, are let be.
    """
    marks = rule_of(limits.in_a_row, track)
    if marks is None:
        return
    listed = re.escape(marks)
    single = f"|[{re.escape(limits.alone)}]" if limits.alone else ""
    pattern = re.compile(rf"[{listed}][{listed}]+{single}")
    text = text_of(track)
    if not text.has_pair(marks, marks) and not text.has_any(limits.alone):
        return
    for found in text.find(pattern):
        if not found.before.endswith(("?", "!")):
            yield found.problem(repr(found.text), ELLIPSIS)
