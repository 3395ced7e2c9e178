"""The boards that rate films, and the values that each gives (ratings.toml)."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from assets.spelling import fold

UNRATED = "UNRATED"
"""The system of what no board has seen, in every territory; its value is the same word."""


@dataclass(frozen=True, slots=True)
class System:
    """One board: the territories that it rates for and the values that it gives, the mildest first.

    `words` are what else is written for a value in the board's own language, each with the value.
    """

    id: str
    name: str
    territories: tuple[str, ...]
    values: tuple[str, ...]
    words: Mapping[str, str] = field(default_factory=dict)

    def value_of(self, written: str) -> str | None:
        """The value that is meant: as it stands, or whatever its case, width, spaces and signs; None for no value.

        `15세 이상 관람가` and `15` are 15+, `Ｒ１５＋` and `R-15` are R15+.
        """
        if written in self.values:
            return written
        squeezed = "".join(fold(written))
        meant = {value for word, value in self._spellings() if squeezed and "".join(fold(word)) == squeezed}
        return meant.pop() if len(meant) == 1 else None

    def has_word(self, written: str) -> bool:
        """Whether a text is a word of this board, which tells it from others that give the same values."""
        squeezed = "".join(fold(written))
        return any("".join(fold(word)) == squeezed for word in self.words)

    def _spellings(self) -> Iterator[tuple[str, str]]:
        yield from ((value, value) for value in self.values)
        yield from self.words.items()


@cache
def systems() -> dict[str, System]:
    """Every board that is known here, by the name that MovieLabs gives it."""
    data = tomllib.loads(Path(__file__).with_name("ratings.toml").read_text(encoding="utf-8"))
    return {
        name: System(name, table["name"], tuple(table["territories"]), tuple(table["values"]), _words(table))
        for name, table in data["systems"].items()
    }


def _words(table: Mapping[str, Any]) -> dict[str, str]:
    return {word: value for value, words in table.get("words", {}).items() for word in words}


def boards_of(territory: str) -> tuple[System, ...]:
    """The boards that rate for a territory; none if none is known here."""
    return tuple(system for system in systems().values() if territory in system.territories)
