r"""SubStation Alpha (.ssa, v4) and Advanced SubStation Alpha (.ass, v4+): the formats, and how they are told.

Kept: text, italic, bold, underline, colour and opacity of the text, fonts, alignment, the point of `\pos` (as the
largest region that hangs from it), the name of the speaker. All else that changes what is shown is reported: sizes,
outlines, margins, effects, layers, karaoke, drawings, animation; and comments, attached fonts and pictures, and unknown
sections.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from assets.subtitles import ass_write, faults
from assets.subtitles.ass_script import Script
from assets.subtitles.decoding import newlines
from assets.subtitles.format import Format, Grid, Target
from assets.subtitles.model import Cue, Document

_FIRST = re.compile(r"(?:[ \t]*(?:[;!].*)?\n)*[ \t]*\[(?:script info|v4\+? styles|events)\]", re.IGNORECASE)
_LATER = re.compile(r"^[ \t]*\[script info\][ \t]*$", re.IGNORECASE | re.MULTILINE)
_PLUS = re.compile(r"^[ \t]*(?:scripttype:[ \t]*v4\.00\+|\[v4\+ styles\])", re.IGNORECASE | re.MULTILINE)
_V4 = re.compile(r"^[ \t]*(?:scripttype:[ \t]*v4\.00[ \t]*$|\[v4 styles\])", re.IGNORECASE | re.MULTILINE)
_HEAD = 20_000


def is_ass(text: str) -> bool:
    """Whether a text begins with a section of SubStation Alpha, or has its first section further down."""
    head = newlines(text[:_HEAD]).lstrip("\ufeff \t\n")
    return _FIRST.match(head) is not None or ("-->" not in head and _LATER.search(head) is not None)


def is_plus(text: str) -> bool:
    """Whether a script is of the version 4.00+; one that does not say is."""
    head = newlines(text[:_HEAD])
    return _PLUS.search(head) is not None or _V4.search(head) is None


def read(text: str) -> Document:
    """The cues of a script in the order of the file, and all that is wrong with it or not kept of it."""
    script = Script(is_plus(text))
    script.read(newlines(text).split("\n"))
    script.damage.extend(faults.of_cues(script.cues, ordered=False))
    return Document(tuple(script.cues), tuple(script.damage))


def _format(format_id: str, *, plus: bool, write: Callable[[Sequence[Cue], Target], bytes]) -> Format:
    return Format(
        id=format_id,
        name="Advanced SubStation Alpha" if plus else "SubStation Alpha",
        suffix=format_id,
        matches=lambda text: is_ass(text) and is_plus(text) == plus,
        read_text=read,
        write=write,
        holds=ass_write.HOLDS if plus else ass_write.HOLDS_V4,
        grid=Grid.CENTISECONDS,
        losses=ass_write.losses,
    )


FORMATS: Mapping[str, Format] = {
    "ass": _format("ass", plus=True, write=ass_write.write),
    "ssa": _format("ssa", plus=False, write=ass_write.write_v4),
}
