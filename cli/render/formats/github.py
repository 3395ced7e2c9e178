"""Workflow commands of GitHub Actions: annotations on files and lines of a pull request.

GitHub shows ten annotations of each kind for a step; the rest is told in a line of its own instead of being dropped.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from assets.errors import Fault
from checks.core import Finding, Severity
from checks.report import Report
from cli.render.batch import Batch, Format, Rendered
from cli.render.places import line_of_fault
from cli.render.sheet import LeftOut, not_checked
from cli.render.words import count_text, visible

MOST = 10
"""Annotations of one kind that GitHub shows for a step."""

_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


@dataclass(frozen=True, slots=True)
class _Annotation:
    kind: str
    title: str
    message: str
    path: str = ""
    line: int | None = None
    columns: tuple[int, int] | None = None


def render(batch: Batch) -> Rendered:
    """What could not be read, errors, what could not be checked; then warnings, then notes."""
    left: Counter[str] = Counter()
    shown: dict[str, list[str]] = {kind: [] for kind in _KINDS.values()}
    for kind, annotation in _annotations(batch):
        if len(shown[kind]) < MOST:
            shown[kind].append(_command(annotation()))
        else:
            left[kind] += 1
    lines = [line for kind in shown.values() for line in kind]
    if left:
        rest = ", ".join(count_text(number, kind) for kind, number in left.items())
        lines.append(batch.phrase(f"more than GitHub shows: {rest}; the report has them"))
    return Rendered("".join(f"{line}\n" for line in lines))


def _annotations(batch: Batch) -> Iterator[tuple[str, Callable[[], _Annotation]]]:
    """The kind of each, and what makes it: of 20,000 few are shown."""
    for fault in (fault for error in batch.unread for fault in error.faults):
        yield "error", partial(_unreadable, batch, fault)
    for report in batch.reports:
        for finding in report.findings:
            yield _KINDS[finding.severity], partial(_annotation, batch, report, finding)
    for report in batch.reports:
        for item in (item for item in not_checked(report) if item.required):
            yield "error", partial(_left_out, batch, report, item)


def _unreadable(batch: Batch, fault: Fault) -> _Annotation:
    path = batch.places.path_of_fault(fault.path)
    return _Annotation("error", batch.phrase("cannot be read"), str(fault), path, line_of_fault(fault))


def _left_out(batch: Batch, report: Report, item: LeftOut) -> _Annotation:
    """Required checks that were not made for one reason: one annotation, so that findings keep theirs."""
    path = batch.places.path(report, item.assets[0] if item.assets else "title.toml")
    missing = count_text(len(item.checks), "required check")
    title = f"{batch.phrase(f'{missing} not made')} ({report.platform})"
    return _Annotation("error", title, f"{batch.phrase(item.reason)}: {', '.join((*item.assets, *item.checks))}", path)


def _annotation(batch: Batch, report: Report, finding: Finding) -> _Annotation:
    spot = batch.places.spot(report, finding)
    place = f"{batch.phrase(finding.at.label)}: " if finding.at.label else ""
    return _Annotation(
        _KINDS[finding.severity],
        f"{finding.check} ({report.platform})",
        f"{place}{batch.message(finding)} [{finding.source}]",
        spot.path,
        spot.line,
        (spot.columns.start, spot.columns.end) if spot.columns else None,
    )


def _command(item: _Annotation) -> str:
    """`::error file=…,line=…,title=…::message`; columns are inclusive here."""
    values = [("file", item.path)] if item.path else []
    if item.path and item.line:
        values.append(("line", str(item.line)))
        if item.columns:
            first, after = item.columns
            values += [("endLine", str(item.line)), ("col", str(first)), ("endColumn", str(after - 1))]
    values.append(("title", item.title))
    said = ",".join(f"{name}={_property(value)}" for name, value in values)
    return f"::{item.kind} {said}::{_data(item.message)}"


def _data(text: str) -> str:
    """A message: after `%`, which begins an escape, nothing can end the line or begin another command."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMAT = Format("github", "annotations of GitHub Actions", render)
