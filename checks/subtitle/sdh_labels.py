"""`subtitle/sdh-labels`."""

import re
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage, Key
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import applies, at, rule_of, shown
from checks.subtitle._search import Text, text_of

_LABEL = re.compile(r"\[([^\[\]\n]+)\]")
_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_ABBREVIATION = 4


class LabelForms(Limits):
    """How a label in square brackets is written: where in small letters, where upright, with which marks for a title.

    `title_quotes` is the pair around the title of a song, by language.
    """

    small_letters: list[Key] = []
    upright: list[Key] = []
    title_quotes: ByLanguage[Annotated[str, Field(min_length=2, max_length=2)]] | None = None


@check("subtitle/sdh-labels", on=SubtitleTrack, limits=LabelForms)
def sdh_labels(track: SubtitleTrack, limits: LabelForms) -> Problems:
    """A label of a speaker or a sound is not written as the platform writes labels.

    English labels are in small letters but for names and upright even where the speech is in italics; Korean ones have
    the title of a song in ‘ ’.
    """
    text = text_of(track)
    if applies(limits.small_letters, track):
        for found in text.find(_LABEL):
            label = found.match[1]
            if label.isupper() and (len(label) > _ABBREVIATION or " " in label):
                yield found.problem(found.text, f"[{label.lower()}]")
    if applies(limits.upright, track):
        yield from _slanted(track)
    quotes = rule_of(limits.title_quotes, track) if limits.title_quotes else None
    if quotes is not None:
        yield from _titles(text, quotes)


def _slanted(track: SubtitleTrack) -> Problems:
    for cue in track.cues:
        slanted = "".join(run.text if run.italic else "\n" for run in cue.runs)
        for match in _LABEL.finditer(slanted):
            yield Problem("a label in italics: {measured}", at(cue), shown(match[0]))


def _titles(text: Text, quotes: str) -> Problems:
    for found in text.find(_LABEL):
        for title in _QUOTED.finditer(found.text):
            yield found.problem(title[0], f"{quotes[0]}{title[1]}{quotes[1]}")
