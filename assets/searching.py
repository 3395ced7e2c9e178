"""Finding a title by any spelling of any of its names: script, romanisation, width, diacritics, a slip of the hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate

from assets import collecting
from assets.name_scanning import Entry, Spelling, bare_identifier
from assets.spelling import Key, Wanted, key


class Likeness(IntEnum):
    """How a spelling agrees with what is looked for, the closest first."""

    SAME = 0
    BEGINS = 1
    WORD_BEGINS = 2
    CONTAINS = 3
    SOUNDS_SAME = 4
    SOUND_BEGINS = 5
    SOUND_CONTAINS = 6
    MISSPELT = 7

    def __str__(self) -> str:
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class Hit:
    """A title that was found: by which spelling, how closely, and with how many slips."""

    entry: Entry
    spelling: Spelling
    likeness: Likeness
    errors: int = 0

    @property
    def order(self) -> tuple[int, int, int, str]:
        """The closest first, of these the shortest name, of these by id."""
        return self.likeness, self.errors, len(self.spelling.text), self.entry.id


SHORTEST_PART = 2
"""Letters that are looked for inside a word: every second name has any one of the alphabet."""
SHORTEST_SOUND = 4
"""Sounds that are looked for inside a name: fewer would be found in half of all Korean names."""


@collecting.paused()
def find(titles: Iterable[Entry], text: str) -> list[Hit]:
    """The titles that a text may mean, the likeliest first; misspelt names only if nothing else is found."""
    asked = key(text)
    if not asked.whole:
        return []
    known = [(entry, list(entry.keyed())) for entry in titles]
    found = [hit for entry, keys in known if (hit := _best(entry, keys, asked))]
    if not found:
        wanted = _Misspelt.of(asked)
        found = [hit for entry, keys in known if (hit := wanted.best(entry, keys))]
    return sorted(found, key=lambda hit: hit.order)


def _best(entry: Entry, keys: list[tuple[Spelling, Key]], asked: Key) -> Hit | None:
    best: Hit | None = None
    for spelling, own in keys:
        likeness = _likeness(own, asked, is_identifier=spelling.kind == "identifier")
        if likeness is not None and (best is None or likeness < best.likeness):
            best = Hit(entry, spelling, likeness)
    return best


def _likeness(own: Key, asked: Key, *, is_identifier: bool) -> Likeness | None:
    if is_identifier:
        whole = bare_identifier(asked.whole)
        if whole == own.whole:
            return Likeness.SAME
        return Likeness.CONTAINS if len(whole) > SHORTEST_SOUND and whole in own.whole else None
    return _by_letters(own, asked) if _has_all(own, asked) else _by_sound(own, asked)


def _has_all(own: Key, asked: Key) -> bool:
    return asked.whole in own.whole or all(word in own.whole for word in asked.words)


def _by_letters(own: Key, asked: Key) -> Likeness | None:
    if own.whole == asked.whole:
        return Likeness.SAME
    if own.whole.startswith(asked.whole):
        return Likeness.BEGINS
    if any(own.whole.startswith(asked.whole, place) for place in _starts(own.words)):
        return Likeness.WORD_BEGINS
    is_long = len(asked.whole) >= SHORTEST_PART or not asked.whole.isascii()
    return Likeness.CONTAINS if is_long else None


def _by_sound(own: Key, asked: Key) -> Likeness | None:
    pairs = [(mine, theirs) for mine, theirs in _sounds(own, asked) if theirs]
    if any(mine == theirs for mine, theirs in pairs):
        return Likeness.SOUNDS_SAME
    long = [(mine, theirs) for mine, theirs in pairs if len(theirs) >= SHORTEST_SOUND]
    if any(mine.startswith(theirs) for mine, theirs in long):
        return Likeness.SOUND_BEGINS
    return Likeness.SOUND_CONTAINS if any(theirs in mine for mine, theirs in long) else None


def _sounds(own: Key, asked: Key) -> Iterator[tuple[str, str]]:
    """The sounds of a name with those of what is looked for, Korean ones with Korean, Japanese with Japanese."""
    yield from ((mine, theirs) for mine in own.korean for theirs in asked.korean)
    yield from ((mine, theirs) for mine in own.japanese for theirs in asked.japanese)


@dataclass(frozen=True, slots=True)
class _Misspelt:
    """What is looked for, with slips of the hand: by its letters, and by the sounds that it may have."""

    letters: Wanted
    korean: tuple[Wanted, ...]
    japanese: tuple[Wanted, ...]

    @classmethod
    def of(cls, asked: Key) -> "_Misspelt":
        return cls(Wanted(asked.whole), tuple(map(Wanted, asked.korean)), tuple(map(Wanted, asked.japanese)))

    def best(self, entry: Entry, keys: list[tuple[Spelling, Key]]) -> Hit | None:
        best: Hit | None = None
        for spelling, own in keys:
            if spelling.kind == "identifier":
                continue
            errors = min((errors for errors in self._distances(own) if errors is not None), default=None)
            if errors is not None and (best is None or errors < best.errors):
                best = Hit(entry, spelling, Likeness.MISSPELT, errors)
        return best

    def _distances(self, own: Key) -> Iterator[int | None]:
        yield self.letters.distance(own.whole, _starts(own.words))
        for wanted in self.korean:
            yield from map(wanted.distance, own.korean)
        for wanted in self.japanese:
            yield from map(wanted.distance, own.japanese)


def _starts(words: tuple[str, ...]) -> tuple[int, ...]:
    """The places in the whole at which its words begin."""
    return (0, *accumulate(len(word) for word in words[:-1]))
