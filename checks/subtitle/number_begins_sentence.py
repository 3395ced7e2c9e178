"""`subtitle/number-begins-sentence`."""

import re

from assets.subtitles.model import SubtitleTrack
from checks.core import Problems, check
from checks.subtitle._cues import Where, applies
from checks.subtitle._numbers import beginning
from checks.subtitle._search import Found, text_of

_MEASURE = re.compile(r"\s?(?:[ap]\.?m\b|o['’]clock|percent|degrees|years? old|-year-old|[kcm]?m\b|kg\b|miles|feet)")


@check("subtitle/number-begins-sentence", on=SubtitleTrack, limits=Where)
def number_begins_sentence(track: SubtitleTrack, limits: Where) -> Problems:
    """A sentence begins with a number in digits.

    English spells it out, or has another word first. A time, a measure or a year is borderline: it is read more easily
    in digits. Text in capitals, which stands written in the picture, is let be.
    """
    if not applies(limits.where, track):
        return
    for found in beginning(text_of(track)):
        digits = found.match[2]
        is_measure = len(digits) == len("1956") or not digits.isdigit() or _follows_measure(found)
        yield found.problem(digits, "a word", borderline=is_measure)


def _follows_measure(found: Found) -> bool:
    return _MEASURE.match(found.match.string, found.match.end()) is not None
