"""Numbers in digits that begin a sentence: two rules ask for them, and one of the two tells them."""

import re
from functools import lru_cache

from checks.subtitle._search import KEPT, Found, Text

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?:^|(?<=[.?!…] )|(?<=[.?!…][”\"] ))([-‐]? ?[“‘\"']?)(\d[\d,]*(?:[:./-]\d+)*%?)", re.MULTILINE)
_SHORTENED = ("No.", "Nos.", "Apt.", "Vol.")
"""What ends with a period and not a sentence, before a number."""
_ENDS = frozenset(".?!…”’\"'♪)]:")


@lru_cache(KEPT)
def beginning(track_text: Text) -> tuple[Found, ...]:
    """The numbers that begin a sentence outside of text in capitals; group 2 of a match is the number."""
    found = track_text.find(_NUMBER, _DIGIT)
    return tuple(item for item in found if not item.line.isupper() and _begins(item))


def _begins(found: Found) -> bool:
    """Whether the number begins a sentence: after a mark inside the line, or where the line before has ended one."""
    whole, place = found.match.string, found.match.start() - 1
    while place >= 0 and whole[place].isspace():
        place -= 1
    if whole.endswith(_SHORTENED, 0, place + 1):
        return False
    return place < 0 or whole[place] in _ENDS or bool(found.match[1].strip())
