"""`subtitle/lyrics`."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import Cue, SubtitleTrack
from checks.by_language import ByLanguage, Key
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import applies, at, rule_of, shown
from checks.subtitle._search import text_of
from checks.subtitle.music_marks import SIGNS

_LABEL = re.compile(r"\[[^\[\]\n]*\]|^[-‐] ?")


class Lyrics(Limits):
    """How lyrics, which stand between note signs, are written, by language.

    `no_end` has the marks that no line ends with. `capitals` is where each line begins with a capital, `italics` where
    they are slanted.
    """

    no_end: ByLanguage[Annotated[str, Field(min_length=1)]] | None = None
    capitals: list[Key] = []
    italics: list[Key] = []


@check("subtitle/lyrics", on=SubtitleTrack, limits=Lyrics)
def lyrics(track: SubtitleTrack, limits: Lyrics) -> Problems:
    """Lyrics are not written as the language writes them.

    They are set like verse: no period or comma ends a line; in English each line begins with a capital and is in
    italics. Lyrics are known by their note signs alone.
    """
    ends = rule_of(limits.no_end, track) if limits.no_end else None
    has_capitals, has_italics = applies(limits.capitals, track), applies(limits.italics, track)
    for cue, words in text_of(track).with_any(SIGNS):
        for line in _sung(words):
            values = {"text": shown(line)}
            if ends and line.endswith(tuple(ends)) and not line.endswith(".."):
                yield Problem("a line of lyrics ends with {measured}: {text}", at(cue), repr(line[-1]), values=values)
            if has_capitals and line[0].islower():
                yield Problem("a line of lyrics begins with a small letter: {text}", at(cue), values=values)
        if has_italics and _has_upright(cue):
            yield Problem("lyrics that are not in italics: {text}", at(cue), values={"text": shown(words)})


def _sung(words: str) -> Iterator[str]:
    """The lines from the first note sign to the last, without signs and labels."""
    signs = [place for place, char in enumerate(words) if char in SIGNS]
    for line in words[signs[0] : signs[-1]].split("\n"):
        if bare := _LABEL.sub("", line.strip(SIGNS + " ")).strip(SIGNS + " "):
            yield bare


def _has_upright(cue: Cue) -> bool:
    upright = "".join("\n" if run.italic else run.text for run in cue.runs)
    return any(char.isalpha() for char in _LABEL.sub("", upright))
