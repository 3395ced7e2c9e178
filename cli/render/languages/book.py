"""The texts of one language: files of its folder, each a table from the English text to its translation.

A family of checks has a file of templates by its name (`subtitle.toml`); the files of `PHRASES` hold everything else.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from cli.render.languages.patterns import Patterns, filled, parts, surrounded

HERE = Path(__file__).parent

ENGLISH = "en"
LANGUAGES = (ENGLISH, "ko", "ja")
"""The languages that a report can be written in; those beside English have a folder here."""

PHRASES = (
    "reasons",
    "values",
    "titles",
    "words",
    "rights_words",
    "damage",
    "conformance",
    "page",
    "comparison",
    "formats",
)
"""The files that hold no templates of findings but fixed words, and phrases with places."""

_LETTER = re.compile(r"[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]")
_LONGEST = 600
_DEEPEST = 6
_KEPT = 60_000
"""Phrases that are kept, so that several formats of one run look for each once; some 10 MB."""


class Book:
    """The templates and the phrases of one language."""

    def __init__(
        self, templates: Mapping[str, str], phrases: Mapping[str, str], quoted: Mapping[str, list[str]]
    ) -> None:
        self._templates = templates
        self._words = phrases
        self._patterns = Patterns((english, said) for english, said in phrases.items() if "{" in english)
        self._quoted = quoted
        self._kept: dict[str, str] = {}

    def template(self, english: str) -> str | None:
        """The translation of a template; one without a word of its own is the same in every language. Else None."""
        found = self._templates.get(english)
        return english if found is None and not has_words(english) else found

    def message(self, english: str, values: Mapping[str, str]) -> str | None:
        """A template translated and filled with translated values; None if it or a value of it is missing."""
        template = self.template(english)
        if template is None or not set(parts(template)[1]) <= values.keys():
            return None
        quoted = (*self._quoted["everywhere"], *self._quoted.get(english, ()))
        return filled(template, {name: self._value(name, text, quoted) for name, text in values.items()})

    def _value(self, name: str, text: str, quoted: tuple[str, ...]) -> str:
        """What stands in a place; a word that is another one there, as `full` is, has the place's name before it."""
        return text if name in quoted else self._words.get(place_key(name, text)) or self.phrase(text)

    def has(self, text: str) -> bool:
        """Whether a fixed word is translated."""
        return text in self._words

    def phrase(self, text: str) -> str:
        """A word, a phrase with values, or a list of them; what is not known stays as it is."""
        if text in self._words:
            return self._words[text]
        if len(text) > _LONGEST or not _LETTER.search(text):
            return text
        if text not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[text] = self._said(text, 0)
        return self._kept[text]

    def _said(self, text: str, depth: int) -> str:
        """A fixed word, a pattern, and last a list, whose items are said one by one; surrounding blanks stay."""
        bare = text.strip(" ")
        if bare != text and bare:
            return surrounded(text, self._said(bare, depth))
        if bare in self._words:
            return self._words[bare]
        if depth >= _DEEPEST:
            return text
        found = self._patterns.best(bare)
        if found is not None:
            pattern, values = found
            quoted = self._quoted["everywhere"]
            said = {name: value if name in quoted else self._said(value, depth + 1) for name, value in values.items()}
            return filled(pattern.translation, said)
        return self._listed(bare, depth)

    def _listed(self, text: str, depth: int) -> str:
        """A list with its items said, and the language's own mark between them; as it is if no item is known."""
        mark = next((mark for mark in ("; ", ", ") if mark in text), "")
        if not mark:
            return text
        items = text.split(mark)
        said = [self._said(item, depth + 1) for item in items]
        return text if said == items else self._words.get(mark, mark).join(said)


def place_key(name: str, value: str) -> str:
    """Under what a value stands that is another word in the place of that name, as `kind full`."""
    return f"{name} {value}"


def has_words(template: str) -> bool:
    """Whether a template says anything beside its values."""
    return any(_WORD.search(fixed) for fixed in parts(template)[0])


@cache
def load(language: str) -> Book | None:
    """The texts of a language; None for English and for a language that is not one of `LANGUAGES`."""
    if language == ENGLISH or language not in LANGUAGES:
        return None
    templates: dict[str, str] = {}
    phrases: dict[str, str] = {}
    for name, table in tables(language):
        (phrases if name in PHRASES else templates).update(table)
    return Book(templates, phrases, quoted())


def tables(language: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The files of a language by their names, in order."""
    for path in sorted((HERE / language).glob("*.toml")):
        yield path.stem, tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def quoted() -> dict[str, list[str]]:
    """The values that are quoted from files: those of `everywhere`, and those of single templates."""
    found: dict[str, list[str]] = tomllib.loads((HERE / "quoted.toml").read_text(encoding="utf-8"))
    return found
