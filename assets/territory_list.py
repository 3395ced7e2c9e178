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
    """A code that is no longer assigned: until when it was, and which codes took its place."""

    code: str
    name: str
    until: date
    successors: frozenset[str]


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
        entry = Former(item["code"], item["name"], item["until"], frozenset(item["successors"]))
        found[entry.code] = (*found.get(entry.code, ()), entry)
    return MappingProxyType(found)


def former(code: str, at: date | None = None) -> frozenset[str]:
    """The codes that took the place of a former one, as it was used at a date (None: last); empty if it is none."""
    entries = _former().get(code, ())
    if not entries:
        return frozenset()
    return next((item for item in entries if at is not None and at < item.until), entries[-1]).successors


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


def revision() -> str:
    """The revision of the list that names are expanded with."""
    return str(_data()["revision"])


def has_history(name: str) -> bool:
    """Whether a name is that of a group whose members have changed."""
    group = _data()["groups"].get(name.upper())
    return group is not None and len(group["changes"]) > 1
