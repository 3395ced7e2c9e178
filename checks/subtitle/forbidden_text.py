"""`subtitle/forbidden-text`."""

from typing import Annotated
from unicodedata import normalize

from pydantic import AfterValidator, Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problem, Problems, check
from checks.subtitle._cues import at, rules_of, shown
from checks.subtitle._search import text_of

Mark = Annotated[str, Field(min_length=1), AfterValidator(lambda mark: normalize("NFC", mark))]


class ForbiddenText(Limits):
    """Marks or words by language and kind, each with what to write instead; every entry that applies counts."""

    instead: ByLanguage[dict[Mark, str]]


@check("subtitle/forbidden-text", on=SubtitleTrack, limits=ForbiddenText)
def forbidden_text(track: SubtitleTrack, limits: ForbiddenText) -> Problems:
    """A cue has a mark or a word that the platform's style does not use in this language.

    Japanese subtitles have spaces where prose has commas and full stops, English ones two hyphens where prose has a
    dash, Korean translations of songs no note signs. The message names what is written instead.
    """
    text = text_of(track)
    instead: dict[str, str] = {}
    for rule in reversed(rules_of(limits.instead, track)):
        instead |= rule
    marks = [mark for mark in instead if mark in text.whole]
    if not marks:
        return
    for cue, words in zip(text.cues, text.texts, strict=True):
        for mark in marks:
            if mark in words:
                template = "{measured}, written as {allowed}: {text}"
                yield Problem(template, at(cue), repr(mark), instead[mark], {"text": shown(words)})
