"""`speakers`: the mark before each of two speakers."""

import re

from assets.subtitles.model import Cue
from checks.fixes._fix import Fix, Setting
from checks.fixes._text import replaced

_OPENING = re.compile(r"(?:^|(?<=\n))[-‐‑‒–—−－](?![-‐‑‒–—−－])[^\S\n]*(?=[^\s\d])")
_TWO = 2


def _mend(cues: tuple[Cue, ...], setting: Setting) -> tuple[Cue, ...]:
    mark = setting.speaker
    if not mark:
        return cues
    return tuple(replaced(cue, _OPENING, lambda _: mark) if _has_two(cue) else cue for cue in cues)


def _has_two(cue: Cue) -> bool:
    """Whether both of two lines begin with a dash, so that there is no doubt what the dashes are."""
    return len(cue.lines) == _TWO and len(_OPENING.findall(cue.text)) == _TWO


FIX = Fix(
    "speakers",
    "Write the dashes before two speakers as the language writes them.",
    frozenset({"subtitle/speaker-dashes"}),
    _mend,
)
