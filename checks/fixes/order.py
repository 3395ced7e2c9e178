"""`order`: cues that stand after later ones."""

from operator import attrgetter

from assets.subtitles.model import Cue
from checks.fixes._fix import Fix, Setting


def _mend(cues: tuple[Cue, ...], _setting: Setting) -> tuple[Cue, ...]:
    return tuple(sorted(cues, key=attrgetter("start")))


FIX = Fix("order", "Put the cues in the order of their times.", frozenset({"subtitle/order"}), _mend, is_whole=True)
