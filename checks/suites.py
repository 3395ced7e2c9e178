"""All checks by name, and a platform's suite of them with their limits."""

import importlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from pydantic import ValidationError

from assets.errors import Fault, InputError
from assets.nearest import did_you_mean
from assets.platform import CheckSettings, Platform
from checks import conditions
from checks.core import Check, Limits, Selected, Severity

_KEPT = 4
"""So many platforms' suites are kept: those of a comparison, or of the runs that share a worker."""


def module_name(check_name: str) -> str:
    """The module a check stands in: `checks.subtitle.line_too_long` of `subtitle/line-too-long`."""
    return "checks." + check_name.replace("/", ".").replace("-", "_")


def all_names() -> list[str]:
    """The names of all checks, from their files; `fixes` is what mends their findings."""
    return list(_all_names())


@cache
def _all_names() -> tuple[str, ...]:
    root = Path(__file__).parent
    return tuple(
        sorted(
            f"{path.parent.name}/{path.stem.replace('_', '-')}"
            for path in root.glob("*/*.py")
            if not path.stem.startswith("_") and path.parent.name != "fixes"
        )
    )


def load(name: str) -> Check:
    """The check of a name that exists. A check that cannot be imported is a bug: it is never left out."""
    module = importlib.import_module(module_name(name))
    found = [value for value in vars(module).values() if isinstance(value, Check) and value.name == name]
    if len(found) != 1:
        raise TypeError(f"{module.__name__} must declare the check {name} once, not {len(found)} times")
    return found[0]


def suite(platform: Platform) -> list[Selected]:
    """The platform's checks with their limits. Raises InputError with every unknown check, key or bad limit.

    It is made once for as long as the same platform is asked about: that takes longer than to judge a small title.
    """
    return list(_suite(_Same(platform)))


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A platform as itself: its tables cannot be hashed, and nobody changes a platform that was loaded."""

    platform: Platform

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.platform is other.platform

    def __hash__(self) -> int:
        return id(self.platform)


@lru_cache(maxsize=_KEPT)
def _suite(same: _Same) -> tuple[Selected, ...]:
    platform, known = same.platform, all_names()
    faults: list[Fault] = []
    selected: list[Selected] = []
    for name, settings in platform.checks.items():
        if name not in known:
            faults.append(_unknown(settings, name, known))
            continue
        selected.append(_selected(load(name), settings, faults))
    faults += [_unknown(settings, name, known) for name, settings in platform.off.items() if name not in known]
    if faults:
        raise InputError(*faults)
    return tuple(selected)


def _unknown(settings: CheckSettings, name: str, known: Iterable[str]) -> Fault:
    allowed = f"{did_you_mean(name, known)}`releaseprint checks` lists them"
    return settings.fault(name, "", "there is no such check", allowed)


def _selected(found: Check, settings: CheckSettings, faults: list[Fault]) -> Selected:
    """The check with its limits, and with those of each case: the table's, as far as the case names no others."""
    cases = []
    for condition, case in settings.cases:
        if not conditions.can_ask(condition, found.on):
            wrong = f"{condition} is asked of media"
            faults.append(case.fault(found.name, "if", wrong, f"a check of {found.on.__name__} can ask for less"))
        whole = replace(case, limits={**settings.limits, **case.limits})
        cases.append((condition, _selected(found, whole, faults)))
    limits = _limits(found, settings, faults)
    severity = Severity[settings.severity.upper()]
    return Selected(found, limits, severity, settings.source, settings.verified_on, settings.reason, cases=tuple(cases))


def _limits(found: Check, settings: CheckSettings, faults: list[Fault]) -> Limits | None:
    if found.limits is None:
        faults.extend(settings.fault(found.name, key, "unknown key", "no limits") for key in settings.limits)
        return None
    try:
        return found.limits.model_validate(dict(settings.limits))
    except ValidationError as error:
        known = ", ".join(found.limits.model_fields)
        for item in error.errors(include_url=False):
            key = str(item["loc"][0]) if item["loc"] else ""
            message = item["msg"].removeprefix("Value error, ")
            wrong = "unknown key" if item["type"] == "extra_forbidden" else message[0].lower() + message[1:]
            faults.append(settings.fault(found.name, key, wrong, f"keys: {known}"))
        return None
