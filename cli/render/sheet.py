"""A report arranged for reading: findings by asset in time order, counts by family, what was not checked."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from checks.core import Finding, Severity
from checks.report import AssetRecord, Report, Verdict
from checks.report_json import frame_rate
from cli.render.words import count_text, duration_text, time_text

ABOUT_THE_TITLE = "Title, metadata and rights"
"""Heading of the findings that are about no single file."""

SEVERITIES = tuple(sorted(Severity, reverse=True))
"""The severities, worst first."""


BORDERLINE = "borderline: passes one reading of the clause and fails another"
"""What is said of a borderline finding."""


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one asset in time order; `asset` is None for those about the title as a whole."""

    name: str
    asset: AssetRecord | None
    findings: tuple[Finding, ...]

    @property
    def rate(self) -> Fraction | None:
        """The frame rate that timecode in this group counts at, or None if there is none."""
        return frame_rate(self.asset.frame_rate) if self.asset else None

    @property
    def counts(self) -> str:
        """`3 errors, 1 note`, or `no findings`."""
        return counts_text(self.findings)


def groups(report: Report) -> list[Group]:
    """The title's findings if it has any, then every asset in the report's order, also one without findings."""
    return _grouped(report, report.findings)


def groups_of(report: Report, findings: Iterable[Finding]) -> list[Group]:
    """Some findings of a report in the order of `groups`, without assets that have none."""
    return [group for group in _grouped(report, findings) if group.findings]


def _grouped(report: Report, findings: Iterable[Finding]) -> list[Group]:
    found: dict[str, list[Finding]] = {"": []}
    assets: dict[str, AssetRecord] = {}
    for asset in report.assets:
        assets.setdefault(asset.name, asset)
        found.setdefault(asset.name, [])
    for finding in findings:
        found.setdefault(finding.asset, []).append(finding)
    return [
        Group(name or ABOUT_THE_TITLE, assets.get(name), tuple(sorted(items, key=_by_time)))
        for name, items in found.items()
        if name or items
    ]


def _by_time(finding: Finding) -> tuple[bool, int, int, int]:
    """What is about the whole file first; then time, and the line of a text file; worst first at one place."""
    start, line = finding.at.start, finding.at.line
    return start is not None, start or 0, line or 0, -finding.severity


def counts_text(findings: Iterable[Finding]) -> str:
    """How many findings of each severity, worst first; severities that do not occur are left out."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(count_text(counts[item], str(item)) for item in SEVERITIES if counts[item]) or "no findings"


def families(report: Report) -> dict[str, Mapping[Severity, int]]:
    """The families of the checks that ran or found something, sorted, each with its findings by severity."""
    names = {*report.checks_run, *(finding.check for finding in report.findings)}
    counts: dict[str, Counter[Severity]] = {family_of(name): Counter() for name in sorted(names)}
    for finding in report.findings:
        counts[family_of(finding.check)][finding.severity] += 1
    return dict(counts)


def family_of(check: str) -> str:
    """`subtitle` of `subtitle/line-too-long`."""
    return check.split("/", maxsplit=1)[0]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Checks that did not run on some files (none: on the title as a whole) for one reason."""

    checks: tuple[str, ...]
    assets: tuple[str, ...]
    reason: str
    required: bool


def not_checked(report: Report) -> list[LeftOut]:
    """What was not checked, required first; checks with one reason and the same files together."""
    files: dict[tuple[str, bool, str], list[str]] = {}
    for item in sorted(report.not_checked, key=lambda item: not item.required):
        files.setdefault((item.check, item.required, item.reason), []).append(item.asset)
    alike: dict[tuple[bool, str, tuple[str, ...]], list[str]] = {}
    for (check, required, reason), assets in files.items():
        alike.setdefault((required, reason, tuple(filter(None, assets))), []).append(check)
    return [LeftOut(tuple(checks), assets, reason, required) for (required, reason, assets), checks in alike.items()]


def verdict_text(report: Report) -> str:
    """What the verdict means, in one sentence."""
    errors = report.count(Severity.ERROR)
    found = "1 error forbids delivery" if errors == 1 else f"{errors} errors forbid delivery"
    if report.verdict is Verdict.INCOMPLETE:
        missing = count_text(sum(item.required for item in report.not_checked), "required check")
        return f"{missing} could not run, which is not a pass{f'; {found}' if errors else ''}."
    if report.verdict is Verdict.FAIL:
        return f"{found}."
    waived = sum(finding.severity is Severity.ERROR for finding in report.waived)
    if waived:
        return f"Nothing forbids delivery: {count_text(waived, 'error')} {'is' if waived == 1 else 'are'} waived."
    return "Nothing was found that forbids delivery."


def limits_of(finding: Finding) -> list[tuple[str, str]]:
    """The measured and allowed values that the message does not state itself."""
    pairs = (("measured", finding.measured), ("allowed", finding.allowed))
    return [(name, value) for name, value in pairs if value and not _states(finding, name, value)]


def _states(finding: Finding, name: str, value: str) -> bool:
    if f"{{{name}" in finding.template:
        return True
    return re.search(rf"(?<![\w.]){re.escape(value)}(?!\w|\.\d)", finding.message) is not None


def duration_of(asset: AssetRecord, *, short: bool = False) -> str:
    """How long an asset runs: `01:24:00:00 (1 h 24 min 5 s)`, frames and clock; without the clock if `short`."""
    if asset.duration is None:
        return ""
    exact = time_text(asset.duration, frame_rate(asset.frame_rate))
    return exact if short else f"{exact} ({duration_text(asset.duration)})"


def place_of(finding: Finding) -> str:
    """`cue 12, line 47`: where in the asset, apart from the time. A place that is the line itself is named once."""
    line = f"line {finding.at.line}" if finding.at.line else ""
    return ", ".join(part for part in dict.fromkeys((finding.at.label, line)) if part)
