"""`dashes`: en and em dashes in English."""

import re

from assets.subtitles.model import Cue
from checks.fixes._fix import Fix, Setting
from checks.fixes._text import replaced

_DASH = re.compile(r"(?<=[^\n\s–—-])(?<!\d)[^\S\n]?[–—](?![\d–—-])")
"""Not at the beginning of a line, where it marks a speaker, and not between figures; a space before it goes with it."""


def _mend(cues: tuple[Cue, ...], setting: Setting) -> tuple[Cue, ...]:
    if setting.language != "en":
        return cues
    return tuple(replaced(cue, _DASH, lambda _: "--") for cue in cues)


FIX = Fix("dashes", "Write a dash in English as two hyphens.", frozenset({"subtitle/forbidden-text"}), _mend)
