"""`subtitle/spelled-numbers`."""

import re
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problems, check
from checks.subtitle._cues import language_of, rule_of
from checks.subtitle._data import words_of
from checks.subtitle._search import Found, text_of

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?<![\w.,:/$£€¥₩#+*–—-])\d{1,2}(?![\w:/%°*'’″\"–—]|-\d|[.,]\d)")
_ANY = re.compile(r"\d+")


class SpelledNumbers(Limits):
    """The largest whole number that is written as a word, by language; a language without an entry has no such rule."""

    up_to: ByLanguage[Annotated[int, Field(ge=0, le=10)]]


@check("subtitle/spelled-numbers", on=SubtitleTrack, limits=SpelledNumbers)
def spelled_numbers(track: SubtitleTrack, limits: SpelledNumbers) -> Problems:
    """A small number is written in digits.

    English writes zero to ten as words. Ages, times, dates and measures keep their digits, and so do numbered things
    such as rooms and chapters: they are told by the words beside the number, so look at the finding. Beside a larger
    number, which is in digits, it is borderline.
    """
    up_to = rule_of(limits.up_to, track)
    words = words_of("spelled_numbers").get(language_of(track))
    if up_to is None or words is None:
        return
    before, after = frozenset(words["before"]), frozenset(words["after"])
    for found in text_of(track).find(_NUMBER, _DIGIT):
        number = int(found.text)
        if number <= up_to and not found.line.isupper() and not _belongs(found, before, after):
            has_larger = any(int(other) > up_to for other in _ANY.findall(found.line))
            yield found.problem(found.text, words["numbers"][number], borderline=has_larger)


def _belongs(found: Found, before: frozenset[str], after: frozenset[str]) -> bool:
    """Whether a word beside the number says that it counts a measure or names a thing, or a label has it."""
    whole, match = found.match.string, found.match
    left = re.search(r"([\w.]+)[ \u00a0-]$", whole[max(0, match.start() - 20) : match.start()])
    right = re.match(r"[ \u00a0-]([\w.]+)", whole[match.end() : match.end() + 20])
    label = found.line.partition("]")[0]
    return (
        (left is not None and left[1].lower() in before)
        or (right is not None and right[1].lower() in after)
        or (label.startswith("[") and found.text in label)
    )
