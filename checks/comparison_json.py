"""The JSON form of comparisons, described by comparison.schema.json: one array, whose findings are as in a report."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from checks.comparing import Change, Comparison
from checks.comparing_limits import CheckChange, KeyChange, PlatformChange
from checks.core import Finding, NotChecked
from checks.report import Report
from checks.report_json import to_dict

SCHEMA = "releaseprint/comparison/1"
"""Name and number of the form; the number grows when a key changes its meaning or goes."""

_OF_REPORT = ("platform", "window", "territory", "judged_at", "as_of", "tool_version", "verdict", "counts")


def dumps_all(comparisons: Iterable[Comparison], limits: PlatformChange | None = None) -> str:
    """The comparisons as JSON text."""
    return _text([to_data(item, limits) for item in comparisons])


def limits_dumps(limits: PlatformChange) -> str:
    """The limits alone as JSON text."""
    return _text(limits_data(limits))


def _text(value: object) -> str:
    """Sorted, in UTF-8; a lone surrogate, which UTF-8 cannot hold, stays an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, default=str)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"


def to_data(comparison: Comparison, limits: PlatformChange | None = None) -> dict[str, Any]:
    """One comparison as plain data; `limits` are those that changed, where two revisions of a platform judged."""
    old, new = to_dict(comparison.old), to_dict(comparison.new)
    then, now = _findings(comparison.old, old), _findings(comparison.new, new)
    return {
        "schema": SCHEMA,
        "title": {"id": comparison.new.title_id, "name": comparison.new.title_name},
        "old": {key: old[key] for key in _OF_REPORT},
        "new": {key: new[key] for key in _OF_REPORT},
        "by_words": comparison.by_words,
        "counts": {_word(change): count for change, count in comparison.counts.items()},
        "findings": [
            {
                "change": _word(item.change),
                "why": item.why,
                "old": then[item.old] if item.old else None,
                "new": now[item.new] if item.new else None,
            }
            for item in comparison.items
        ],
        "checks": {"came": list(comparison.came), "went": list(comparison.went)},
        "not_checked": {
            "stopped": _those(new["not_checked"], comparison.stopped),
            "started": _those(old["not_checked"], comparison.started),
        },
        "limits": limits_data(limits, comparison) if limits else None,
    }


def limits_data(limits: PlatformChange, comparison: Comparison | None = None) -> dict[str, Any]:
    """The limits that changed; each check with what became of its findings, if there is a comparison."""
    return {
        "old": {"id": limits.old.id, "revision": limits.old.revision, "source": limits.old.source},
        "new": {"id": limits.new.id, "revision": limits.new.revision, "source": limits.new.source},
        "package": [_key(item) for item in limits.package],
        "checks": [_check(item, comparison) for item in limits.checks],
    }


def _check(item: CheckChange, comparison: Comparison | None) -> dict[str, Any]:
    said: dict[str, Any] = {
        "check": item.check,
        "change": str(item.fate),
        "keys": [_key(key) for key in item.keys],
        "old_source": item.old_source,
        "new_source": item.new_source,
    }
    if comparison is not None:
        own = comparison.counts_by_check.get(item.check, Counter())
        said["findings"] = {_word(change): own.get(change, 0) for change in Change}
        for key in said["keys"]:
            if (alone := comparison.by_limit.get((item.check, key["key"]))) is not None:
                key["findings"] = {_word(change): count for change, count in alone.items()}
    return said


def _key(item: KeyChange) -> dict[str, Any]:
    return {"key": item.key, "old": item.old, "new": item.new}


def _word(change: Change) -> str:
    return str(change).replace(" ", "_")


def _findings(report: Report, data: Mapping[str, Any]) -> dict[Finding, Any]:
    standing = dict(zip(report.findings, data["findings"], strict=True))
    waived = (finding for finding in report.waived if finding.waiver)
    return standing | {finding: item["finding"] for finding, item in zip(waived, data["waived"], strict=True)}


def _those(items: Iterable[dict[str, Any]], wanted: Iterable[NotChecked]) -> list[dict[str, Any]]:
    """The wanted ones of what a report says was left out."""
    places = {(one.check, one.asset) for one in wanted}
    return [item for item in items if (item["check"], item["asset"]) in places]
