"""`ellipsis`: three periods."""

import re

from assets.subtitles.model import Cue
from checks.fixes._fix import Fix, Setting
from checks.fixes._text import replaced

_PERIODS = re.compile(r"(?<![.?!…])\.{3}(?![.…])")


def _mend(cues: tuple[Cue, ...], _setting: Setting) -> tuple[Cue, ...]:
    return tuple(replaced(cue, _PERIODS, lambda _: "…") for cue in cues)


FIX = Fix("ellipsis", "Write three periods as an ellipsis (U+2026).", frozenset({"subtitle/ellipsis-form"}), _mend)
