"""Limits that depend on the language, and for subtitles on what the track is: `{ ko = 16, "ja:vertical" = 11 }`.

A key is a language tag or `default`, alone or followed by a kind of subtitles, by `children`, by `vertical`, in this
order: `ko`, `ko:sdh`, `ko:children`, `ko:sdh:children`, `ja:vertical`.
"""

from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator

from assets import language
from assets.text import HALF_WIDTH_LANGUAGES, primary
from assets.title import Audience, Kind
from checks.core import CannotCheck

DEFAULT = "default"
VERTICAL = "vertical"

_TRAITS = (frozenset(Kind), frozenset({Audience.CHILDREN}), frozenset({VERTICAL}))
"""What may follow the language in a key, in the order in which it is written."""

T = TypeVar("T")


def _known_keys(table: dict[str, Any]) -> dict[str, Any]:
    if not table:
        raise ValueError("has no limit for any language")
    for key in table:
        _known_key(key)
    return table


def _known_key(key: str) -> str:
    tag, *traits = key.split(":")
    if tag != DEFAULT and not (language.is_valid(tag) and language.canonical(tag) == tag):
        raise ValueError(f"{tag!r} is no canonical language tag; write a BCP-47 tag or {DEFAULT!r}")
    _check_traits(key, traits)
    return key


def _check_traits(key: str, traits: list[str]) -> None:
    ranks = []
    for trait in traits:
        rank = next((number for number, known in enumerate(_TRAITS) if trait in known), None)
        if rank is None:
            raise ValueError(
                f"{trait!r} is no kind of subtitles; kinds: {', '.join(Kind)}; then {Audience.CHILDREN}, {VERTICAL}"
            )
        ranks.append(rank)
    if ranks != sorted(set(ranks)):
        raise ValueError(f"{key!r} is in disorder; language, kind, {Audience.CHILDREN}, {VERTICAL}, each once")


ByLanguage = Annotated[dict[str, T], AfterValidator(_known_keys)]
"""A table with such keys; the most exact key counts."""

Key = Annotated[str, AfterValidator(_known_key)]
"""Such a key alone, where a rule has no other limit than what it is for: `["ko", "en:sdh"]`."""


def limits_for(
    table: dict[str, T],
    tag: str,
    kind: Kind | None = None,
    audience: Audience = Audience.ADULT,
    *,
    vertical: bool = False,
    has_default: bool = True,
) -> list[T]:
    """Every entry of a table that applies, the most exact first. Raises CannotCheck if the tag is no language.

    An exact language weighs more than what follows it in the key; the direction of writing more than the audience, and
    that more than the kind: vertical rows are short whoever reads them.
    """
    if not language.is_valid(tag) or not language.is_spoken(tag):
        raise CannotCheck(f"{tag!r} is no language, so no limit applies")
    subtags = language.canonical(tag).split("-")
    names = ["-".join(subtags[:length]) for length in range(len(subtags), 0, -1)]
    endings = [""]
    for trait in (kind, Audience.CHILDREN if audience is Audience.CHILDREN else None, VERTICAL if vertical else None):
        if trait is not None:
            endings = [f"{ending}:{trait}" for ending in endings] + endings
    keys = [name + ending for name in (*names, *([DEFAULT] if has_default else [])) for ending in endings]
    return [table[key] for key in keys if key in table]


def limit_for(
    table: dict[str, T],
    tag: str,
    kind: Kind | None = None,
    audience: Audience = Audience.ADULT,
    *,
    vertical: bool = False,
    counts_characters: bool = False,
) -> T:
    """The limit that applies. Raises CannotCheck if the tag is no language or the table has no limit.

    A limit of `counts_characters` for Korean, Japanese or Chinese must be given for that language: a default is meant
    for scripts whose characters are narrow.
    """
    is_wide = counts_characters and language.is_valid(tag) and primary(language.canonical(tag)) in HALF_WIDTH_LANGUAGES
    found = limits_for(table, tag, kind, audience, vertical=vertical, has_default=not is_wide)
    if not found:
        raise CannotCheck(f"the platform gives no limit for {tag}")
    return found[0]
