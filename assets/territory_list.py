"""The dated list of territories (territories.toml): codes, parts, former codes, and the members of groups at a date."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Former:
    """A code that is no longer assigned: when it was, and which codes, or parts of which, are in its place."""

    code: str
    name: str
    until: date
    successors: frozenset[str]
    since: date
    is_part: bool


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("territories.toml").read_text(encoding="utf-8"))


@cache
def all_codes() -> frozenset[str]:
    """Every officially assigned ISO 3166-1 code of the list; the parts of a territory are none."""
    return frozenset(_data()["codes"])


@cache
def parts() -> Mapping[str, str]:
    """The parts that are sold by themselves, each with the code of the territory that it is a part of."""
    return MappingProxyType({name: name.partition("-")[0] for name in _data()["parts"] if name != "source"})


@cache
def atoms() -> frozenset[str]:
    """Everything that sets of territories are made of."""
    return all_codes() | frozenset(parts())


def whole(codes: Iterable[str]) -> frozenset[str]:
    """The atoms of some codes, each with all of its parts."""
    found = frozenset(codes)
    return found | {part for part, code in parts().items() if code in found}


@cache
def mistaken() -> Mapping[str, str]:
    """What people write for codes that never were any, and what to write instead."""
    return MappingProxyType(dict(_data()["mistaken"]))


@cache
def _former() -> Mapping[str, tuple[Former, ...]]:
    found: dict[str, tuple[Former, ...]] = {}
    for item in _data()["former"]["entries"]:
        code, before = item["code"], found.get(item["code"], ())
        since = item.get("since", before[-1].until if before else date.min)
        successors, is_part = frozenset(item["successors"]), item.get("is_part", False)
        found[code] = (*before, Former(code, item["name"], item["until"], successors, since, is_part))
    return MappingProxyType(found)


def former(code: str, at: date | None = None) -> frozenset[str]:
    """The codes that took the place of a former one, as it was used at a date (None: last); empty if it is none."""
    entries = _former().get(code, ())
    if not entries:
        return frozenset()
    return next((item for item in entries if at is not None and at < item.until), entries[-1]).successors


@dataclass(frozen=True, slots=True)
class Unclear:
    """A former code in a deal, of which nobody can say what it means: why, and every code that it may mean."""

    why: str
    codes: frozenset[str]


def unclear(code: str, at: date | None = None) -> Unclear | None:
    """What is unclear about a code in a deal that was signed at a date; None for nothing, and for no former code.

    The reason is `what is wrong; what is allowed`.
    """
    entries = _former().get(code, ())
    codes = frozenset[str]().union(*(item.successors for item in entries))
    if len(entries) > 1 and (at is None or not any(item.since <= at < item.until for item in entries)):
        meant = ", then ".join(item.name for item in entries)
        instead = " or ".join(", ".join(sorted(item.successors)) for item in entries)
        return Unclear(f"{code!r} stood for {meant}, and no day of signature says for which; {instead}", codes)
    if any(item.is_part for item in entries):
        now = ", ".join(sorted(codes))
        return Unclear(f"{code!r} stood for a part of what is {now} now; {now}, if all of it is meant", codes)
    return None


@lru_cache(maxsize=256)
def groups(at: date | None = None) -> Mapping[str, frozenset[str]]:
    """The atoms of the named groups, by upper-case name, as they were at a date (None: now)."""
    return MappingProxyType({name: _members(item["changes"], at) for name, item in _data()["groups"].items()})


def _members(changes: list[dict[str, Any]], at: date | None) -> frozenset[str]:
    members: set[str] = set()
    for number, change in enumerate(changes):
        if number and at is not None and at < change["on"]:
            break
        members |= set(change.get("add", ()))
        members -= set(change.get("remove", ()))
    return whole(members)


def ever(name: str) -> frozenset[str]:
    """The atoms that have ever been in a group; none for what is no group."""
    changes = _data()["groups"].get(name.upper(), {"changes": []})["changes"]
    return whole(code for change in changes for code in change.get("add", ()))


def revision() -> str:
    """The revision of the list that names are expanded with."""
    return str(_data()["revision"])


def has_history(name: str) -> bool:
    """Whether a name is that of a group whose members have changed."""
    group = _data()["groups"].get(name.upper())
    return group is not None and len(group["changes"]) > 1
