"""`subtitle/imperial-units`."""

import re

from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check
from checks.subtitle._cues import Where, applies, at, language_of, shown
from checks.subtitle._data import words_of
from checks.subtitle._search import text_of


@check("subtitle/imperial-units", on=SubtitleTrack, limits=Where)
def imperial_units(track: SubtitleTrack, limits: Where) -> Problems:
    """A length, weight or temperature is given in miles, feet, gallons or Fahrenheit.

    Korean subtitles have metric units. Convert and round as the scene allows, unless the unit itself is what is talked
    about.
    """
    words = words_of("imperial_units").get(language_of(track))
    if words is None or not applies(limits.where, track):
        return
    units = "|".join(words["units"])
    pattern = re.compile(rf"(?:\d|[{words['numerals']}])\s?({units})|({'|'.join(words['scales'])})\s?\d")
    text = text_of(track)
    if not any(word in text.whole for word in (*words["units"], *words["scales"])):
        return
    for found in text.find(pattern):
        template = "{measured} instead of {allowed}: {text}"
        unit = found.match[1] or found.match[2]
        yield Problem(template, at(found.cue), unit, "metric units", {"text": shown(found.line)})
