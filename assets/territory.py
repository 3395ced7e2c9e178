"""Territories as exact sets of atoms, expanded from one dated list (territories.toml).

An atom is an ISO 3166-1 alpha-2 code, or a part of one that the trade sells by itself (`CA-QC`, ISO 3166-2). In a file
or on the command line `CA` is all of Canada, the atoms `CA` and `CA-QC`; in a set of atoms it is Canada less its parts.
"""

from collections.abc import Iterable
from datetime import date

from assets.errors import UsageError
from assets.nearest import did_you_mean
from assets.territory_list import (
    all_codes,
    atoms,
    ever,
    former,
    groups,
    has_history,
    mistaken,
    parts,
    revision,
    unclear,
    whole,
)

WORLDWIDE = "worldwide"

__all__ = [
    "WORLDWIDE",
    "all_codes",
    "atoms",
    "describe",
    "ever",
    "expand",
    "former",
    "groups",
    "has_history",
    "parse",
    "problem",
    "revision",
    "unclear",
    "written",
]


def problem(name: str) -> str | None:
    """Why `name` is no territory, or None if it is a code, a part, a group or `worldwide`."""
    if name.lower() == WORLDWIDE or name.upper() in groups() or name in atoms():
        return None
    if instead := mistaken().get(name.upper()) or ", ".join(sorted(former(name.upper()))):
        return f"{name!r} is not an assigned territory; write {instead}"
    if name.upper() in atoms():
        return f"{name!r} is not a territory; territories are upper-case: {name.upper()}"
    known = ", ".join((*sorted(groups()), *parts()))
    meant = did_you_mean(name, (*groups(), *parts(), WORLDWIDE))
    return f"{name!r} is not a territory; {meant}ISO 3166-1 alpha-2 codes, {WORLDWIDE}, {known}"


def expand(names: Iterable[str], excluding: Iterable[str] = (), at: date | None = None) -> frozenset[str]:
    """The atoms that names (codes, parts, groups, `worldwide`) stand for, less those of `excluding`.

    Groups have the members that they had at `at`, or now. Raises UsageError.
    """
    return _union(names, at) - _union(excluding, at)


def _union(names: Iterable[str], at: date | None) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        if wrong := problem(name):
            raise UsageError(wrong)
        if name.lower() == WORLDWIDE:
            found |= atoms()
        elif name in parts():
            found.add(name)
        else:
            found |= groups(at).get(name.upper()) or whole(frozenset({name}))
    return frozenset(found)


def parse(text: str) -> frozenset[str]:
    """The atoms of a command-line value: `KR`, `KR,JP`, `EU`, `worldwide`, `worldwide-KR,JP`. Raises UsageError.

    What follows a `-` after complete names is excluded: `worldwide-KR,JP` is the world without Korea and Japan, while
    `NORTH-AMERICA` and `CA-QC` are names.
    """
    pieces = text.split("-")
    splits = [("-".join(pieces[:number]), "-".join(pieces[number:])) for number in range(len(pieces), 0, -1)]
    names, excluded = next(((left, right) for left, right in splits if not any(map(problem, _split(left)))), (text, ""))
    if names != text and not _split(excluded):
        raise UsageError(f"{text!r} excludes nothing; after the hyphen stand the territories left out")
    found = expand(_split(names), _split(excluded))
    if not found:
        raise UsageError(f"{text!r} names no territory; a code, a group, {WORLDWIDE}, or {WORLDWIDE}-KR,JP")
    return found


def _split(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def describe(territories: frozenset[str]) -> str:
    """A set of atoms as short as it can be said: `worldwide except JP, KR`, `EU`, `JP, KR`, `CA (without CA-QC)`."""
    if not territories:
        return "no territory"
    if territories == atoms():
        return WORLDWIDE
    for name, members in groups().items():
        if territories == members:
            return name
    missing = atoms() - territories
    if len(missing) < len(territories):
        return f"{WORLDWIDE} except {', '.join(_said(missing))}"
    return ", ".join(_said(territories))


def _said(territories: frozenset[str]) -> list[str]:
    """Each territory of a set: a code for the whole of it, parts by themselves, a code with what of it is missing."""
    names, without = written(territories)
    lacking: dict[str, list[str]] = {}
    for part in without:
        lacking.setdefault(parts()[part], []).append(part)
    return [f"{name} (without {', '.join(lacking[name])})" if name in lacking else name for name in names]


def written(territories: frozenset[str]) -> tuple[list[str], list[str]]:
    """A set of atoms as a reader of ISO codes understands it: codes and parts, and the parts that the codes exclude.

    All of Canada is `CA`; Canada without Quebec is `CA`, excluding `CA-QC`; Quebec alone is `CA-QC`.
    """
    names = sorted(name for name in territories if parts().get(name) not in territories)
    return names, sorted(part for part, code in parts().items() if code in territories and part not in territories)
