"""Comparisons as text for a person: how many findings changed and how, then each under its heading."""

from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Self

from rich.cells import cell_len, set_cell_size

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
from cli.render.languages import phrase
from cli.render.words import visible
from cli.terminal import print_indented as print_on_terminal

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 120
"""Columns of a text that goes into a file."""

_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}


class _Lines:
    """Lines on a screen, in a language.

    Those for a pipe or a file are written at once: laying 20,000 of them out takes long.
    """

    def __init__(self, screen: "Console", language: str) -> None:
        self.screen, self.language = screen, language
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
    comparisons: Iterable[Comparison],
    screen: "Console",
    limits: PlatformChange | None = None,
    *,
    verbose: bool = False,
    language: str = "en",
) -> None:
    """Print comparisons one after the other; findings that are as they were are listed only if `verbose`."""
    with _Lines(screen, language) as out:
        for comparison in comparisons:
            _show(comparison, out, limits, verbose=verbose)


def _show(comparison: Comparison, out: _Lines, limits: PlatformChange | None, *, verbose: bool) -> None:
    out.line(visible(comparison.new.title_name), "bold", indent=0)
    then, now = (phrase(word, out.language) for word in ("then", "now"))
    width = max(cell_len(then), cell_len(now))
    out.line(visible(report_text(comparison.old, out.language)), first=(set_cell_size(then, width), ""))
    out.line(visible(report_text(comparison.new, out.language)), first=(set_cell_size(now, width), ""))
    out.line(counts_text(comparison, out.language), indent=0)
    if comparison.by_words:
        out.line(phrase(BY_WORDS, out.language), "dim", indent=0)
    if limits:
        _show_limits(limits, out, comparison)
    for change, heading in HEADINGS.items():
        if comparison.counts[change] and (verbose or change is not Change.UNCHANGED):
            _show_findings(comparison, change, heading, out)
    for heading, lines in lists(comparison, out.language):
        _show_list(heading, lines, out)


def show_limits(limits: PlatformChange, screen: "Console", language: str = "en") -> None:
    """Print the limits that changed, each with its clause."""
    with _Lines(screen, language) as out:
        _show_limits(limits, out, None)


def _show_limits(limits: PlatformChange, out: _Lines, comparison: Comparison | None) -> None:
    """With what became of the findings that each causes, where there is a comparison."""
    language = out.language
    heading = phrase("Limits that changed", language)
    if not (limits.checks or limits.package):
        _show_list(heading, [phrase("none", language)], out)
        return
    _show_list(heading, [key_text(key, language) for key in limits.package], out)
    counts = comparison.counts_by_check if comparison else {}
    for item in limits.checks:
        found = found_text(counts.get(item.check, {}), language)
        out.line(
            visible(f"{limits_text(item, language, comparison)}{f'  =>  {found}' if found else ''}"),
            first=(item.check, ""),
        )
        out.line(visible(clause_text(item, language)), "dim", indent=6)


def _show_findings(comparison: Comparison, change: Change, heading: str, out: _Lines) -> None:
    out.line("", indent=0)
    out.line(f"{phrase(heading, out.language).upper()} ({comparison.counts[change]})", "bold", indent=0)
    for row in rows(comparison, change, out.language):
        out.line(visible(f"{row.check}  {row.where}".rstrip()), first=(row.severity, _STYLES[row.grade]))
        out.line(visible(row.what), indent=6)


def _show_list(heading: str, lines: Sequence[str], out: _Lines) -> None:
    out.line("", indent=0)
    out.line(heading.upper(), "bold", indent=0)
    for line in lines:
        out.line(visible(line), indent=2)


def text(
    comparisons: Iterable[Comparison],
    limits: PlatformChange | None = None,
    *,
    verbose: bool = False,
    language: str = "en",
) -> str:
    """The same without colours, for a file."""
    from rich.console import Console

    file = StringIO()
    screen = Console(file=file, width=WIDTH, highlight=False, no_color=True)
    show(comparisons, screen, limits, verbose=verbose, language=language)
    return file.getvalue()
