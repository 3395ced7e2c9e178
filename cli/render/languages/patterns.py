"""Phrases with places for values, such as `{number} frames`: told by their fixed parts, in time linear in the text.

A place whose name begins with `number` holds one word that begins with a figure, one of `ONE_WORD` any single word;
every other place holds any text.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

_PLACE = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"[-+±]?\d\S*")
_JAPANESE = re.compile("[\u3001-\u30ff\u3400-\u9fff\uff01-\uff60]")

ONE_WORD = frozenset({"code", "codec", "id", "tag", "word"})
"""Places that hold no blank, so that a sentence that merely ends alike is not taken for the phrase."""


@lru_cache(4096)
def parts(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fixed parts of a text, one more than its places, and the names of the places between them."""
    split = _PLACE.split(text)
    return tuple(split[::2]), tuple(split[1::2])


def names(text: str) -> tuple[str, ...]:
    """The names of a text's places, in order."""
    return parts(text)[1]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled; braces in a value stay as they are. Raises KeyError if a value is missing.

    Between two Japanese letters the text's own blank beside a place is left out.
    """
    fixed, places = parts(text)
    said = [fixed[0]]
    for name, after in zip(places, fixed[1:], strict=True):
        value = values[name]
        if said[-1].endswith(" ") and _is_japanese(said[-1][-2:-1], value[:1]):
            said[-1] = said[-1][:-1]
        is_blank_left_out = after.startswith(" ") and _is_japanese(value[-1:], after[1:2])
        said += [value, after[1:] if is_blank_left_out else after]
    return "".join(said)


def surrounded(text: str, said: str) -> str:
    """What is said for a text, between the blanks around that; before a Japanese letter there is none."""
    before = "" if _is_japanese(said[:1]) else text[: len(text) - len(text.lstrip(" "))]
    return before + said + text[len(text.rstrip(" ")) :]


def _is_japanese(*letters: str) -> bool:
    return all(_JAPANESE.fullmatch(letter) for letter in letters)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase with places, and what it is in another language.

    `weight` is how much of it is fixed: of two that match, the heavier one says more of the text. Where brackets belong
    to it, its places hold whole ones only. `mark` is the longest of its fixed parts.
    """

    translation: str
    fixed: tuple[str, ...]
    places: tuple[str, ...]
    mark: str
    weight: int
    has_brackets: bool

    def match(self, text: str) -> dict[str, str] | None:
        """What stands in its places, or None; a place reaches to the first occurrence of what follows it."""
        first, *inner, last = self.fixed
        at, end = len(first), len(text) - len(last)
        if at >= end or not text.startswith(first) or not text.endswith(last):
            return None
        found = []
        for fixed in inner:
            next_at = text.find(fixed, at + 1, end)
            if next_at < 0:
                return None
            found.append(text[at:next_at])
            at = next_at + len(fixed)
        if at >= end:
            return None
        found.append(text[at:end])
        if not all(map(_fits, self.places, found)) or (self.has_brackets and not all(map(_is_balanced, found))):
            return None
        return dict(zip(self.places, found, strict=True))


def _fits(name: str, value: str) -> bool:
    if name.startswith("number"):
        return _NUMBER.fullmatch(value) is not None
    return name not in ONE_WORD or " " not in value


def _is_balanced(value: str) -> bool:
    depth = 0
    for char in value:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0


class Patterns:
    """Many patterns, looked up by the first or the last word of a text."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[Pattern]] = defaultdict(list)
        self._by_last: dict[str, list[Pattern]] = defaultdict(list)
        self._others: list[Pattern] = []
        for english, translation in phrases:
            fixed, places = parts(english)
            weight, has_brackets = sum(map(len, fixed)), any("(" in part for part in fixed)
            mark = max(fixed, key=len)
            self._shelf(fixed).append(Pattern(translation, fixed, places, mark, weight, has_brackets))

    def _shelf(self, fixed: tuple[str, ...]) -> list[Pattern]:
        word, blank, _ = fixed[0].partition(" ")
        if blank:
            return self._by_first[word]
        _, blank, word = fixed[-1].rpartition(" ")
        return self._by_last[word] if blank else self._others

    def best(self, text: str) -> tuple[Pattern, dict[str, str]] | None:
        """The heaviest pattern that a text is one of, with what stands in its places."""
        first, last = text.partition(" ")[0], text.rpartition(" ")[2]
        best = None
        for pattern in chain(self._by_first.get(first, ()), self._by_last.get(last, ()), self._others):
            if pattern.mark in text and (best is None or pattern.weight > best[0].weight):
                values = pattern.match(text)
                best = best if values is None else (pattern, values)
        return best
