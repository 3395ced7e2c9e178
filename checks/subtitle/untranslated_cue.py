"""`subtitle/untranslated-cue`."""

from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.core import CannotCheck, Limits, Problem, Problems, check
from checks.subtitle._cues import at, shown
from checks.subtitle._writing import telling


class Untranslated(Limits):
    """Most Latin letters that a cue in another script may consist of: names and abbreviations stay as they are."""

    max_latin_letters: Annotated[int, Field(ge=0)]


@check("subtitle/untranslated-cue", on=SubtitleTrack, limits=Untranslated)
def untranslated_cue(track: SubtitleTrack, limits: Untranslated) -> Problems:
    """A cue has not one letter in the script of its track.

    It was probably left in the language it was translated from. Translate it, or mark it as checked if the original
    is meant, as in lyrics.
    """
    found = telling(track)
    foreign = [item for item in found.others if item.is_foreign]
    if len(foreign) * 2 > found.total:
        raise CannotCheck(f"most cues are not in {track.language}: see subtitle/wrong-language")
    for item in foreign:
        if item.foreign.keys() != {"latin"} or item.foreign["latin"] > limits.max_latin_letters:
            yield Problem(
                "in {measured} letters, not in {allowed}: {text}",
                at(item.cue),
                item.script,
                track.language,
                {"text": shown(item.cue.text)},
            )
