"""The columns of sheets of Avails (columns.toml)."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assets.avails import values
from assets.avails.rows import NEVER


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the template; an empty `field` means that rows keep it by its name."""

    name: str
    group: str
    field: str = ""
    kind: str = "text"
    since: str = ""

    @property
    def is_lag(self) -> bool:
        """Whether it says how long after the condition of another column."""
        return self.kind == "lag"


READERS: Mapping[str, Callable[[Any], Any]] = {
    "text": values.text,
    "words": values.words,
    "languages": values.languages,
    "when": values.when,
    "lag": values.text,
    "flag": values.flag,
    "truth": values.flag,
    "hours": values.hours,
    "run_time": values.run_time,
}
"""How a cell is read, by the kind of its column."""

WRITERS: Mapping[str, Callable[[Any], str]] = {
    "text": str,
    "words": ",".join,
    "languages": values.languages_text,
    "when": values.when_text,
    "flag": lambda value: "Yes" if value else "No",
    "truth": lambda value: "TRUE" if value else "FALSE",
    "hours": values.hours_text,
    "run_time": values.run_time_text,
}
"""How a cell is written; a lag is written with the condition that it belongs to."""


def is_filled(value: object) -> bool:
    """Whether a field of a row says something; `False` does, in a flag."""
    return value is not None and value not in ("", (), NEVER)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))


@cache
def columns() -> tuple[Column, ...]:
    """The columns in the order of the template."""
    return tuple(Column(**item) for item in _data()["columns"])


@cache
def versions() -> tuple[str, ...]:
    """The versions that are read and written."""
    return tuple(_data()["versions"])


def columns_of(version: str) -> tuple[Column, ...]:
    """The columns that a version has."""
    return tuple(column for column in columns() if column.since <= version)


@cache
def limiting() -> frozenset[str]:
    """The columns that limit what is licensed."""
    return frozenset(_data()["limiting"])


@cache
def of_other_templates() -> frozenset[str]:
    """The columns of templates that are not for films, which are known and not judged."""
    return frozenset(_data()["of_other_templates"])


@cache
def named() -> Mapping[str, Column]:
    """The columns by their names, and by the other names that they go by."""
    known = {column.name: column for column in columns()}
    return MappingProxyType(known | {other: known[name] for other, name in _data()["also"].items()})


@cache
def television() -> Mapping[str, tuple[str, ...]]:
    """By a column of films, the columns of television of which the first that is filled says the same."""
    return MappingProxyType({name: tuple(others) for name, others in _data()["television"].items()})
