"""`subtitle/ellipsis-space`."""

import re

from assets.subtitles.model import SubtitleTrack
from checks.core import Problems, check
from checks.subtitle._cues import Where, applies
from checks.subtitle._search import text_of

_ELLIPSIS = re.compile(r"[….](?:(?<=…)|\.\.)")
_OPENING = re.compile(r"^(?:[-‐] ?)?(?:\[[^\]\n]*\] ?)?[“‘\"']?(…|\.{3})[ \u00a0\u3000]+(?=\w)", re.MULTILINE)


@check("subtitle/ellipsis-space", on=SubtitleTrack, limits=Where)
def ellipsis_space(track: SubtitleTrack, limits: Where) -> Problems:
    """An ellipsis that begins a line is followed by a space.

    It says that the line begins in the middle of a sentence, and belongs to its first word. Delete the space.
    """
    if applies(limits.where, track):
        for found in text_of(track).find(_OPENING, _ELLIPSIS, needs="…."):
            ellipsis = found.match[1]
            yield found.problem(repr(f"{ellipsis} "), repr(ellipsis))
