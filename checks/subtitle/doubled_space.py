"""`subtitle/doubled-space`."""

import re

from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check
from checks.subtitle._cues import at, shown
from checks.subtitle._search import text_of

SPACES = " \u00a0\u3000"
_DOUBLED = re.compile(f"[{SPACES}]{{2,}}")


@check("subtitle/doubled-space", on=SubtitleTrack)
def doubled_space(track: SubtitleTrack) -> Problems:
    """A line has two spaces or more in a row.

    The hole is seen on screen, and every space counts in the length of the line. Leave one. Spaces at the ends of a
    line are found by `subtitle/space-at-line-edge`.
    """
    text = text_of(track)
    for found in text.find(_DOUBLED) if text.has_pair(SPACES, SPACES) else ():
        if found.before.strip() and found.after.strip():
            template = "{measured} spaces in a row: {text}"
            yield Problem(template, at(found.cue), len(found.text), 1, {"text": shown(found.line)})
