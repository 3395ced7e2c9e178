"""`subtitle/mark-width`."""

import re
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problems, check
from checks.subtitle._cues import rule_of
from checks.subtitle._search import text_of

Mark = Annotated[str, Field(min_length=1, max_length=1)]


class MarkWidths(Limits):
    """Marks of the wrong width by language, each with the one to write."""

    instead: ByLanguage[dict[Mark, Mark]]


@check("subtitle/mark-width", on=SubtitleTrack, limits=MarkWidths)
def mark_width(track: SubtitleTrack, limits: MarkWidths) -> Problems:
    """A question or exclamation mark, or another one, is half-width where it fills a square, or the other way round.

    Japanese has ？ and ！ in full width, Korean and English have them half-width. Several half-width ones in a row, and
    one after Latin letters, are written either way in Japanese: borderline.
    """
    instead = rule_of(limits.instead, track)
    if instead is None:
        return
    pattern = re.compile(f"[{re.escape(''.join(instead))}]+")
    for found in text_of(track).find(pattern, needs=instead):
        right = "".join(instead[mark] for mark in found.text)
        before = found.before[-1:]
        is_disputed = found.text.isascii() and (len(found.text) > 1 or (before.isascii() and before.isalnum()))
        yield found.problem(repr(found.text), repr(right), borderline=is_disputed)
