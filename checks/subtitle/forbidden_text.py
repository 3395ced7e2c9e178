"""`subtitle/forbidden-text`."""

from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, language_of, shown


class ForbiddenText(Limits):
    """Marks or words by primary language tag, each with what to write instead; a language without an entry has none."""

    instead: Annotated[dict[str, dict[str, str]], Field(min_length=1)]


@check("subtitle/forbidden-text", on=SubtitleTrack, limits=ForbiddenText)
def forbidden_text(track: SubtitleTrack, limits: ForbiddenText) -> Problems:
    """A cue has a mark or a word that the platform's style does not use in this language.

    Japanese subtitles have spaces where prose has commas and full stops. The message names what is written instead.
    """
    for cue in track.cues:
        for mark, instead in limits.instead.get(language_of(track), {}).items():
            if mark in cue.text:
                yield Problem(
                    "{measured}, written as {allowed}: {text}", at(cue), repr(mark), instead, {"text": shown(cue.text)}
                )
