"""Comparisons in GitHub's Markdown, for `$GITHUB_STEP_SUMMARY`, a merge request or a mail."""

from collections.abc import Iterable, Iterator
from itertools import islice

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
    lists,
    report_text,
    rows,
)
from cli.render.formats.markdown import MOST_BYTES, escaped, row
from cli.render.languages import phrase

MOST_ROWS = 50
"""Of one heading: the others are counted."""


def render(comparisons: Iterable[Comparison], limits: PlatformChange | None = None, language: str = "en") -> str:
    """A section a title; what does not fit is counted."""
    parts: list[str] = []
    size, left = 0, 0
    for comparison in comparisons:
        part = "\n".join(_section(comparison, limits, language))
        size += len(part.encode())
        if size <= MOST_BYTES:
            parts.append(part)
        else:
            left += 1
    more = [phrase(f"{left} more do not fit into a summary.", language) + "\n"] if left else []
    return "\n".join([*parts, *more])


def _section(comparison: Comparison, limits: PlatformChange | None, language: str) -> Iterator[str]:
    yield f"## {escaped(comparison.new.title_name)}\n"
    yield f"- {phrase('then', language)}: {escaped(report_text(comparison.old, language))}"
    yield f"- {phrase('now', language)}: {escaped(report_text(comparison.new, language))}\n"
    yield f"**{escaped(counts_text(comparison, language))}**\n"
    if comparison.by_words:
        yield f"{escaped(phrase(BY_WORDS, language))}\n"
    if limits:
        yield from _limits_lines(limits, comparison, language)
    for change, heading in HEADINGS.items():
        if comparison.counts[change] and change is not Change.UNCHANGED:
            yield from _findings(comparison, change, heading, language)
    for heading, lines in lists(comparison, language):
        yield f"### {escaped(heading)}\n"
        yield from (f"- {escaped(line)}" for line in lines[:MOST_ROWS])
        yield from _more(len(lines), language)


def _limits_lines(limits: PlatformChange, comparison: Comparison, language: str) -> Iterator[str]:
    """The limits that changed, as a table."""
    yield f"### {phrase('Limits that changed', language)}\n"
    if not (limits.checks or limits.package):
        yield f"{phrase('none', language)}\n"
        return
    yield _head(("check", "then and now", "clause", "findings"), language)
    yield "|---|---|---|---|"
    for key in limits.package:
        yield row("", key_text(key, language), "", "")
    counts = comparison.counts_by_check
    for item in limits.checks:
        found = found_text(counts.get(item.check, {}), language)
        yield row(item.check, limits_text(item, language, comparison), clause_text(item, language), found)
    yield ""


def _head(words: Iterable[str], language: str) -> str:
    return row(*(phrase(word, language) for word in words))


def _findings(comparison: Comparison, change: Change, heading: str, language: str) -> Iterator[str]:
    found = list(islice(rows(comparison, change, language), MOST_ROWS))
    yield f"### {escaped(phrase(heading, language))}\n"
    yield _head(("severity", "where", "what", "check"), language)
    yield "|---|---|---|---|"
    yield from (row(item.severity, item.where, item.what, item.check) for item in found)
    yield ""
    yield from _more(comparison.counts[change], language)


def _more(count: int, language: str) -> Iterator[str]:
    if count > MOST_ROWS:
        yield phrase(f"{count - MOST_ROWS} more are in the comparison.", language) + "\n"
    else:
        yield ""
