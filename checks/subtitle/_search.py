"""The text of a whole track as one string, so that a rule of writing is one search and not one for each cue."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Generic, TypeVar
from unicodedata import is_normalized, normalize

from assets.subtitles.model import Cue, SubtitleTrack
from checks.core import Problem
from checks.subtitle._cues import at, shown

T = TypeVar("T")

BETWEEN = "\n\n"
"""What stands between two cues; a pattern that crosses one line feed alone stays inside a cue."""

KEPT = 4
"""Tracks whose text is kept between two checks; a version seldom has more."""


class Alone(Generic[T]):
    """Cues or cuts, equal to themselves alone: to compare 200,000 of them would cost more than what is kept."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[T, ...]) -> None:
        self.items = items

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Alone) and self.items is other.items

    def __hash__(self) -> int:
        return id(self.items)


AROUND = 200
"""The most characters on each side of a match that are looked at for its line: a file may be one endless line."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a pattern matches: the cue and the match, which is one in the text of the whole track."""

    cue: Cue
    match: re.Match[str]

    @property
    def text(self) -> str:
        """What the pattern matched."""
        return self.match[0]

    @property
    def before(self) -> str:
        """What stands before the match on its line."""
        start = self.match.start()
        return self.match.string[max(0, start - AROUND) : start].rpartition("\n")[2]

    @property
    def after(self) -> str:
        """What stands after the match on its line."""
        end = self.match.end()
        return self.match.string[end : end + AROUND].partition("\n")[0]

    @property
    def line(self) -> str:
        """The line with the match, or the lines if it crosses some."""
        return self.before + self.text + self.after

    def problem(self, measured: str, instead: str, *, borderline: bool = False) -> Problem:
        """That something is written otherwise than the platform writes it."""
        return Problem(
            "{measured}, written as {allowed}: {text}",
            at(self.cue),
            measured,
            instead,
            {"text": shown(self.line)},
            borderline,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """The composed text of every cue, and where each begins. A text is equal to itself alone.

    `broken` are the cues of several lines, each with its text; `was_composed` says that no text had to be composed.
    """

    whole: str
    texts: list[str]
    characters: frozenset[str]
    cues: tuple[Cue, ...]
    starts: list[int]
    broken: list[tuple[Cue, str]]
    was_composed: bool

    @property
    def each(self) -> Iterator[tuple[Cue, str]]:
        """Every cue with its text."""
        return zip(self.cues, self.texts, strict=True)

    def has_any(self, characters: Iterable[str]) -> bool:
        """Whether any of some characters occurs."""
        return not self.characters.isdisjoint(characters)

    def has_pair(self, first: Iterable[str], second: Iterable[str]) -> bool:
        """Whether any of the first characters stands right before any of the second.

        It costs far less than a search for a pattern, which can be left out where the answer is no.
        """
        following = self.characters.intersection(second)
        return any(one + other in self.whole for one in self.characters.intersection(first) for other in following)

    def find(
        self, pattern: re.Pattern[str], near: re.Pattern[str] | None = None, *, needs: Iterable[str] | None = None
    ) -> Iterator[Found]:
        """Every place where a pattern matches, in the order of the file.

        `needs` are characters of which every match has one: where none occurs, nothing is searched.
        `near` is something short that is quickly found and stands in the same cue as every match: where it is given,
        only the cues with it are searched. It saves time for a pattern that begins with a look behind or a choice.
        """
        if needs is not None and not self.has_any(needs):
            return
        if near is None:
            for match in pattern.finditer(self.whole):
                yield Found(self.cues[self.index(match)], match)
            return
        place = 0
        while hit := near.search(self.whole, place):
            index = self.index(hit)
            start = self.starts[index]
            place = start + len(self.texts[index])
            for match in pattern.finditer(self.whole, start, place):
                yield Found(self.cues[index], match)
            place += 1

    def index(self, match: re.Match[str]) -> int:
        """Which cue a match begins in."""
        return bisect_right(self.starts, match.start()) - 1

    def with_any(self, characters: str) -> Iterator[tuple[Cue, str]]:
        """The cues, each with its composed text, that have any of some characters."""
        wanted = self.characters & set(characters)
        if wanted:
            last = -1
            for match in one_of(wanted).finditer(self.whole):
                index = self.index(match)
                if index != last:
                    last = index
                    yield self.cues[index], self.texts[index]


def one_of(characters: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of some characters; of none it matches nothing."""
    listed = "".join(sorted(characters))
    return re.compile(f"[{re.escape(listed)}]" if listed else "(?!)")


def text_of(track: SubtitleTrack) -> Text:
    """The text of a track."""
    return _text(Alone(track.cues))


@lru_cache(KEPT)
def _text(key: Alone[Cue]) -> Text:
    texts = [cue.text for cue in key.items]
    whole = BETWEEN.join(texts)
    was_composed = is_normalized("NFC", whole)
    if not was_composed:
        texts = [normalize("NFC", text) for text in texts]
        whole = BETWEEN.join(texts)
    lengths = (len(text) + len(BETWEEN) for text in texts)
    starts = list(accumulate(lengths, initial=0))[:-1]
    broken = [(cue, text) for cue, text in zip(key.items, texts, strict=True) if "\n" in text]
    return Text(whole, texts, frozenset(whole), key.items, starts, broken, was_composed)
