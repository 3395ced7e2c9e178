"""`subtitle/space-at-line-edge`."""

import re

from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check
from checks.subtitle._cues import at, shown
from checks.subtitle._search import Text, text_of

_EDGE = re.compile(r"[^\S\n](?:(?<=^.)[^\S\n]*(?=\S)|(?<=\S.)[^\S\n]*$)", re.MULTILINE)


@check("subtitle/space-at-line-edge", on=SubtitleTrack)
def space_at_line_edge(track: SubtitleTrack) -> Problems:
    """A line begins or ends with a space.

    It pushes a centred line to one side, and it counts in the line's length. Delete it.
    """
    text = text_of(track)
    for found in text.find(_EDGE) if _has_edge(text) else ():
        edge = "ends" if found.before else "begins"
        template = "a line {edge} with a space: {text}"
        yield Problem(template, at(found.cue), values={"edge": edge, "text": shown(found.line)})


def _has_edge(text: Text) -> bool:
    """Whether a space stands beside the end of a line, or of the text."""
    spaces = [char for char in text.characters if char.isspace() and char != "\n"]
    is_outside = text.whole[:1] in spaces or text.whole[-1:] in spaces
    return is_outside or text.has_pair(spaces, "\n") or text.has_pair("\n", spaces)
