"""Two revisions of a platform -> which checks came and went, and which limits changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assets.conditions import Condition
from assets.platform import CheckSettings, Platform

SEVERITY = "severity"
ORDER = "order of cases"
"""Keys that are no limits: how grave a finding is, and which case is asked first."""


class Fate(StrEnum):
    """What became of a check from one revision to the next."""

    ADDED = "added"
    DROPPED = "dropped"
    """It is not asked for any more, or switched off."""
    CHANGED = "changed"
    REWORDED = "reworded"
    """Only its clause is another: what is found is the same."""


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One value that is another: `key` is its place, as `max_cpl.ko` or `if frame rate 25: max`; None: not there."""

    key: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class CheckChange:
    """What is another of one check. The clauses are those of its table, empty where there is none."""

    check: str
    fate: Fate
    keys: tuple[KeyChange, ...]
    old_source: str
    new_source: str


@dataclass(frozen=True, slots=True)
class PlatformChange:
    """What is another between two revisions: of the checks, and of the package and its lead time."""

    old: Platform
    new: Platform
    checks: tuple[CheckChange, ...]
    package: tuple[KeyChange, ...]


def compare_platforms(old: Platform, new: Platform) -> PlatformChange:
    """The changes from one platform to another; the order is that of the names of checks."""
    names = sorted({*old.checks, *new.checks})
    checks = (_check(name, old.checks.get(name), new.checks.get(name)) for name in names)
    package = _differing(dict(_of_package(old)), dict(_of_package(new)))
    return PlatformChange(old, new, tuple(filter(None, checks)), package)


def _check(name: str, old: CheckSettings | None, new: CheckSettings | None) -> CheckChange | None:
    keys = _differing(dict(_of_check(old)) if old else {}, dict(_of_check(new)) if new else {})
    sources = old.source if old else "", new.source if new else ""
    if old and new:
        if not keys and old.source == new.source:
            return None
        return CheckChange(name, Fate.CHANGED if keys else Fate.REWORDED, keys, *sources)
    return CheckChange(name, Fate.ADDED if new else Fate.DROPPED, keys, *sources)


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[KeyChange, ...]:
    names = dict.fromkeys((*old, *new))
    changes = (KeyChange(name, old.get(name), new.get(name)) for name in names)
    return tuple(change for change in changes if change.old != change.new)


def _of_check(settings: CheckSettings, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a check by its place; cases under their conditions, with the order in which they are asked."""
    yield f"{before}{SEVERITY}", settings.severity
    yield from _flat(before, settings.limits)
    if len(settings.cases) > 1:
        yield f"{before}{ORDER}", [str(condition) for condition, _ in settings.cases]
    for condition, case in settings.cases:
        values = dict(_of_check(case, of_case(condition)))
        if case.severity == settings.severity:
            del values[of_case(condition) + SEVERITY]
        yield from values.items()


def of_case(condition: Condition) -> str:
    """How the keys of a case begin."""
    return f"if {condition}: "


def _flat(before: str, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, Mapping) and value:
            yield from _flat(f"{before}{key}.", value)
        else:
            yield f"{before}{key}", value


def _of_package(platform: Platform) -> Iterator[tuple[str, Any]]:
    yield "right", platform.right
    yield from _flat("package.", platform.package.model_dump(mode="json"))
    if platform.lead_time:
        yield "lead_time.days", platform.lead_time.days
