"""A comparison arranged for reading: its headings in their order, its rows, and the limits that changed, in words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from checks.comparing import Change, Comparison
from checks.comparing_limits import CheckChange, Fate, KeyChange
from checks.core import NotChecked
from checks.report import Report
from checks.report_json import frame_rate
from cli.render.sheet import place_of
from cli.render.words import time_text

HEADINGS = {
    Change.NEW: "New",
    Change.NOT_SEEN_THEN: "Not looked for then",
    Change.GRAVER: "Graver than then",
    Change.UNWAIVED: "No longer waived",
    Change.MILDER: "Milder than then",
    Change.WAIVED: "Waived since",
    Change.NOT_SEEN_NOW: "Not looked for now, so that nobody can say whether it is mended",
    Change.FIXED: "Fixed",
    Change.UNCHANGED: "Unchanged",
}
"""In the order in which they are shown."""

BY_WORDS = (
    "The older report has no fingerprints: findings are compared by what they say, so that another limit makes another "
    "finding."
)


@dataclass(frozen=True, slots=True)
class Row:
    """A finding as it is shown: its severity, where it is, what it says with what is another now, and its check."""

    severity: str
    where: str
    what: str
    check: str


def rows(comparison: Comparison, change: Change) -> Iterator[Row]:
    """The findings with one change, in the order of the comparison."""
    rates = {
        id(report): {asset.name: frame_rate(asset.frame_rate) for asset in report.assets}
        for report in (comparison.old, comparison.new)
    }
    for item in comparison.those(change):
        finding = item.finding
        rate = rates[id(comparison.new if item.new else comparison.old)].get(finding.asset)
        time = "" if finding.at.start is None else time_text(finding.at.start, rate)
        where = ", ".join(filter(None, (finding.asset, place_of(finding), time)))
        what = f"{finding.message} ({item.why})" if item.why else finding.message
        was = (
            f", was {item.old.severity}" if item.old and item.new and item.old.severity is not finding.severity else ""
        )
        yield Row(f"{finding.severity}{was}", where, what, finding.check)


def counts_text(comparison: Comparison) -> str:
    """`14 new, 2 fixed, 30 unchanged`: what there is of each change, in the order of the headings."""
    counts = comparison.counts
    return ", ".join(f"{counts[change]} {change}" for change in HEADINGS if counts[change]) or "no findings in either"


def report_text(report: Report) -> str:
    """Which of two reports is meant."""
    judged = report.judged_at.isoformat(sep=" ", timespec="seconds")
    window = f", window {report.window}" if report.window else ""
    spec = f"{report.platform_name} ({report.platform}), revision {report.revision}{window}"
    return f"{str(report.verdict).upper()} by {spec}, judged {judged} by releaseprint {report.tool_version}"


def key_text(item: KeyChange) -> str:
    """`max_cpl.ko: 18 -> 16`."""
    return f"{item.key}: {_value(item.old)} -> {_value(item.new)}"


def _value(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, list):
        return ", ".join(map(_value, value)) or "nothing"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def limits_text(item: CheckChange) -> str:
    """What is another of one check, in one line; of one that came or went what it asks for."""
    if item.fate is Fate.CHANGED:
        return "; ".join(map(key_text, item.keys))
    values = (f"{key.key} {_value(key.old if item.fate is Fate.DROPPED else key.new)}" for key in item.keys)
    return ": ".join(filter(None, (str(item.fate), "; ".join(values))))


def clause_text(item: CheckChange) -> str:
    """The clause of a limit, then and now."""
    if item.old_source == item.new_source or not (item.old_source and item.new_source):
        return item.new_source or item.old_source
    return f"{item.new_source}; before: {item.old_source}"


def found_text(comparison: Comparison, check: str) -> str:
    """What became of a check's findings: `14 new, 1 graver`; nothing if it has none that changed."""
    own = [item.change for item in comparison.items if item.finding.check == check]
    changes = [change for change in HEADINGS if change is not Change.UNCHANGED]
    return ", ".join(f"{own.count(change)} {change}" for change in changes if change in own)


def left_out_text(item: NotChecked) -> str:
    """A check that was left out: of which file, and why."""
    required = " (required)" if item.required else ""
    return ": ".join(filter(None, (f"{item.check}{required}", item.asset, item.reason)))
