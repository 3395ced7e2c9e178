"""`spaces`: doubled spaces, and spaces at the ends of lines."""

import re

from assets.subtitles.model import Cue
from checks.fixes._fix import Fix, Setting
from checks.fixes._text import replaced

_EDGE = re.compile(r"(?:^|(?<=\n))[^\S\n]+(?=\S)|(?<=\S)[^\S\n]+(?=\n|\Z)")
_DOUBLED = re.compile("([ \u00a0\u3000])\\1+")


def _mend(cues: tuple[Cue, ...], _setting: Setting) -> tuple[Cue, ...]:
    without = (replaced(cue, _EDGE, lambda _: "") for cue in cues)
    return tuple(replaced(cue, _DOUBLED, lambda match: match[1]) if cue.text.strip() else cue for cue in without)


FIX = Fix(
    "spaces",
    "Leave one space where one is doubled, and none at the ends of a line.",
    frozenset({"subtitle/doubled-space", "subtitle/space-at-line-edge"}),
    _mend,
)
