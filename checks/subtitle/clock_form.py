"""`subtitle/clock-form`."""

import re

from assets.subtitles.model import SubtitleTrack
from checks.core import Problems, check
from checks.subtitle._cues import Where, applies
from checks.subtitle._search import text_of

_LETTER = re.compile(r"\d[^\S\n]?[AaPp]")
_HALF = re.compile(r"(?<=\d)([^\S\n]?)([AaPp])\.?[Mm](?:\.|(?![\w.]))")


@check("subtitle/clock-form", on=SubtitleTrack, limits=Where)
def clock_form(track: SubtitleTrack, limits: Where) -> Problems:
    """A time of day is not written with `a.m.` or `p.m.` after a space.

    One form through the whole track: `9:30 a.m.`, in capitals only where the whole line is.
    """
    if not applies(limits.where, track):
        return
    for found in text_of(track).find(_HALF, _LETTER):
        right = f" {found.match[2].lower()}.m."
        if found.text != (right.upper() if found.line.isupper() else right):
            yield found.problem(repr(found.text), repr(right))
