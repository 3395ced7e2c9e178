"""`subtitle/italics`."""

from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, language_of, shown


class Italics(Limits):
    """Languages, by primary tag, whose subtitles never have italics."""

    never_in: Annotated[list[str], Field(min_length=1)]


@check("subtitle/italics", on=SubtitleTrack, limits=Italics)
def italics(track: SubtitleTrack, limits: Italics) -> Problems:
    """A cue has italics in a language that does not use them.

    Slanted Hangul is hard to read, and many fonts have no such form. Remove the markup;
    quotation marks can do the same.
    """
    language = language_of(track)
    if language not in limits.never_in:
        return
    for cue in (cue for cue in track.cues if len(cue.runs) > 1 or (cue.runs and cue.runs[0].italic)):
        slanted = "".join(run.text for run in cue.runs if run.italic)
        if slanted.strip():
            yield Problem("italics, which {allowed} does not have: {measured}", at(cue), shown(slanted), language)
