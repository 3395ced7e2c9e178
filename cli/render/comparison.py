"""Comparisons as text for a person: how many findings changed and how, then each under its heading."""

from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Self

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
from cli.terminal import print_indented as print_on_terminal

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 120
"""Columns of a text that goes into a file."""

_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}


class _Lines:
    """Lines on a screen; those for a pipe or a file are written at once: laying 20,000 of them out takes long."""

    def __init__(self, screen: "Console") -> None:
        self.screen = screen
        self.lines: list[str] | None = None if screen.is_terminal or screen.color_system else []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.lines:
            self.screen.out("\n".join(self.lines), highlight=False)

    def line(self, text: str, style: str = "", *, first: tuple[str, str] | None = None, indent: int = 2) -> None:
        """A line; on a terminal laid out as `print_indented` does."""
        if self.lines is None:
            print_on_terminal(self.screen, text, style, first=first, indent=indent)
        else:
            self.lines.append(" " * indent + (f"{first[0]}  " if first else "") + text if text else "")


def show(
    comparisons: Iterable[Comparison], screen: "Console", limits: PlatformChange | None = None, *, verbose: bool = False
) -> None:
    """Print comparisons one after the other; findings that are as they were are listed only if `verbose`."""
    with _Lines(screen) as out:
        for comparison in comparisons:
            _show(comparison, out, limits, verbose=verbose)


def _show(comparison: Comparison, out: _Lines, limits: PlatformChange | None, *, verbose: bool) -> None:
    out.line(visible(comparison.new.title_name), "bold", indent=0)
    out.line(visible(report_text(comparison.old)), first=("then", ""))
    out.line(visible(report_text(comparison.new)), first=("now ", ""))
    out.line(counts_text(comparison), indent=0)
    if comparison.by_words:
        out.line(BY_WORDS, "dim", indent=0)
    if limits:
        _show_limits(limits, out, comparison)
    for change, heading in HEADINGS.items():
        if comparison.counts[change] and (verbose or change is not Change.UNCHANGED):
            _show_findings(comparison, change, heading, out)
    for heading, lines in lists(comparison):
        _show_list(heading, lines, out)


def show_limits(limits: PlatformChange, screen: "Console") -> None:
    """Print the limits that changed, each with its clause."""
    with _Lines(screen) as out:
        _show_limits(limits, out, None)


def _show_limits(limits: PlatformChange, out: _Lines, comparison: Comparison | None) -> None:
    """With what became of the findings that each causes, where there is a comparison."""
    if not (limits.checks or limits.package):
        _show_list("Limits that changed", ["none"], out)
        return
    out.line("", indent=0)
    out.line("LIMITS THAT CHANGED", "bold", indent=0)
    for key in limits.package:
        out.line(visible(key_text(key)), indent=2)
    for item in limits.checks:
        found = found_text(comparison, item.check) if comparison else ""
        out.line(visible(f"{limits_text(item)}{f'  =>  {found}' if found else ''}"), first=(item.check, ""))
        out.line(visible(clause_text(item)), "dim", indent=6)


def lists(comparison: Comparison) -> Iterator[tuple[str, list[str]]]:
    """What the reports differ in apart from findings, each with its heading; only what there is."""
    every = {
        "Not checked now, though then": list(map(left_out_text, comparison.stopped)),
        "Checked now, though not then": list(map(left_out_text, comparison.started)),
        "Checks that came": list(comparison.came),
        "Checks that went": list(comparison.went),
    }
    yield from ((heading, lines) for heading, lines in every.items() if lines)


def _show_findings(comparison: Comparison, change: Change, heading: str, out: _Lines) -> None:
    out.line("", indent=0)
    out.line(f"{heading.upper()} ({comparison.counts[change]})", "bold", indent=0)
    for row in rows(comparison, change):
        style = _STYLES[row.severity.partition(",")[0]]
        out.line(visible(f"{row.check}  {row.where}".rstrip()), first=(row.severity, style))
        out.line(visible(row.what), indent=6)


def _show_list(heading: str, lines: Sequence[str], out: _Lines) -> None:
    out.line("", indent=0)
    out.line(heading.upper(), "bold", indent=0)
    for line in lines:
        out.line(visible(line), indent=2)


def text(comparisons: Iterable[Comparison], limits: PlatformChange | None = None, *, verbose: bool = False) -> str:
    """The same without colours, for a file."""
    from rich.console import Console

    file = StringIO()
    show(comparisons, Console(file=file, width=WIDTH, highlight=False, no_color=True), limits, verbose=verbose)
    return file.getvalue()
