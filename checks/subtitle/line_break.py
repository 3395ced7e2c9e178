"""`subtitle/line-break`."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from assets.subtitles.model import SubtitleTrack
from checks.core import Problem, Problems, check
from checks.subtitle._cues import Where, applies, at, language_of, shown
from checks.subtitle._data import words_of
from checks.subtitle._search import text_of

_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS = 0xAC00, 0xD7A3, 28
_N, _L = 4, 8
"""Places of ㄴ and ㄹ among the final consonants: with one of them a verb stands before a noun."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a language does not break, from the word list."""

    not_last: frozenset[str]
    particles: frozenset[str]
    dependent_noun: re.Pattern[str]
    no_line_begins_with: str
    no_line_ends_with: str


@check("subtitle/line-break", on=SubtitleTrack, limits=Where)
def line_break(track: SubtitleTrack, limits: Where) -> Problems:
    """A line is broken where the language does not pause.

    Korean breaks at a space, never before a particle and not before a dependent noun (것, 수, 줄, 때); English not
    after an article, a preposition or a conjunction; Japanese not before a small kana, a closing bracket or ー. The
    words are told by lists: a name or a quotation may be right as it is.
    """
    if not applies(limits.where, track):
        return
    rules = _rules(language_of(track))
    for cue, words in text_of(track).broken:
        for above, below in pairwise(words.split("\n")):
            before, after = above.rsplit(maxsplit=1), below.split(maxsplit=1)
            if before and after and (why := _at_words(before[-1], after[0], rules)):
                yield Problem("{measured}: {text}", at(cue), why, values={"text": shown(f"{above}\n{below}")})


@cache
def _rules(language: str) -> _Rules:
    words = words_of("line_break").get(language, {})
    return _Rules(
        frozenset(words.get("not_last", ())),
        frozenset(words.get("particles", ())),
        re.compile(words.get("dependent_nouns", "(?!)")),
        words.get("no_line_begins_with", ""),
        words.get("no_line_ends_with", ""),
    )


def _at_words(before: str, after: str, rules: _Rules) -> str:
    """What is wrong with a break between two words, or nothing."""
    if before.strip("“‘\"'-").lower() in rules.not_last:
        return f"broken after {before!r}"
    word = after.strip("?!.,…”’\"'")
    if word in rules.particles and before[-1].isalnum():
        return f"broken before the particle {word!r}"
    if _final_of(before[-1]) in {_N, _L} and rules.dependent_noun.fullmatch(word):
        return f"broken before the dependent noun {word!r}"
    return _at_characters(before[-1], after[0], rules)


def _at_characters(before: str, after: str, rules: _Rules) -> str:
    if after in rules.no_line_begins_with:
        return f"broken before {after!r}"
    if before in rules.no_line_ends_with:
        return f"broken after {before!r}"
    return ""


def _final_of(char: str) -> int | None:
    """The place of a Hangul syllable's final consonant, 0 without one; None for other characters."""
    code = ord(char)
    return (code - _FIRST_SYLLABLE) % _FINALS if _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE else None
