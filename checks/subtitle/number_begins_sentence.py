"""`subtitle/number-begins-sentence`."""

import re

from assets.subtitles.model import SubtitleTrack
from checks.core import Problems, check
from checks.subtitle._cues import Where, applies
from checks.subtitle._search import Found, text_of

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?:^|(?<=[.?!…] )|(?<=[.?!…][”\"] ))([-‐]? ?[“‘\"']?)(\d[\d,]*(?:[:./-]\d+)*%?)", re.MULTILINE)
_ENDS = frozenset(".?!…”’\"'♪)]:")
_MEASURE = re.compile(r"\s?(?:[ap]\.?m\b|o['’]clock|percent|degrees|years? old|-year-old|[kcm]?m\b|kg\b|miles|feet)")


@check("subtitle/number-begins-sentence", on=SubtitleTrack, limits=Where)
def number_begins_sentence(track: SubtitleTrack, limits: Where) -> Problems:
    """A sentence begins with a number in digits.

    English spells it out, or has another word first. A time, a measure or a year is borderline: it is read more easily
    in digits. Text in capitals, which stands written in the picture, is let be.
    """
    if not applies(limits.where, track):
        return
    for found in text_of(track).find(_NUMBER, _DIGIT):
        if not found.line.isupper() and _begins(found):
            digits = found.match[2]
            is_measure = len(digits) == len("1956") or not digits.isdigit() or _follows_measure(found)
            yield found.problem(digits, "a word", borderline=is_measure)


def _begins(found: Found) -> bool:
    """Whether the number begins a sentence: after a mark inside the line, or where the line before has ended one."""
    whole, place = found.match.string, found.match.start() - 1
    while place >= 0 and whole[place].isspace():
        place -= 1
    return place < 0 or whole[place] in _ENDS or bool(found.match[1].strip())


def _follows_measure(found: Found) -> bool:
    return _MEASURE.match(found.match.string, found.match.end()) is not None
