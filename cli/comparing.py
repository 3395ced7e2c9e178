"""What `report --against` and `platforms --diff` do: a report beside an older one, a revision beside another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from assets.catalogue import Catalogue
from assets.errors import Fault, InputError, UsageError
from assets.platform import Platform
from checks import suites
from checks.comparing import Comparison, compare
from checks.comparing_limits import PlatformChange, compare_platforms
from checks.report import Report
from cli import judgement
from cli.judgement import Asked, Target
from cli.kept import keep_verdicts
from cli.main import CLEAN, FINDINGS
from cli.outputs import TEXT, Output
from cli.showing import batch_of, show_all
from cli.tied_limits import tied
from cli.writing import write_text

FORMATS = frozenset({"text", "json", "markdown"})
"""The formats that show a comparison; the others show the newer reports, as ever."""


@dataclass(frozen=True, slots=True)
class Against:
    """What a report is compared with: a report in a file, or the same title judged by another platform or revision."""

    file: Path | None = None
    platform: str | None = None

    def __bool__(self) -> bool:
        return self.file is not None or self.platform is not None

    def require_alone(self, *others: object) -> None:
        """Raise UsageError for options that say two things at once."""
        if self and (any(others) or (self.file and self.platform)):
            raise UsageError(
                "--against, --against-platform, --html, --page and --notes do not go together; one of them"
            )


@dataclass(frozen=True, slots=True)
class Shown:
    """How a comparison is shown: in which formats, in which language, and whether with what is as it was."""

    outputs: Sequence[Output]
    language: str
    verbose: bool = False


def report(catalogue: Catalogue, target: Target, asked: Asked, against: Against, shown: Shown) -> int:
    """Judge a title, compare, show; the exit code is that of the report: no comparison makes a failure less of one.

    Raises UsageError, and InputError for an older report that cannot be read or is of another title.
    """
    limits: PlatformChange | None = None
    if against.platform is not None:
        earlier = earlier_platform(catalogue, against.platform)
        if earlier.right != asked.platform.right:
            rights = f"{earlier.right!r}, and {asked.platform.id} is for {asked.platform.right!r}"
            raise UsageError(f"{against.platform} is for the right {rights}; two specs of one right can be compared")
        limits = compare_platforms(earlier, asked.platform)
        comparisons = _by_both(catalogue, target, asked, limits)
    else:
        older = read_reports(against.file or Path(), target.title.id)
        reports, _ = judgement.judge_targets(catalogue, [target], asked)
        comparisons = [compare(old, new) for old, new in pairs(older, reports)]
    reports = [comparison.new for comparison in comparisons]
    _show(comparisons, limits, shown)
    others = [output for output in shown.outputs if output.name not in FORMATS]
    show_all(batch_of(reports, catalogue=catalogue, language=shown.language), others)
    return judgement.exit_code(reports)


def earlier_platform(catalogue: Catalogue | None, name: str) -> Platform:
    """A platform to compare with. Raises UsageError, InputError, also for limits that no check has."""
    from assets import platform_revisions

    found = platform_revisions.find(name, judgement.own_platforms(catalogue))
    suites.suite(found)
    return found


def _by_both(catalogue: Catalogue, target: Target, asked: Asked, limits: PlatformChange) -> list[Comparison]:
    """The reports by the earlier platform and by the one that is asked for, compared; the title is read once."""
    everything = judgement.read(catalogue, target.title, quick=asked.quick)
    reports, forbidden = judgement.judge_read(everything, target, asked)
    keep_verdicts(catalogue, reports, forbidden)
    older, _ = judgement.judge_read(everything, target, replace(asked, platform=limits.old))
    comparisons = [compare(old, new) for old, new in pairs(older, reports)]
    return tied(comparisons, limits, everything, target, asked)


def read_reports(path: Path, title_id: str) -> list[Report]:
    """The reports on a title that a file holds. Raises InputError."""
    from checks import report_reading

    try:
        with path.open("rb") as file:
            data = file.read(report_reading.MOST_BYTES + 1)
    except OSError as error:
        raise InputError(Fault(str(path), "", f"cannot be read: {error.strerror}")) from error
    every = report_reading.loads(data, str(path))
    found = [item for item in every if item.title_id == title_id]
    if not found:
        titles = ", ".join(dict.fromkeys(item.title_id for item in every))
        raise InputError(Fault(str(path), "", f"holds no report on {title_id}", f"its titles: {titles[:200]}"))
    return found


def pairs(older: Sequence[Report], newer: Sequence[Report]) -> list[tuple[Report, Report]]:
    """Each newer report with the older one for the same window, of the same platform if there are several.

    One older report that is for no window goes with any. Raises UsageError if that leaves a report alone.
    """
    found = []
    for new in newer:
        same = [old for old in older if old.window == new.window] or [old for old in older if not old.window]
        same = same or (list(older) if len(older) == len(newer) == 1 else [])
        same = [old for old in same if old.platform == new.platform] or same
        if not same:
            known = ", ".join(dict.fromkeys(old.window for old in older))
            raise UsageError(
                f"no older report is for window {new.window or 'none'}; theirs: {known}; name a --territory"
            )
        found.append((same[-1], new))
    return found


def _show(comparisons: Sequence[Comparison], limits: PlatformChange | None, shown: Shown) -> None:
    """Print comparisons, or write them to files."""
    for name, path in ((output.name, output.path) for output in shown.outputs if output.name in FORMATS):
        if path is not None:
            write_text(path, _text(name, comparisons, limits, shown))
        elif name == TEXT:
            from cli.render import comparison
            from cli.terminal import console

            comparison.show(comparisons, console(), limits, verbose=shown.verbose, language=shown.language)
        else:
            click.echo(_text(name, comparisons, limits, shown), nl=False)


def _text(name: str, comparisons: Sequence[Comparison], limits: PlatformChange | None, shown: Shown) -> str:
    if name == "json":
        from checks.comparison_json import dumps_all

        return dumps_all(comparisons, limits)
    if name == "markdown":
        from cli.render.comparison_markdown import render

        return render(comparisons, limits, shown.language)
    from cli.render import comparison

    return comparison.text(comparisons, limits, verbose=shown.verbose, language=shown.language)


def show_limits(catalogue: Catalogue | None, old: str, new: str, *, as_json: bool, language: str = "en") -> int:
    """Show what two platforms or revisions ask for differently; 1 if there is anything."""
    first, second = (earlier_platform(catalogue, name) for name in (old, new))
    limits = compare_platforms(first, second)
    if as_json:
        from checks.comparison_json import limits_dumps

        click.echo(limits_dumps(limits), nl=False)
    else:
        from cli.render import comparison
        from cli.terminal import console

        comparison.show_limits(limits, console(), language)
    return FINDINGS if limits.checks or limits.package else CLEAN


def keep_revision(catalogue: Catalogue, name: str) -> int:
    """Keep a platform as it is now. Raises UsageError, InputError, and Refused if that revision is kept otherwise."""
    from assets import platform_revisions

    platform = judgement.platform_of(catalogue, name)
    path = platform_revisions.keep(platform, catalogue.root / "platforms")
    click.echo(f"kept: {catalogue.shown(path)}")
    return CLEAN
