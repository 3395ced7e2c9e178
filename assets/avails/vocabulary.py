"""The words that Avails allow (vocabulary.toml)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by the name of the element or column; `extensions` are those that single platforms add.

    `avail_types` says how a work type is offered. `no_money` are currencies of
    the list that are metals, funds and tests, and `kept_elements` the elements of the XML whose content a row keeps.
    """

    words: dict[str, tuple[str, ...]]
    extensions: dict[str, tuple[str, ...]]
    avail_types: dict[str, str]
    prices_without_money: frozenset[str]
    prices_without_value: frozenset[str]
    currencies: frozenset[str]
    no_money: frozenset[str]
    kept_elements: frozenset[str]

    def meant(self, name: str, written: str) -> str:
        """The word of a list that is meant, whatever its case and spaces; nothing if it has none."""
        plain = _plain(written)
        return next((word for word in self.words[name] if _plain(word) == plain), "")


def _plain(written: str) -> str:
    return "".join(written.split()).casefold()


@cache
def vocabulary() -> Vocabulary:
    """The words, read once."""
    data = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8"))
    return Vocabulary(
        words={name: tuple(words) for name, words in data["words"].items()},
        extensions={name: tuple(words) for name, words in data["extensions"].items()},
        avail_types=dict(data["avail_types"]),
        prices_without_money=frozenset(data["prices"]["without_money"]),
        prices_without_value=frozenset(data["prices"]["without_value"]),
        currencies=frozenset(data["currencies"]["codes"]),
        no_money=frozenset(data["currencies"]["no_money"]),
        kept_elements=frozenset(data["xml"]["kept"]),
    )
