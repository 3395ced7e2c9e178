"""Territories as exact sets of ISO 3166-1 alpha-2 codes, expanded from one dated list (territories.toml)."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from assets.errors import UsageError

WORLDWIDE = "worldwide"


@cache
def _data() -> dict[str, object]:
    return tomllib.loads(Path(__file__).with_name("territories.toml").read_text(encoding="utf-8"))


@cache
def all_codes() -> frozenset[str]:
    """Every officially assigned code of the list."""
    codes = _data()["codes"]
    return frozenset(codes if isinstance(codes, list) else [])


@cache
def groups() -> dict[str, frozenset[str]]:
    """The named groups, by upper-case name."""
    tables = _data()["groups"]
    return {name: frozenset(table["codes"]) for name, table in tables.items()} if isinstance(tables, dict) else {}


def revision() -> str:
    """The revision of the list that names are expanded with."""
    return str(_data()["revision"])


def problem(name: str) -> str | None:
    """Why `name` is no territory, or None if it is a code, a group or `worldwide`."""
    if name.lower() == WORLDWIDE or name.upper() in groups() or name in all_codes():
        return None
    not_assigned = _data()["not_assigned"]
    if isinstance(not_assigned, dict) and name.upper() in not_assigned:
        return f"{name!r} is not an assigned territory; write {not_assigned[name.upper()]}"
    if name.upper() in all_codes():
        return f"{name!r} is not a territory; territories are upper-case: {name.upper()}"
    return f"{name!r} is not a territory; ISO 3166-1 alpha-2 codes, {WORLDWIDE}, {', '.join(sorted(groups()))}"


def expand(names: Iterable[str], excluding: Iterable[str] = ()) -> frozenset[str]:
    """The codes that names (codes, groups, `worldwide`) stand for, less those of `excluding`. Raises UsageError."""
    return _union(names) - _union(excluding)


def _union(names: Iterable[str]) -> frozenset[str]:
    codes: set[str] = set()
    for name in names:
        if wrong := problem(name):
            raise UsageError(wrong)
        if name.lower() == WORLDWIDE:
            codes |= all_codes()
        else:
            codes |= groups().get(name.upper(), frozenset({name}))
    return frozenset(codes)


def parse(text: str) -> frozenset[str]:
    """The codes of a command-line value: `KR`, `KR,JP`, `EU`, `worldwide`, `worldwide-KR,JP`. Raises UsageError.

    What follows a `-` after complete names is excluded: `worldwide-KR,JP` is the world without Korea and Japan, and
    `NORTH-AMERICA` is one name.
    """
    parts = text.split("-")
    splits = [("-".join(parts[:number]), "-".join(parts[number:])) for number in range(len(parts), 0, -1)]
    names, excluded = next(((left, right) for left, right in splits if not any(map(problem, _split(left)))), (text, ""))
    if names != text and not _split(excluded):
        raise UsageError(f"{text!r} excludes nothing; after the hyphen stand the territories left out")
    codes = expand(_split(names), _split(excluded))
    if not codes:
        raise UsageError(f"{text!r} names no territory; a code, a group, {WORLDWIDE}, or {WORLDWIDE}-KR,JP")
    return codes


def _split(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def describe(codes: frozenset[str]) -> str:
    """A set of codes as short as it can be said: `worldwide`, `worldwide except JP, KR`, `EU`, `JP, KR`."""
    if not codes:
        return "no territory"
    if codes == all_codes():
        return WORLDWIDE
    for name, members in groups().items():
        if codes == members:
            return name
    missing = all_codes() - codes
    if len(missing) < len(codes):
        return f"{WORLDWIDE} except {', '.join(sorted(missing))}"
    return ", ".join(sorted(codes))
