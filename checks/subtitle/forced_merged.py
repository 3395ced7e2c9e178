"""`subtitle/forced-merged`."""

import re

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, rule_of, shown
from checks.subtitle._search import text_of
from checks.subtitle.forced_style import Style

_LETTERS = 4
_LABEL = re.compile(r"\[[^\[\]]*\]")


class ForcedMerged(Limits):
    """How a forced narrative is known inside a track of dialogue, by language: `capitals` or `double-quotes`."""

    style: ByLanguage[Style]


@check("subtitle/forced-merged", on=SubtitleTrack, limits=ForcedMerged)
def forced_merged(track: SubtitleTrack, limits: ForcedMerged) -> Problems:
    """A cue seems to have a forced narrative and dialogue in one.

    What stands in the picture and what is said are cues of their own, each as long as its own time. The narrative is
    known by its form alone, so look at the cue.
    """
    style = rule_of(limits.style, track)
    if style is None:
        return
    is_written = _in_capitals if style == "capitals" else _in_quotes
    for cue, words in text_of(track).broken:
        written = [is_written(line) for line in words.split("\n") if line.strip()]
        if any(written) and not all(written):
            yield Problem("one line seems to stand in the picture: {text}", at(cue), values={"text": shown(words)})


def _in_capitals(line: str) -> bool:
    """Whether a line is in capitals and more than an abbreviation or a cry."""
    words = _LABEL.sub("", line) if "[" in line else line
    return words.isupper() and sum(map(str.isalpha, words)) > _LETTERS and not words.rstrip().endswith(("!", "?"))


def _in_quotes(line: str) -> bool:
    words = line.strip()
    return words.startswith("“") and words.endswith("”") and words.count("“") == 1
