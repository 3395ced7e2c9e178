"""`subtitle/space-at-line-edge`."""

import re

from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check
from checks.subtitle._cues import at, shown
from checks.subtitle._search import text_of

_EDGE = re.compile(r"[^\S\n](?:(?<=^.)[^\S\n]*(?=\S)|(?<=\S.)[^\S\n]*$)", re.MULTILINE)


@check("subtitle/space-at-line-edge", on=SubtitleTrack)
def space_at_line_edge(track: SubtitleTrack) -> Problems:
    """A line begins or ends with a space.

    It pushes a centred line to one side, and it counts in the line's length. Delete it.
    """
    for found in text_of(track).find(_EDGE):
        edge = "ends" if found.before else "begins"
        template = "a line {edge} with a space: {text}"
        yield Problem(template, at(found.cue), values={"edge": edge, "text": shown(found.line)})
