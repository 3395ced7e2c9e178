"""Phrases with places for values, such as `{number} frames`: told by their fixed parts, in time linear in the text.

A place whose name begins with `number` holds one word that begins with a figure; any other one holds any text.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_PLACE = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"[-+±]?\d\S*")


def parts(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fixed parts of a text, one more than its places, and the names of the places between them."""
    split = _PLACE.split(text)
    return tuple(split[::2]), tuple(split[1::2])


def names(text: str) -> tuple[str, ...]:
    """The names of a text's places, in order."""
    return parts(text)[1]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled; braces in a value stay as they are. Raises KeyError if a value is missing."""
    fixed, places = parts(text)
    return fixed[0] + "".join(values[name] + after for name, after in zip(places, fixed[1:], strict=True))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase with places, and what it is in another language."""

    english: str
    translation: str
    fixed: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def weight(self) -> int:
        """How much of it is fixed: of two that match, the heavier one says more of the text."""
        return sum(map(len, self.fixed))

    def match(self, text: str) -> dict[str, str] | None:
        """What stands in its places, or None; a place reaches to the first occurrence of what follows it."""
        first, *inner, last = self.fixed
        end = len(text) - len(last)
        at = len(first)
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
        values = dict(zip(self.places, found, strict=True))
        return values if all(map(_fits, self.places, found)) else None


def _fits(name: str, value: str) -> bool:
    return not name.startswith("number") or _NUMBER.fullmatch(value) is not None


class Patterns:
    """Many patterns, looked up by the first or the last word of a text."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[Pattern]] = defaultdict(list)
        self._by_last: dict[str, list[Pattern]] = defaultdict(list)
        self._others: list[Pattern] = []
        made = [Pattern(english, translation, *parts(english)) for english, translation in phrases]
        for pattern in sorted(made, key=lambda pattern: -pattern.weight):
            self._shelf(pattern).append(pattern)

    def _shelf(self, pattern: Pattern) -> list[Pattern]:
        word, blank, _ = pattern.fixed[0].partition(" ")
        if blank:
            return self._by_first[word]
        _, blank, word = pattern.fixed[-1].rpartition(" ")
        return self._by_last[word] if blank else self._others

    def matches(self, text: str) -> Iterator[tuple[Pattern, dict[str, str]]]:
        """The patterns that a text is one of, the heaviest first, with what stands in their places."""
        first, last = text.partition(" ")[0], text.rpartition(" ")[2]
        shelves = (self._by_first.get(first, ()), self._by_last.get(last, ()), self._others)
        for pattern in sorted((item for shelf in shelves for item in shelf), key=lambda item: -item.weight):
            values = pattern.match(text)
            if values is not None:
                yield pattern, values
