"""`nfc`: decomposed letters."""

import re
from unicodedata import normalize

from assets.subtitles.model import Cue
from checks.fixes._fix import Fix, Setting
from checks.fixes._text import replaced

_ALL = re.compile(r"[^\n]+")


def _mend(cues: tuple[Cue, ...], _setting: Setting) -> tuple[Cue, ...]:
    return tuple(
        replaced(cue, _ALL, lambda match: normalize("NFC", match[0])) if _is_alike(cue) else cue for cue in cues
    )


def _is_alike(cue: Cue) -> bool:
    """Whether the cue has one style: a letter whose parts differ in style is left to a person."""
    return len(cue.runs) == 1


FIX = Fix(
    "nfc", "Compose decomposed letters (Unicode form NFC).", frozenset({"subtitle/not-nfc"}), _mend, is_whole=True
)
