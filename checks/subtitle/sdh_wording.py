"""`subtitle/sdh-wording`."""

import re

from assets.subtitles.model import SubtitleTrack
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, language_of
from checks.subtitle._data import words_of
from checks.subtitle._search import text_of

_LABEL = re.compile(r"\[([^\[\]\n]+)\]|（([^（）\n]+)）")


class Wording(Limits):
    """Wordings of the platform's own, each with what to write instead; the tool's lists always count."""

    instead: dict[str, dict[str, str]] = {}


@check("subtitle/sdh-wording", on=SubtitleTrack, limits=Wording)
def sdh_wording(track: SubtitleTrack, limits: Wording) -> Problems:
    """A label has a wording that says too little, or that hurts.

    A viewer who does not hear is told which language is spoken, not that it is foreign, and what makes a sound, not
    that there is one; a stutter is described by what it means. The wording is found by a list, and whether it is wrong
    here is for a person to say.
    """
    language = language_of(track)
    listed = [(re.compile(item["pattern"]), item["instead"]) for item in words_of("sdh_wording").get(language, [])]
    listed += [(re.compile(re.escape(word)), instead) for word, instead in limits.instead.get(language, {}).items()]
    for found in text_of(track).find(_LABEL):
        label = found.match[1] or found.match[2]
        for pattern, instead in listed:
            if pattern.search(label):
                yield Problem("the label {measured}; {allowed}", at(found.cue), found.text, instead)
                break
