"""SARIF 2.1.0 (OASIS), for code scanning: one run a report, with lines and columns where a file has them.

GitHub takes 20 runs in a file and 25,000 results in a run: the worst come first, and what is left out is said in the
run and to the operator. A required check that was not made is a result; of the others that were not, the run notifies.
"""

import json
import re
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from assets.errors import Fault
from checks.core import Finding, Severity
from checks.report import Report, Verdict
from cli.render import sarif_rules
from cli.render.batch import Batch, Format, Rendered
from cli.render.places import line_of_fault
from cli.render.sarif_results import BASE, Results, location_of
from cli.render.words import count_text, visible

MOST_RUNS = 20
MOST_RESULTS = 25_000

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_SURROGATE = re.compile("[\ud800-\udfff]")


def render(batch: Batch) -> Rendered:
    """The log of a run: what was found, what somebody answers for, what was not checked."""
    order = {Verdict.INCOMPLETE: 0, Verdict.FAIL: 1, Verdict.PASS: 2}
    reports = batch.reports
    if len(reports) > MOST_RUNS:
        reports = tuple(sorted(reports, key=lambda report: order[report.verdict]))[:MOST_RUNS]
    left = len(batch.reports) - len(reports)
    notices = [f"{count_text(left, 'report')} left out: GitHub takes {MOST_RUNS} runs in a file"] if left else []
    runs: list[dict[str, Any]] = []
    for report in reports:
        run, dropped = _run(batch, report, notices if not runs else [])
        runs.append(run)
        notices += dropped
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": runs or [_empty(batch)]}
    text = json.dumps(log, ensure_ascii=False, allow_nan=False)
    text = _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return Rendered(f"{text}\n", tuple(f"sarif: {notice}" for notice in notices))


def _run(batch: Batch, report: Report, notices: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """The run of a report, and what of it was left out."""
    rules = sarif_rules.rules(report)
    findings = [*report.findings, *report.waived]
    required = [item for item in report.not_checked if item.required]
    dropped = []
    if len(findings) + len(required) > MOST_RESULTS:
        findings.sort(key=_rank)
        room = max(0, MOST_RESULTS - len(required))
        dropped.append(
            f"{report.title_id}: {count_text(len(findings) - room, 'result')} left out: "
            f"GitHub takes {MOST_RESULTS} in a run"
        )
        findings = findings[:room]
    made = Results(batch, report, rules)
    results = [made.found(finding) for finding in findings]
    results += [made.open(item) for item in required[:MOST_RESULTS]]
    invocation = _invocation(batch, report, [*notices, *dropped])
    invocation["toolExecutionNotifications"] += [
        made.left_out(item) for item in report.not_checked if not item.required
    ]
    window = f"/{report.window}" if report.window else ""
    run = {
        "language": batch.language,
        "tool": {"driver": sarif_rules.driver(report.tool_version, rules, batch.language)},
        "automationDetails": {"id": visible(f"releaseprint/{report.title_id}/{report.platform}{window}/")},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {
            BASE: {"description": {"text": batch.phrase("The catalogue, or the work tree around it.")}}
        },
        "artifacts": [_artifact(batch, report, index) for index in range(len(report.assets))],
        "invocations": [invocation],
        "results": results,
        "properties": _properties(report),
    }
    return run, dropped


def _rank(finding: Finding) -> tuple[bool, int]:
    return finding.waiver is not None, -finding.severity


def _artifact(batch: Batch, report: Report, index: int) -> dict[str, Any]:
    asset = report.assets[index]
    found: dict[str, Any] = {
        "location": location_of(batch.places.path(report, asset.name)),
        "roles": ["analysisTarget"],
        "properties": {"kind": visible(asset.kind), "language": visible(asset.language), "facts": visible(asset.facts)},
    }
    if asset.sha256:
        found["length"] = asset.size
        found["hashes"] = {"sha-256": asset.sha256}
    return found


def _invocation(batch: Batch, report: Report | None, notices: Sequence[str]) -> dict[str, Any]:
    """Whether all was judged, and what could not be read."""
    complete = not batch.unread and (report is None or report.verdict is not Verdict.INCOMPLETE)
    found = [_notification(batch, fault) for error in batch.unread for fault in error.faults]
    found += [{"level": "warning", "message": {"text": visible(batch.phrase(notice))}} for notice in notices]
    ended = report.judged_at if report else batch.now
    return {
        "executionSuccessful": complete,
        "endTimeUtc": ended.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "toolExecutionNotifications": found,
    }


def _notification(batch: Batch, fault: Fault) -> dict[str, Any]:
    found: dict[str, Any] = {"level": "error", "message": {"text": visible(str(fault))}}
    if fault.path:
        place: dict[str, Any] = {"artifactLocation": location_of(batch.places.path_of_fault(fault.path))}
        if line := line_of_fault(fault):
            place["region"] = {"startLine": line}
        found["locations"] = [{"physicalLocation": place}]
    return found


def _properties(report: Report) -> dict[str, Any]:
    return {
        "title": visible(report.title_name),
        "platform": visible(report.platform),
        "revision": visible(report.revision),
        "verdict": str(report.verdict),
        "errors": report.count(Severity.ERROR),
    }


def _empty(batch: Batch) -> dict[str, Any]:
    """The run of a batch without a report: it says what could not be read."""
    driver = sarif_rules.driver("", sarif_rules.NO_RULES)
    return {"tool": {"driver": driver}, "invocations": [_invocation(batch, None, [])], "results": []}


FORMAT = Format("sarif", "SARIF 2.1.0", render)
