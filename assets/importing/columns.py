"""Which key of a title.toml a column of a list means, by its header (columns.toml), or by what a person says of it."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from assets import language, ratings, territory
from assets.errors import UsageError
from assets.ids import is_id
from assets.metadata_records import OtherNameRecord, ReleaseRecord
from assets.spelling import fold

ORIGINAL = "original"
"""In the place of a language: the one that the row's original_language names."""

PLAIN = frozenset(
    {
        "id",
        "original_language",
        "format",
        "runtime",
        "production_year",
        "release_date",
        "supplier",
        "production_companies",
        "genres",
        "audience",
    }
)
BY_LANGUAGE = frozenset({"names", "synopses", "short_synopses"})
_SYNONYMS = {"title": "names", "titles": "names", "name": "names", "synopsis": "synopses", "year": "production_year"}
ALLOWED = (
    f"{', '.join(sorted(PLAIN))}, names.TAG, synopses.TAG, short_synopses.TAG, other_names.TAG.KIND, identifiers.NAME, "
    "ratings.TERRITORY.SYSTEM, releases.TERRITORY.KIND, credits.ROLE"
)


@dataclass(frozen=True, slots=True)
class Key:
    """A key of title.toml that a column holds values of: `names` and `ko`, `ratings` and `KR`, `KMRB`."""

    table: str
    parts: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ".".join((self.table, *self.parts))


@dataclass(frozen=True, slots=True)
class Columns:
    """The keys of the columns, by number from 0, and the headers that mean nothing that is known."""

    keys: Mapping[int, Key]
    unknown: tuple[str, ...]


def columns_of(header: Sequence[str], said: Mapping[str, str]) -> Columns:
    """What each column means; `said` has keys by header. Raises UsageError for what is said of no column, or twice."""
    asked = {_squeezed(name): named_key(text) for name, text in said.items()}
    folded = [_squeezed(name) for name in header]
    if absent := [name for name in said if _squeezed(name) not in folded]:
        raise UsageError(f"--map: there is no column {absent[0]!r}; columns: {', '.join(filter(None, header))}")
    found = {number: asked.get(name) or _key(header[number]) for number, name in enumerate(folded) if header[number]}
    keys = {number: key for number, key in found.items() if key}
    _require_once(header, keys)
    return Columns(keys, tuple(header[number] for number, key in found.items() if key is None))


def count_known(header: Sequence[str], said: Mapping[str, str]) -> int:
    """How many of the headers mean something; `said` has keys by header."""
    asked = {_squeezed(name) for name in said}
    return sum(bool(name) and (_squeezed(name) in asked or _key(name) is not None) for name in header)


def named_key(text: str) -> Key:
    """The key of a name such as `names.ko`. Raises UsageError."""
    if key := _own(text.strip()):
        return key
    raise UsageError(f"{text!r} is no key that a list can hold; {ALLOWED}")


def language_named(text: str) -> str:
    """The tag of a language that is named in English, Korean or Japanese; any other text as it is."""
    return _languages().get(_squeezed(text), text)


def _require_once(header: Sequence[str], keys: Mapping[int, Key]) -> None:
    seen: dict[Key, str] = {}
    for number, key in keys.items():
        if key in seen and key.table not in {"credits", "other_names"}:
            raise UsageError(f"the columns {seen[key]!r} and {header[number]!r} both mean {key}; --map one of them")
        seen[key] = header[number]


def _squeezed(text: str) -> str:
    return "".join(fold(text))


def _key(header: str) -> Key | None:
    return _own(header.strip()) or _by_header().get(_squeezed(header))


def _own(name: str) -> Key | None:
    """The key of a name that is written as a key."""
    first, *parts = name.split(".")
    table = _SYNONYMS.get(first, first) if parts or first == "year" else first
    is_key = table in PLAIN if not parts else _fits(table, parts)
    return Key(table, tuple(parts)) if is_key else None


def _fits(table: str, parts: list[str]) -> bool:
    """Whether the parts of a key are those that its table has."""
    first, second = parts[0], parts[1] if len(parts) > 1 else ""
    if table in BY_LANGUAGE:
        return not second and (first == ORIGINAL or language.is_valid(first))
    if table == "other_names":
        return language.is_valid(first) and second in {"", *get_args(OtherNameRecord.model_fields["kind"].annotation)}
    if table == "ratings":
        return first in territory.all_codes() and len(parts) <= 2  # noqa: PLR2004 -- territory and system
    if table == "releases":
        kinds = get_args(ReleaseRecord.model_fields["kind"].annotation)
        return territory.problem(first) is None and second in {"", *kinds}
    return table in {"identifiers", "credits"} and is_id(first) and not second


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))


@cache
def _languages() -> dict[str, str]:
    return {_squeezed(word): tag for tag, words in _data()["languages"].items() for word in words}


@cache
def _by_header() -> dict[str, Key]:
    """Every header of columns.toml, and each board that rates for one territory by its name."""
    boards = {
        _squeezed(name): Key("ratings", (system.territories[0], name))
        for name, system in ratings.systems().items()
        if len(system.territories) == 1
    }
    return boards | {_squeezed(header): named_key(key) for key, header in _headers()}


def _headers() -> Iterator[tuple[str, str]]:
    for key, headers in _data()["keys"].items():
        if "{language}" not in key:
            yield from ((key, header) for header in headers)
            continue
        for tag, words in _data()["languages"].items():
            named = key.replace("{language}", tag)
            yield from ((named, header.replace("{language}", word)) for header in headers for word in (*words, tag))
