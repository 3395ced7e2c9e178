"""Limits that depend on the language, and for subtitles on the kind: `{ ko = 16, "ja:sdh" = 16, default = 42 }`."""

from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator

from assets import language
from assets.text import HALF_WIDTH_LANGUAGES, primary
from assets.title import Kind
from checks.core import CannotCheck

DEFAULT = "default"

T = TypeVar("T")


def _known_keys(table: dict[str, Any]) -> dict[str, Any]:
    if not table:
        raise ValueError("has no limit for any language")
    for key in table:
        tag, _, kind = key.partition(":")
        if tag != DEFAULT and not (language.is_valid(tag) and language.canonical(tag) == tag):
            raise ValueError(f"{tag!r} is no canonical language tag; write a BCP-47 tag or {DEFAULT!r}")
        if kind not in {"", *Kind} or key.endswith(":"):
            raise ValueError(f"{kind!r} is no kind of subtitles; kinds: {', '.join(Kind)}")
    return table


ByLanguage = Annotated[dict[str, T], AfterValidator(_known_keys)]
"""Keys are language tags or `default`, each alone or with `:` and a kind of subtitles; the most exact key counts."""


def limit_for(table: dict[str, T], tag: str, kind: Kind | None = None, *, counts_characters: bool = False) -> T:
    """The limit for a language and kind. Raises CannotCheck if the tag is no language or the table has no limit.

    A limit of `counts_characters` for Korean, Japanese or Chinese must be given for that language: a default is meant
    for scripts whose characters are narrow.
    """
    if not language.is_valid(tag) or not language.is_spoken(tag):
        raise CannotCheck(f"{tag!r} is no language, so no limit applies")
    subtags = language.canonical(tag).split("-")
    names = ["-".join(subtags[:length]) for length in range(len(subtags), 0, -1)]
    if not (counts_characters and primary(subtags[0]) in HALF_WIDTH_LANGUAGES):
        names.append(DEFAULT)
    for name in names:
        for key in (f"{name}:{kind}", name):
            if key in table:
                return table[key]
    raise CannotCheck(f"the platform gives no limit for {tag}")
