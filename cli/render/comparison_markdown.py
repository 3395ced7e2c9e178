"""Comparisons in GitHub's Markdown, for `$GITHUB_STEP_SUMMARY`, a merge request or a mail."""

from collections.abc import Iterable, Iterator

from checks.comparing import Change, Comparison
from checks.comparing_limits import PlatformChange
from cli.render.changes import (
    BY_WORDS,
    HEADINGS,
    clause_text,
    counts_text,
    found_text,
    key_text,
    limits_text,
    report_text,
    rows,
)
from cli.render.comparison import lists
from cli.render.formats.markdown import MOST_BYTES, escaped, row

MOST_ROWS = 50
"""Of one heading: the others are counted."""


def render(comparisons: Iterable[Comparison], limits: PlatformChange | None = None) -> str:
    """A section a title; what does not fit is counted."""
    parts: list[str] = []
    size, left = 0, 0
    for comparison in comparisons:
        part = "\n".join(_section(comparison, limits))
        size += len(part.encode())
        if size <= MOST_BYTES:
            parts.append(part)
        else:
            left += 1
    return "\n".join([*parts, *([f"{left} more do not fit into a summary.\n"] if left else [])])


def _section(comparison: Comparison, limits: PlatformChange | None) -> Iterator[str]:
    yield f"## {escaped(comparison.new.title_name)}\n"
    yield f"- then: {escaped(report_text(comparison.old))}"
    yield f"- now: {escaped(report_text(comparison.new))}\n"
    yield f"**{escaped(counts_text(comparison))}**\n"
    if comparison.by_words:
        yield f"{escaped(BY_WORDS)}\n"
    if limits:
        yield from limits_lines(limits, comparison)
    for change, heading in HEADINGS.items():
        if comparison.counts[change] and change is not Change.UNCHANGED:
            yield from _findings(comparison, change, heading)
    for heading, lines in lists(comparison):
        yield f"### {escaped(heading)}\n"
        yield from (f"- {escaped(line)}" for line in lines[:MOST_ROWS])
        yield from _more(len(lines))


def limits_lines(limits: PlatformChange, comparison: Comparison | None = None) -> Iterator[str]:
    """The limits that changed, as a table."""
    yield "### Limits that changed\n"
    if not (limits.checks or limits.package):
        yield "none\n"
        return
    yield row("check", "then and now", "clause", "findings")
    yield "|---|---|---|---|"
    for key in limits.package:
        yield row("", key_text(key), "", "")
    for item in limits.checks:
        found = found_text(comparison, item.check) if comparison else ""
        yield row(item.check, limits_text(item), clause_text(item), found)
    yield ""


def _findings(comparison: Comparison, change: Change, heading: str) -> Iterator[str]:
    found = list(rows(comparison, change))
    yield f"### {escaped(heading)}\n"
    yield row("severity", "where", "what", "check")
    yield "|---|---|---|---|"
    yield from (row(item.severity, item.where, item.what, item.check) for item in found[:MOST_ROWS])
    yield ""
    yield from _more(len(found))


def _more(count: int) -> Iterator[str]:
    if count > MOST_ROWS:
        yield f"{count - MOST_ROWS} more are in the comparison.\n"
    else:
        yield ""
