"""`subtitle/acronym-periods`."""

import re

from assets.subtitles.model import SubtitleTrack
from checks.core import Problems, check
from checks.subtitle._cues import Where, applies
from checks.subtitle._search import text_of

_ACRONYM = re.compile(r"([A-Z](?<![A-Za-z.].)\.(?:[A-Z]\.)+[A-Z]?)(?![a-z])([^\S\n]?\w)?")
_LETTER = re.compile(r"\.(?<=[A-Z]\.)")  # the period first: one character is found faster than a choice
_INITIALS = 2


@check("subtitle/acronym-periods", on=SubtitleTrack, limits=Where)
def acronym_periods(track: SubtitleTrack, limits: Where) -> Problems:
    """An acronym has periods between its letters.

    Korean and Japanese write CD, DVD, DNA. Two letters before a word may be the initials of a name, which keep their
    periods: borderline.
    """
    if not applies(limits.where, track):
        return
    text = text_of(track)
    if "." not in text.characters:
        return
    for found in text.find(_ACRONYM, _LETTER):
        letters = found.match[1].replace(".", "")
        may_be_name = len(letters) == _INITIALS and found.match[2] is not None
        yield found.problem(found.match[1], letters, borderline=may_be_name)
