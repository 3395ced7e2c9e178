"""The words around the facts, in the language of a page; words.toml has them."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

LANGUAGES = ("ko", "en", "ja")
"""The languages of pages, in the order of the lists in words.toml."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@cache
def _all() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


class Words:
    """The words of one language. `say` takes `table.key`; `called` has the word for a thing, or the thing itself."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._place = LANGUAGES.index(language)

    def say(self, key: str, **values: object) -> str:
        """A phrase with its gaps filled in. Raises KeyError for a phrase that is not there."""
        table, _, name = key.partition(".")
        phrase = _all()[table][name][self._place]
        return phrase.format(**values) if values else phrase

    def called(self, table: str, name: str, otherwise: str = "") -> str:
        """What a thing of a list that may grow is called: `director`; what is not listed is called as it is."""
        words = _all()[table].get(name.casefold())
        return words[self._place] if words else otherwise or name

    def table(self, name: str) -> dict[str, str]:
        """All phrases of a table, for a script."""
        return {key: words[self._place] for key, words in _all()[name].items()}

    def day(self, day: date) -> str:
        """A date as it is written: 2020년 6월 25일, 25 June 2020."""
        month = _MONTHS[day.month - 1]
        return self.say("page.date", year=day.year, month=day.month, day=day.day, name=month)

    def listed(self, names: list[str]) -> str:
        """Several names on one line."""
        return self.say("rights.between").join(names)
