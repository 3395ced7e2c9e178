"""`subtitle/spelled-numbers`."""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from assets.subtitles.model import SubtitleTrack
from checks.by_language import ByLanguage
from checks.core import Limits, Problems, check
from checks.subtitle._cues import language_of, rule_of
from checks.subtitle._data import words_of
from checks.subtitle._numbers import beginning
from checks.subtitle._search import Found, text_of

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"(?<![\w.,:/$£€¥₩#+*–—-])\d{1,2}(?![\w:/%°*'’″\"–—]|-\d|[.,]\d)")
_LEFT = re.compile(r"([\w.'’]+)[ \u00a0-]$")
_RIGHT = re.compile(r"[ \u00a0\n-]([\w.]*\w)")
_ENDS = re.compile(r"[.?!…,]|\Z|\n\n")
_ANY = re.compile(r"\d+")


class SpelledNumbers(Limits):
    """The largest whole number that is written as a word, by language; a language without an entry has no such rule."""

    up_to: ByLanguage[Annotated[int, Field(ge=0, le=10)]]


@check("subtitle/spelled-numbers", on=SubtitleTrack, limits=SpelledNumbers)
def spelled_numbers(track: SubtitleTrack, limits: SpelledNumbers) -> Problems:
    """A small number is written in digits.

    English writes zero to ten as words. Ages, times, dates and measures keep their digits, and so do numbered things
    such as rooms and chapters: they are told by the words beside the number, so look at the finding. A name before the
    number, as in Apollo 8, numbers a thing. Beside a larger number, which is in digits, it is borderline. A number that
    begins a sentence is a matter of subtitle/number-begins-sentence.
    """
    up_to = rule_of(limits.up_to, track)
    words = words_of("spelled_numbers").get(language_of(track))
    if up_to is None or words is None:
        return
    beside = {name: frozenset(words[name]) for name in ("before", "after", "verbs", "ordinary")}
    text = text_of(track)
    told = {found.match.start(2) for found in beginning(text)}
    for found in text.find(_NUMBER, _DIGIT):
        number = int(found.text)
        is_other = found.line.isupper() or found.match.start() in told
        if number <= up_to and not is_other and not _belongs(found, beside):
            has_larger = any(int(other) > up_to for other in _ANY.findall(found.line))
            yield found.problem(found.text, words["numbers"][number], borderline=has_larger)


def _belongs(found: Found, beside: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word beside the number says that it counts a measure or names a thing, or a label has it."""
    whole, match = found.match.string, found.match
    left = _LEFT.search(whole[max(0, match.start() - 20) : match.start()])
    right = _RIGHT.match(whole[match.end() : match.end() + 20])
    label = found.line.partition("]")[0]
    return (
        (left is not None and _names(left[1], beside))
        or (left is not None and left[1].lower() in beside["verbs"] and _ENDS.match(whole, match.end()) is not None)
        or (right is not None and not beside["after"].isdisjoint((right[1].lower(), right[1].lower() + ".")))
        or (label.startswith("[") and found.text in label)
    )


def _names(word: str, beside: Mapping[str, frozenset[str]]) -> bool:
    """Whether the word before a number is one for numbered things, or a name: Apollo 8."""
    low = word.lower()
    is_name = (
        word[0].isupper()
        and not word.endswith(".")
        and low.replace("’", "'").partition("'")[0] not in beside["ordinary"]
    )
    return low in beside["before"] or is_name
