"""`subtitle/sdh-brackets`."""

import re
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, rule_of, shown
from checks.subtitle._search import text_of

_PAIRS = ("[]", "()", "（）", "{}", "［］", "｛｝", "【】", "〔〕")


class Brackets(Limits):
    """The pair of brackets around labels of speakers and sounds, by language and kind."""

    pair: ByLanguage[Annotated[str, Field(min_length=2, max_length=2)]]


@check("subtitle/sdh-brackets", on=SubtitleTrack, limits=Brackets)
def sdh_brackets(track: SubtitleTrack, limits: Brackets) -> Problems:
    """A label is in brackets of another kind than the platform's, or its brackets are not closed.

    Viewers who do not hear tell a label from speech by its brackets: [ ] in Korean and English, （ ） in Japanese.
    """
    pair = rule_of(limits.pair, track)
    if pair is None:
        return
    others = [other for other in _PAIRS if other != pair]
    text = text_of(track)
    pattern = re.compile("|".join(rf"\{other[0]}[^\{other[0]}\{other[1]}\n]+\{other[1]}" for other in others))
    for found in text.find(pattern):
        yield found.problem(found.text[0] + found.text[-1], pair)
    for cue, words in text.with_any(pair):
        if words.count(pair[0]) != words.count(pair[1]):
            template = "{allowed} is not opened and closed: {text}"
            yield Problem(template, at(cue), allowed=pair, values={"text": shown(words)})
