"""The findings as CSV (RFC 4180), for a spreadsheet: Subtitle Edit's four columns, and what they leave open.

The first four are those of Subtitle Edit's quality report: the cue's number, its in-cue by the clock, its text, what is
wrong. A byte order mark tells spreadsheet programs that it is UTF-8.
"""

import re
from collections.abc import Iterator
from itertools import chain

from assets.timing import ms_text
from checks.codes import code_of, grade_of
from checks.core import Finding
from checks.report import Report
from cli.render.batch import Batch, Format, Rendered
from cli.render.places import line_of_fault
from cli.render.plain import cell

COLUMNS = ("LineNumber", "TimeCode", "Context", "Comment")
MORE = (
    "File",
    "Line",
    "Severity",
    "Check",
    "State",
    "Title",
    "Platform",
    "Window",
    "Category",
    "Term",
    "Netflix",
    "Prime",
)

_CUE = re.compile(r"cues? ([0-9]+)")


def render(batch: Batch) -> Rendered:
    """A row for each finding, each waived one, and each check that was not made."""
    import csv
    from io import StringIO

    file = StringIO()
    writer = csv.writer(file)
    writer.writerow((*COLUMNS, *MORE))
    for row in chain(*(_rows(batch, report) for report in batch.reports), _unread(batch)):
        cells = [cell(text) for text in row]
        writer.writerow(cells + [""] * (len(COLUMNS) + len(MORE) - len(cells)))
    return Rendered("\ufeff" + file.getvalue())


def _unread(batch: Batch) -> Iterator[tuple[str, ...]]:
    for fault in (fault for error in batch.unread for fault in error.faults):
        said = f"{fault.wrong}; {fault.allowed}" if fault.allowed else fault.wrong
        path, line = batch.places.path_of_fault(fault.path), str(line_of_fault(fault) or "")
        yield "", "", fault.place, said, path, line, "error", "", "unreadable"


def _rows(batch: Batch, report: Report) -> Iterator[tuple[str, ...]]:
    about = report.title_id, report.platform, report.window
    for finding, state in chain(
        ((finding, "found") for finding in report.findings), ((finding, "waived") for finding in report.waived)
    ):
        yield (*_of(batch, report, finding), state, *about, *_codes(finding))
    for item in report.not_checked:
        path = batch.places.path(report, item.asset) if item.asset else ""
        severity = "required" if item.required else "optional"
        yield ("", "", "", batch.phrase(item.reason), path, "", severity, item.check, "not checked", *about)


def _of(batch: Batch, report: Report, finding: Finding) -> tuple[str, ...]:
    spot, at = batch.places.spot(report, finding), finding.at
    cue = _CUE.match(at.label)
    return (
        cue[1] if cue else "",
        "" if at.start is None else ms_text(at.start).replace(".", ","),
        at.words or batch.phrase(at.label),
        batch.message(finding),
        spot.path,
        str(spot.line or ""),
        str(finding.severity),
        finding.check,
    )


def _codes(finding: Finding) -> tuple[str, ...]:
    code, grade = code_of(finding.check), grade_of(finding)
    return code.category, code.term, grade.netflix, grade.prime


FORMAT = Format("csv", "CSV with Subtitle Edit's columns", render)
