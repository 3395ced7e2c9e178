"""`subtitle/half-width-letters`."""

import re
from unicodedata import normalize

from assets.subtitles.model import SubtitleTrack
from checks.core import Problems, check
from checks.subtitle._search import text_of

_HALF = re.compile("[\uff62\uff63\uff65-\uff9f\uffa1-\uffdc]+")
"""Not ｡ and ､, which Japanese subtitles do not have in any width (`subtitle/forbidden-text`)."""


@check("subtitle/half-width-letters", on=SubtitleTrack)
def half_width_letters(track: SubtitleTrack) -> Problems:
    """A cue has half-width katakana, Hangul letters or Japanese marks.

    They come from old terminals; many fonts of players lack them, and a voiced sound is two characters. Write the
    ordinary ones. ー ﾞ ﾟ are counted and judged with their letters.
    """
    text = text_of(track)
    for found in text.find(_HALF) if _HALF.search("".join(text.characters)) else ():
        yield found.problem(found.text, normalize("NFKC", found.text))
