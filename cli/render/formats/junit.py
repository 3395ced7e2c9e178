"""JUnit XML as Jenkins, GitLab and others read it, valid to the schema of the Ant task (windyroad/JUnit-Schema).

A suite is a file judged by a platform, or the title as a whole; a case is a check. Only a finding that forbids delivery
fails a case. A required check that was not made is an error of its case, another one skips it. What is waived or only
warned of stands in the suite's output. Names of suites and cases are the same in every language: by them CI knows what
has failed before.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from checks.core import Finding, NotChecked, Severity
from checks.report import Report
from cli.render.applying import checks_of
from cli.render.batch import Batch, Format, Rendered
from cli.render.plain import token, xml_document, xml_text
from cli.render.qc_notes import waiver_lines
from cli.render.sheet import place_of
from cli.render.words import count_text, time_text

if TYPE_CHECKING:
    from lxml import etree

_THE_TITLE = "the title as a whole"


@dataclass(slots=True)
class _Case:
    """What a check said of one file."""

    findings: list[Finding] = field(default_factory=list)
    missing: list[NotChecked] = field(default_factory=list)


def render(batch: Batch) -> Rendered:
    """One document for all reports, with a suite for what could not be read."""
    from lxml import etree

    root = etree.Element("testsuites")
    for report in batch.reports:
        for asset, cases in _suites(report).items():
            _write(root, batch, report, asset, cases)
    if batch.unread:
        _write_unread(root, batch)
    return Rendered(xml_document(root))


def _suites(report: Report) -> dict[str, dict[str, _Case]]:
    """The cases of each file by check, in the report's order; the title comes first, under an empty name."""
    suites: dict[str, dict[str, _Case]] = {"": defaultdict(_Case)}
    for asset in report.assets:
        suites.setdefault(asset.name, defaultdict(_Case))
    kinds = {"": "", **{asset.name: asset.kind for asset in report.assets}}
    for name, kind in kinds.items():
        for check in checks_of(report.checks_run, kind):
            suites[name][check] = _Case()
    for finding in report.findings:
        suites.setdefault(finding.asset, defaultdict(_Case))[finding.check].findings.append(finding)
    for item in report.not_checked:
        suites.setdefault(item.asset, defaultdict(_Case))[item.check].missing.append(item)
    for finding in report.waived:
        suites.setdefault(finding.asset, defaultdict(_Case))
    return suites


def _write(root: "etree._Element", batch: Batch, report: Report, asset: str, cases: dict[str, _Case]) -> None:
    from lxml import etree

    window = f" {report.window}" if report.window else ""
    name = f"{report.title_id} {report.platform}{window}: {asset or _THE_TITLE}"
    suite = _suite(root, name, report.title_id)
    suite.set("timestamp", _stamp(report.judged_at))
    properties = etree.SubElement(suite, "properties")
    for key, value in _properties(report, asset):
        etree.SubElement(properties, "property", name=key, value=xml_text(value))
    counts = {"failure": 0, "error": 0, "skipped": 0}
    for check, case in sorted(cases.items()):
        place = "/".join(filter(None, (report.title_id, f"{report.platform}{window}", asset)))
        element = etree.SubElement(suite, "testcase", name=token(check), classname=token(place), time="0")
        if kind := _outcome(element, batch, case):
            counts[kind] += 1
    etree.SubElement(suite, "system-out").text = "\n".join(_output(batch, report, asset, cases))
    etree.SubElement(suite, "system-err")
    _count(suite, len(cases), counts)


def _stamp(at: datetime) -> str:
    """An instant in UTC, without its offset: the schema takes none."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _suite(root: "etree._Element", name: str, package: str) -> "etree._Element":
    from lxml import etree

    number = str(len(root))
    return etree.SubElement(
        root, "testsuite", name=token(name), package=token(package), id=number, hostname="localhost"
    )


def _count(suite: "etree._Element", tests: int, counts: dict[str, int]) -> None:
    suite.set("tests", str(tests))
    suite.set("failures", str(counts["failure"]))
    suite.set("errors", str(counts["error"]))
    suite.set("skipped", str(counts["skipped"]))
    suite.set("time", "0")


def _properties(report: Report, asset: str) -> Iterator[tuple[str, str]]:
    yield "platform", report.platform
    yield "revision", report.revision
    yield "releaseprint", report.tool_version
    yield "verdict", str(report.verdict)
    yield from (("sha256", item.sha256) for item in report.assets if item.name == asset)


def _outcome(element: "etree._Element", batch: Batch, case: _Case) -> str:
    """Write what became of a case; `failure`, `error`, `skipped`, or nothing if it passed."""
    from lxml import etree

    worst = [finding for finding in case.findings if finding.severity is Severity.ERROR]
    required = [item for item in case.missing if item.required]
    lines = [*(xml_text(batch.phrase(item.reason)) for item in case.missing)]
    lines += [_line(batch, finding) for finding in worst]
    kind = "error" if required else "failure" if worst else "skipped" if case.missing and not case.findings else ""
    if kind:
        found = etree.SubElement(element, kind, message=xml_text(_message(batch, case, worst, required)))
        found.text = "\n".join(lines)
        if kind != "skipped":
            found.set("type", "not-checked" if required else "finding")
    return kind


def _message(batch: Batch, case: _Case, worst: Sequence[Finding], required: Sequence[NotChecked]) -> str:
    """What a list of cases shows of one: why it was not made, or its first finding and how many more there are."""
    if required or not worst:
        return batch.phrase((required or case.missing)[0].reason)
    more = count_text(len(worst) - 1, "more finding")
    return batch.message(worst[0]) + (f" ({batch.phrase(f'and {more}')})" if worst[1:] else "")


def _line(batch: Batch, finding: Finding) -> str:
    time = "" if finding.at.start is None else time_text(finding.at.start, None)
    place = batch.phrase(", ").join(filter(None, (time, batch.phrase(place_of(finding)))))
    said = f"{batch.message(finding)} [{finding.source}]"
    return xml_text(f"{place}: {said}" if place else said)


def _output(batch: Batch, report: Report, asset: str, cases: dict[str, _Case]) -> Iterator[str]:
    """What fails no case: warnings, notes, and what somebody answers for."""
    for check, case in sorted(cases.items()):
        for finding in case.findings:
            if finding.severity is not Severity.ERROR:
                yield f"{batch.phrase(str(finding.severity))}: {xml_text(check)}: {_line(batch, finding)}"
    for finding in report.waived:
        if finding.asset == asset:
            yield f"{batch.phrase('waived')}: {xml_text(finding.check)}: {_line(batch, finding)}"
            yield from (f"  {xml_text(batch.phrase(line))}" for line in waiver_lines(finding))


def _write_unread(root: "etree._Element", batch: Batch) -> None:
    from lxml import etree

    suite = _suite(root, "inputs", "inputs")
    suite.set("timestamp", _stamp(batch.now))
    etree.SubElement(suite, "properties")
    faults = [fault for error in batch.unread for fault in error.faults]
    for fault in faults:
        place = f"{fault.path}: {fault.place}" if fault.place else fault.path
        case = etree.SubElement(suite, "testcase", name=token(place), classname="inputs", time="0")
        etree.SubElement(case, "error", message=xml_text(str(fault)), type="unreadable").text = xml_text(str(fault))
    etree.SubElement(suite, "system-out")
    etree.SubElement(suite, "system-err")
    _count(suite, len(faults), {"failure": 0, "error": len(faults), "skipped": 0})


FORMAT = Format("junit", "JUnit XML", render)
