"""`subtitle/acronym-width`."""

import re
from typing import Annotated
from unicodedata import normalize

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problems, check
from checks.subtitle._cues import rule_of
from checks.subtitle._search import text_of

_TO_FULL = {code: code + 0xFEE0 for code in range(ord("A"), ord("Z") + 1)}
_CAPITALS = frozenset(map(chr, (*_TO_FULL, *_TO_FULL.values())))
_ACRONYM = re.compile(r"(?<![A-Za-zＡ-Ｚａ-ｚ.])(?<![A-Za-z] )[A-ZＡ-Ｚ]{2,}(?![A-Za-zＡ-Ｚａ-ｚ.]|[ '’][A-Za-z])")


class AcronymWidths(Limits):
    """The longest acronym that is written in full-width letters, by language; longer ones are half-width."""

    full_up_to: ByLanguage[Annotated[int, Field(ge=1)]]


@check("subtitle/acronym-width", on=SubtitleTrack, limits=AcronymWidths)
def acronym_width(track: SubtitleTrack, limits: AcronymWidths) -> Problems:
    """An acronym is written in letters of the wrong width.

    In Japanese an acronym of up to five letters is full-width, ＢＢＣ; a longer one is easier to read half-width,
    which is a recommendation and therefore borderline. Words of another language in capitals are let be.
    """
    most = rule_of(limits.full_up_to, track)
    if most is None:
        return
    for found in text_of(track).find(_ACRONYM, needs=_CAPITALS):
        half = normalize("NFKC", found.text)
        is_long = len(half) > most
        right = half if is_long else half.translate(_TO_FULL)
        if found.text != right:
            width = "half" if is_long else "full"
            yield found.problem(found.text, f"{right} ({width}-width)", borderline=is_long)
