"""The texts of a report in English, Korean and Japanese; whoever adds a check may leave its translation to others.

English is the language of the code. The texts of another language lie in its folder here, see `book.py`; what has no
translation is shown in English.
"""

from collections.abc import Mapping

from checks.core import Finding
from cli.render.languages.book import LANGUAGES, load, place_key
from cli.render.languages.patterns import filled

__all__ = ["LANGUAGES", "in_place", "message", "phrase", "sentence", "template"]


def template(template: str, language: str) -> str:
    """The template of a finding in that language, with the same places; the same one if there is no translation."""
    found = load(language)
    return (found and found.template(template)) or template


def phrase(text: str, language: str) -> str:
    """A fixed word, the label of a place, a reason or a value in that language; the same text if it is unknown."""
    found = load(language)
    return found.phrase(text) if found else text


def sentence(text: str, language: str, values: Mapping[str, str]) -> str:
    """A phrase with places in that language, its places filled with values that are not translated any more."""
    return filled(phrase(text, language), values)


def in_place(name: str, value: str) -> str:
    """The key of a value that is another word in the place of that name than elsewhere, or the value itself."""
    found = load(LANGUAGES[-1])
    key = place_key(name, value)
    return key if found and found.has(key) else value


def message(finding: Finding, language: str) -> str:
    """What a finding says, in that language; in English where its template is unknown or a value of it is missing."""
    found = load(language)
    if found is None:
        return finding.message
    values = {"measured": finding.measured, "allowed": finding.allowed, **dict(finding.values)}
    said = found.message(finding.template, values)
    return finding.message if said is None else said
