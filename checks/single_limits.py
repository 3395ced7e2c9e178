"""Of several limits of a check that changed, what each does alone: the earlier platform with that one changed.

A finding does not name the limit that it breaks, and a limit may stand for a language or a kind of track: only judging
tells which of them makes it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assets.errors import InputError
from assets.platform import CheckSettings, Platform
from checks import suites
from checks.comparing import Change, Comparison
from checks.comparing_limits import ORDER, SEVERITY, PlatformChange, of_case

_ABSENT = object()


def with_one(limits: PlatformChange, check: str, key: str) -> Platform | None:
    """The earlier platform with one key of a check as it is now, and with that check alone.

    None if that is no spec, as where a smallest value is above the largest that it had.
    """
    found = replace(limits.old, checks={check: _settings(limits.old.checks[check], limits.new.checks[check], key)})
    try:
        suites.suite(found)
    except InputError:
        return None
    return found


def effect(whole: Comparison, check: str, alone: Comparison) -> Counter[Change]:
    """How many findings of a check changed as they do where one of its keys changed `alone`."""
    known = {(item.finding.fingerprint, item.change) for item in alone.items if item.finding.check == check}
    return Counter(
        item.change
        for item in whole.items
        if item.change is not Change.UNCHANGED and (item.finding.fingerprint, item.change) in known
    )


def _settings(old: CheckSettings, new: CheckSettings, key: str) -> CheckSettings:
    """The earlier settings with the key, named as `compare_platforms` names it, of the newer ones."""
    if key == SEVERITY:
        # A case that says nothing of its severity has that of the table.
        follow = ((when, case) for when, case in old.cases if case.severity == old.severity)
        moved = {str(when): replace(case, severity=new.severity) for when, case in follow}
        cases = tuple((when, moved.get(str(when), case)) for when, case in old.cases)
        return replace(old, severity=new.severity, cases=cases)
    if key == ORDER:
        order = [str(when) for when, _ in new.cases]
        known = sorted(
            (item for item in old.cases if str(item[0]) in order), key=lambda item: order.index(str(item[0]))
        )
        return replace(old, cases=(*known, *(item for item in old.cases if str(item[0]) not in order)))
    for when, _ in (*old.cases, *new.cases):
        if key.startswith(of_case(when)):
            return _case(old, new, str(when), key.removeprefix(of_case(when)))
    return replace(old, limits=_limits(old.limits, new.limits, key))


def _case(old: CheckSettings, new: CheckSettings, name: str, key: str) -> CheckSettings:
    """With the key of one case; a case that only one of them has comes or goes as a whole."""
    then, now = ({str(when): (when, case) for when, case in side.cases} for side in (old, new))
    if name not in now:
        return replace(old, cases=tuple(item for item in old.cases if str(item[0]) != name))
    if name not in then:
        both = (then.get(str(item[0]), item) for item in new.cases if str(item[0]) in {*then, name})
        return replace(old, cases=(*both, *(item for item in old.cases if str(item[0]) not in now)))
    changed = _settings(then[name][1], now[name][1], key)
    return replace(old, cases=tuple((when, changed if str(when) == name else case) for when, case in old.cases))


def _limits(old: Mapping[str, Any], new: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Limits with one value of the newer ones; `max_cpl.ko` is a value of the table `max_cpl`."""
    found = dict(old)
    for name in dict.fromkeys((*old, *new)):
        then, now = old.get(name, _ABSENT), new.get(name, _ABSENT)
        if name == key:
            found.pop(name, None)
            if now is not _ABSENT:
                found[name] = now
        elif key.startswith(f"{name}.") and (isinstance(then, Mapping) or isinstance(now, Mapping)):
            then, now = (value if isinstance(value, Mapping) else {} for value in (then, now))
            found[name] = _limits(then, now, key.removeprefix(f"{name}."))
    return found
