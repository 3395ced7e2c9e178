"""A summary in GitHub's Markdown, for `$GITHUB_STEP_SUMMARY`, a merge request or a mail."""

import re
from collections.abc import Iterator

from checks.core import Finding
from checks.report import Report, Verdict
from cli.render.batch import Batch, Format, Rendered
from cli.render.sheet import SEVERITIES, counts_text, not_checked, verdict_text
from cli.render.words import count_text, time_text, visible

MOST_BYTES = 1_000_000
"""GitHub takes 1 MiB for a step; what is longer it drops as a whole."""

MOST_FINDINGS = 50
"""Of one report: the worst are shown, the others counted."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~@$#]|(?<=www)\.|:(?=//))")
_SIGNS = {Verdict.PASS: "✅", Verdict.FAIL: "❌", Verdict.INCOMPLETE: "⚠️"}


def render(batch: Batch) -> Rendered:
    """A table of verdicts, those that pass last; then each title's worst findings, as far as there is room."""
    parts = ["\n".join(_verdicts(batch)), *_unread(batch)]
    size, left = sum(len(part.encode()) for part in parts), 0
    for report in batch.reports:
        part = "\n".join(_section(batch, report))
        size += len(part.encode())
        if size <= MOST_BYTES and not left:
            parts.append(part)
        else:
            left += 1
    if not left:
        return Rendered("\n".join(parts))
    rest = f"{count_text(left, 'report')} left out: the summary would be too long"
    return Rendered("\n".join([*parts, f"{batch.phrase(f'{rest}.')}\n"]), (f"markdown: {rest}",))


def _verdicts(batch: Batch) -> Iterator[str]:
    yield f"## {batch.phrase('QC report')}\n"
    if not batch.reports:
        yield f"{batch.phrase('nothing to check')}\n"
        return
    heads = ("title", "platform", "window", "verdict", "findings", "waived", "not checked")
    yield row("", *map(batch.phrase, heads))
    yield "|---|---|---|---|---|---|---|---|"
    room = MOST_BYTES // 2
    for number, report in enumerate(sorted(batch.reports, key=lambda report: report.verdict is Verdict.PASS)):
        line = _verdict(batch, report)
        room -= len(line.encode())
        if room < 0:
            yield f"\n{batch.phrase(f'{len(batch.reports) - number} more are in the report.')}"
            break
        yield line
    yield ""


def _verdict(batch: Batch, report: Report) -> str:
    return row(
        _SIGNS[report.verdict],
        report.title_name,
        f"{report.platform_name}, {report.revision}",
        report.window,
        batch.phrase(str(report.verdict)),
        batch.phrase(counts_text(report.findings)),
        str(len(report.waived)),
        str(len(report.not_checked)),
    )


def _unread(batch: Batch) -> Iterator[str]:
    if batch.unread:
        faults = [str(fault) for error in batch.unread for fault in error.faults]
        lines = [f"- {escaped(fault)}" for fault in faults[:MOST_FINDINGS]]
        rest = [f"- and {len(faults) - MOST_FINDINGS} more"] if len(faults) > MOST_FINDINGS else []
        yield "\n".join([f"### {batch.phrase('Cannot be read')}\n", *lines, *rest, ""])


def _section(batch: Batch, report: Report) -> Iterator[str]:
    missing = [item for item in not_checked(report) if item.required]
    if not report.findings and not missing:
        return
    yield f"### {escaped(report.title_name)}\n"
    yield f"{escaped(batch.phrase(verdict_text(report)))}\n"
    if report.findings:
        yield row(*map(batch.phrase, ("severity", "where", "what", "check")))
        yield "|---|---|---|---|"
        worst = sorted(report.findings, key=lambda finding: SEVERITIES.index(finding.severity))
        yield from (_finding(batch, report, finding) for finding in worst[:MOST_FINDINGS])
        yield ""
        if len(worst) > MOST_FINDINGS:
            yield f"{batch.phrase(f'{len(worst) - MOST_FINDINGS} more are in the report.')}\n"
    for item in missing[:MOST_FINDINGS]:
        said = f"{', '.join((*item.checks, *item.assets))}: {batch.phrase(item.reason)}"
        yield f"- {batch.phrase('not checked')}: {escaped(said)}"
    yield ""


def _finding(batch: Batch, report: Report, finding: Finding) -> str:
    spot = batch.places.spot(report, finding)
    time = "" if finding.at.start is None else time_text(finding.at.start, None)
    path = f"{spot.path}:{spot.line}" if spot.line else spot.path
    where = batch.phrase(", ").join(filter(None, (path, time, batch.phrase(finding.at.label))))
    return row(batch.phrase(str(finding.severity)), where, batch.message(finding), finding.check)


def row(*cells: str) -> str:
    """A row of a table."""
    return f"| {' | '.join(map(escaped, cells))} |"


def escaped(text: str) -> str:
    """A text that is neither markup, nor a link, nor a mention, on one line."""
    return _SPECIAL.sub(r"\\\1", visible(text)).replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\&", "&amp;")


FORMAT = Format("markdown", "a summary in Markdown", render)
