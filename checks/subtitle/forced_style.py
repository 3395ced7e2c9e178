"""`subtitle/forced-style`."""

from typing import Annotated, Literal

from pydantic import Field

from assets.subtitles.model import Cue, SubtitleTrack
from assets.text import characters
from assets.title import Kind
from checks.by_language import ByLanguage
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, rule_of, shown

Style = Literal["capitals", "double-quotes", "slanted"]

_NAMES = {"capitals": "in capitals", "double-quotes": "in “ ”", "slanted": "in italics"}


class ForcedStyle(Limits):
    """How a forced narrative is written, by language: `capitals`, `double-quotes` or `slanted`.

    One longer than `long_from` characters may be an ordinary sentence: borderline.
    """

    style: ByLanguage[Style]
    long_from: Annotated[int, Field(ge=1)]


@check("subtitle/forced-style", on=SubtitleTrack, limits=ForcedStyle)
def forced_style(track: SubtitleTrack, limits: ForcedStyle) -> Problems:
    """A forced narrative is not written as what stands in the picture.

    Viewers tell by its form that nobody speaks: English has capitals, Korean “ ”, Japanese slanted characters. A cue is
    known as forced by the kind of its track, or by the file's own mark.
    """
    style = rule_of(limits.style, track)
    if style is None:
        return
    for cue in track.cues:
        if (track.kind is Kind.FORCED or cue.forced) and cue.text.strip() and not _has(cue, style):
            yield Problem(
                "a forced narrative is written {allowed}: {measured}",
                at(cue),
                shown(cue.text),
                _NAMES[style],
                borderline=characters(cue.text) >= limits.long_from,
            )


def _has(cue: Cue, style: str) -> bool:
    text = cue.text.strip()
    if style == "capitals":
        return not any(char.islower() for char in text)
    if style == "double-quotes":
        return text.startswith("“") and text.endswith("”")
    return bool(cue.slant) or all(run.italic or run.slant or not run.text.strip() for run in cue.runs)
