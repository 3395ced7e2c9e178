"""`subtitle/full-width-letters`."""

import re
from unicodedata import normalize

from assets.subtitles.model import SubtitleTrack
from checks.core import Problems, check
from checks.subtitle._cues import Where, applies
from checks.subtitle._search import text_of

_LETTERS = re.compile("[Ａ-Ｚａ-ｚ]+|\u3000+")
_FULL = frozenset("\u3000") | frozenset(map(chr, (*range(ord("Ａ"), ord("Ｚ") + 1), *range(ord("ａ"), ord("ｚ") + 1))))


@check("subtitle/full-width-letters", on=SubtitleTrack, limits=Where)
def full_width_letters(track: SubtitleTrack, limits: Where) -> Problems:
    """Latin letters or a space fill a square in a language that has them half-width.

    They are left over from a Japanese template or typed with a Japanese keyboard: the word falls apart on screen, and
    a search does not find it. Digits have a check of their own, `subtitle/digit-width`.
    """
    if not applies(limits.where, track):
        return
    for found in text_of(track).find(_LETTERS, needs=_FULL):
        if found.text[0] == "\u3000":
            yield found.problem("a full-width space", "a half-width one")
        else:
            yield found.problem(found.text, normalize("NFKC", found.text))
