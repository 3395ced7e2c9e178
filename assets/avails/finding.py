"""How the rules of Avails say what they find, and where."""

from functools import cache, lru_cache
from types import MappingProxyType

from assets import language
from assets.avails.columns import columns
from assets.avails.rows import Finding, Row
from assets.avails.vocabulary import vocabulary


@cache
def _names() -> MappingProxyType[str, str]:
    own = {"avail_type": "AvailType", "short_description": "ShortDescription"}
    return MappingProxyType({column.field: column.name for column in columns() if column.field} | own)


def name_of(field: str) -> str:
    """What Avails call a field of a row."""
    return _names()[field]


def found(rule: str, row: Row, field: str, wrong: str, allowed: str = "") -> Finding:
    """An error in a field of a row."""
    return Finding(rule, f"{row.place}: {name_of(field)}", wrong, allowed)


def doubted(rule: str, row: Row, field: str, wrong: str, allowed: str = "") -> Finding:
    """Something in a field of a row that a person should look at."""
    return Finding(rule, f"{row.place}: {name_of(field)}", wrong, allowed, is_error=False)


def word(rule: str, row: Row, field: str, listed: str, *, is_error: bool = True) -> Finding | None:
    """What is wrong with a field that takes the words of a list; nothing if it is empty."""
    written = getattr(row, field)
    allowed = vocabulary().words[listed]
    if not written or written in allowed:
        return None
    say = found if is_error else doubted
    if meant := vocabulary().meant(listed, written):
        return doubted(rule, row, field, f"{written!r} is written in another way", meant)
    return say(rule, row, field, f"{written!r} is not a word of the vocabulary", ", ".join(allowed))


_NO_LANGUAGES = frozenset({"mul", "und", "mis"})
"""Codes of ISO 639-2 for several languages, an undetermined one, and one without a code."""
_WORDS = {"all": "Allar", "any": "Anyin"}
"""Languages whose codes (ISO 639-3) are words that people write for all of them."""


@lru_cache(maxsize=4096)
def language_problem(tag: str) -> tuple[str, bool]:
    """What is wrong with a language tag, and whether it is certain; an empty text for one that is right."""
    if (known := tag.lower()) in _NO_LANGUAGES:
        return f"{tag!r} names no language", True
    if known in _WORDS:
        return f"{tag!r} is {_WORDS[known]}, and not all languages: the empty cell says that", False
    meant = language.confusion(tag)
    if not language.is_valid(tag):
        return f"{tag!r} is no language" + (f": {meant}" if meant else ""), True
    return (f"{tag!r} may be meant for a territory: {meant}", False) if meant else ("", False)
