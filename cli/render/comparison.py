"""Comparisons as text for a person: how many findings changed and how, then each under its heading."""

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from checks.comparing import Change, Comparison
from checks.comparing_limits import PlatformChange
from cli.render.changes import (
    BY_WORDS,
    HEADINGS,
    clause_text,
    counts_text,
    found_text,
    key_text,
    left_out_text,
    limits_text,
    report_text,
    rows,
)
from cli.render.words import visible
from cli.terminal import print_indented

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 120
"""Columns of a text that goes into a file."""

_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}


def show(
    comparisons: Iterable[Comparison], screen: "Console", limits: PlatformChange | None = None, *, verbose: bool = False
) -> None:
    """Print comparisons one after the other; findings that are as they were are listed only if `verbose`."""
    for comparison in comparisons:
        print_indented(screen, visible(comparison.new.title_name), "bold", indent=0)
        print_indented(screen, visible(report_text(comparison.old)), first=("then", ""))
        print_indented(screen, visible(report_text(comparison.new)), first=("now ", ""))
        print_indented(screen, counts_text(comparison), indent=0)
        if comparison.by_words:
            print_indented(screen, BY_WORDS, "dim", indent=0)
        if limits:
            show_limits(limits, screen, comparison)
        for change, heading in HEADINGS.items():
            if comparison.counts[change] and (verbose or change is not Change.UNCHANGED):
                _show_findings(comparison, change, heading, screen)
        for heading, lines in lists(comparison):
            _show_list(heading, lines, screen)


def show_limits(limits: PlatformChange, screen: "Console", comparison: Comparison | None = None) -> None:
    """Print the limits that changed, each with its clause and what became of the findings it causes."""
    if not (limits.checks or limits.package):
        _show_list("Limits that changed", ["none"], screen)
        return
    print_indented(screen, "", indent=0)
    print_indented(screen, "LIMITS THAT CHANGED", "bold", indent=0)
    for key in limits.package:
        print_indented(screen, visible(key_text(key)), indent=2)
    for item in limits.checks:
        found = found_text(comparison, item.check) if comparison else ""
        print_indented(
            screen, visible(f"{limits_text(item)}{f'  =>  {found}' if found else ''}"), first=(item.check, "")
        )
        print_indented(screen, visible(clause_text(item)), "dim", indent=6)


def lists(comparison: Comparison) -> Iterator[tuple[str, list[str]]]:
    """What the reports differ in apart from findings, each with its heading; only what there is."""
    every = {
        "Not checked now, though then": list(map(left_out_text, comparison.stopped)),
        "Checked now, though not then": list(map(left_out_text, comparison.started)),
        "Checks that came": list(comparison.came),
        "Checks that went": list(comparison.went),
    }
    yield from ((heading, lines) for heading, lines in every.items() if lines)


def _show_findings(comparison: Comparison, change: Change, heading: str, screen: "Console") -> None:
    print_indented(screen, "", indent=0)
    print_indented(screen, f"{heading.upper()} ({comparison.counts[change]})", "bold", indent=0)
    for row in rows(comparison, change):
        style = _STYLES[row.severity.partition(",")[0]]
        print_indented(screen, visible(f"{row.check}  {row.where}".rstrip()), first=(row.severity, style))
        print_indented(screen, visible(row.what), indent=6)


def _show_list(heading: str, lines: Sequence[str], screen: "Console") -> None:
    print_indented(screen, "", indent=0)
    print_indented(screen, heading.upper(), "bold", indent=0)
    for line in lines:
        print_indented(screen, visible(line), indent=2)


def text(comparisons: Iterable[Comparison], limits: PlatformChange | None = None, *, verbose: bool = False) -> str:
    """The same without colours, for a file."""
    from rich.console import Console

    file = StringIO()
    show(comparisons, Console(file=file, width=WIDTH, highlight=False, no_color=True), limits, verbose=verbose)
    return file.getvalue()
