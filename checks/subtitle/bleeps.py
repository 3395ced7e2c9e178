"""`subtitle/bleeps`."""

import re
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problems, check
from checks.subtitle._cues import rule_of
from checks.subtitle._search import text_of

_WHOLE = re.compile(r"^(?:[-‐] ?)?(?:\[[^\]\n]*\] ?)?(\*(?:[* ]*\*)?)[?!…]*$", re.MULTILINE)


class Bleeps(Limits):
    """What stands for a whole sentence that is bleeped, by language and kind."""

    sentence: ByLanguage[Annotated[str, Field(min_length=1)]]


@check("subtitle/bleeps", on=SubtitleTrack, limits=Bleeps)
def bleeps(track: SubtitleTrack, limits: Bleeps) -> Problems:
    """A line of nothing but asterisks is not the mark of a bleeped sentence.

    One asterisk stands for one bleeped syllable, four alone for a whole sentence. Asterisks without a space may be a
    single word: borderline. How many syllables were bleeped inside a line only the sound tells.
    """
    sentence = rule_of(limits.sentence, track)
    if sentence is None:
        return
    for found in text_of(track).find(_WHOLE):
        if found.match[1] != sentence:
            yield found.problem(found.match[1], sentence, borderline=" " not in found.match[1])
