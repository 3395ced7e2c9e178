"""A report as text for a terminal or a log: the header, the assets, the findings in time order, what was not checked.

Colour and weight only repeat what the words say. They are left out where the output is no terminal or NO_COLOR is set.
"""

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from assets.timing import rate_text
from checks.core import Finding
from checks.report import AssetRecord, Report
from cli.render.qc_notes import waiver_lines
from cli.render.sheet import (
    BORDERLINE,
    Group,
    LeftOut,
    counts_text,
    duration_of,
    groups,
    groups_of,
    limits_of,
    not_checked,
    place_of,
    verdict_text,
)
from cli.render.words import SHORT_DIGEST, count_text, size_text, time_text, visible

WIDE = 110
"""Columns from which the assets fit into a table; on a narrower terminal each is a block of its own."""

_NARROWEST = 20
_INDENT = "  "
_LABEL = len("Rights as of")
_TIME = len("to 00:00:00.000")
_SEVERITY = len("required")

_STYLES = {
    "report.strong": "bold",
    "report.quiet": "dim",
    "report.pass": "bold green",
    "report.fail": "bold red",
    "report.incomplete": "bold yellow",
    "report.error": "bold red",
    "report.warning": "yellow",
    "report.note": "cyan",
}
_COLOURED = Theme(_STYLES)
_PLAIN = Theme(dict.fromkeys(_STYLES, "none"))


def render(report: Report, console: Console, *, verbose: bool = False, fingerprints: bool = False) -> None:
    """Print the report as wide as the console is.

    `verbose` adds whole digests, why the platform grades a check as it does, and the checks that ran. It and
    `fingerprints` add those of the findings, which `releaseprint waive` asks for.
    """
    page = _Page(console, verbose=verbose, fingerprints=fingerprints or verbose)
    with console.use_theme(_PLAIN if console.no_color else _COLOURED):
        for part in page.parts(report):
            console.print(part, highlight=False, soft_wrap=isinstance(part, Text))


class _Page:
    """Lays a report out for one console. Rows hang: what follows a label is wrapped beside it, never below it."""

    def __init__(self, console: Console, *, verbose: bool, fingerprints: bool) -> None:
        self.console, self.width = console, console.width
        self.verbose, self.fingerprints = verbose, fingerprints

    def parts(self, report: Report) -> Iterator[RenderableType]:
        yield from self._row("", [_text(report.title_name, "report.strong")])
        yield Text()
        for name, value in _header(report):
            if value:
                yield from self._row(f"{name:<{_LABEL}}  ", [_text(value)])
        yield Text()
        word = str(report.verdict).upper()
        yield from self._row(f"{word}  ", [_text(verdict_text(report))], f"report.{report.verdict}")
        yield from self._heading("Assets")
        yield from self._assets(report.assets)
        yield from self._heading("Findings")
        yield _text(f"{counts_text(report.findings)} from {count_text(len(report.checks_run), 'check')}")
        for group in groups(report):
            if group.findings:
                yield from self._group(group)
        if report.waived:
            yield from self._heading("Waived")
            yield _text(f"{counts_text(report.waived)} that somebody answers for")
            for group in groups_of(report, report.waived):
                yield from self._group(group)
        yield from self._heading("Not checked")
        yield from self._not_checked(not_checked(report))
        if self.verbose:
            yield from self._heading("Checks that ran")
            yield from self._row(_INDENT, [_text(", ".join(report.checks_run))])

    def _row(self, left: str, body: Iterable[Text], style: str = "", below: str = "") -> Iterator[Text]:
        """`body` wrapped to the right of `left`; `below` stands under `left`, and needs a body of two lines."""
        margin = cell_len(left)
        width = max(self.width - margin, _NARROWEST)
        lines = [line for text in body for line in self._wrapped(text, width)]
        rows = []
        for number, line in enumerate(lines):
            beside = Text(left, style) if number == 0 else Text(f"{below if number == 1 else '':<{margin}}")
            rows.append(Text.assemble(beside, line))
            rows[-1].rstrip()
        yield Text("\n").join(rows)

    def _wrapped(self, text: Text, width: int) -> Iterable[Text]:
        return [text] if text.cell_len <= width else text.wrap(self.console, width, overflow="fold")

    def _heading(self, text: str) -> Iterator[Text]:
        yield Text()
        yield Text(text.upper(), "report.strong")

    def _assets(self, assets: Sequence[AssetRecord]) -> Iterator[RenderableType]:
        if self.width >= WIDE and not self.verbose:
            yield Padding(_asset_table(assets), (0, 0, 0, len(_INDENT)))
            return
        for asset in assets:
            yield from self._row(_INDENT, [_text(asset.name)])
            facts = [_text(line, "report.quiet") for line in self._facts(asset) if line]
            yield from self._row(_INDENT * 3, facts)

    def _facts(self, asset: AssetRecord) -> Iterator[str]:
        version = f"version {asset.version}" if asset.version else ""
        language = f"language {asset.language}" if asset.language else ""
        digest = f"SHA-256 {asset.sha256[:SHORT_DIGEST]}" if asset.sha256 else "not readable"
        yield ", ".join(filter(None, (asset.kind, version, language)))
        yield asset.facts
        yield ", ".join(filter(None, (_size(asset), duration_of(asset), "" if self.verbose else digest)))
        if self.verbose:
            yield f"SHA-256 {asset.sha256}" if asset.sha256 else digest

    def _group(self, group: Group) -> Iterator[Text]:
        yield Text()
        timed = any(finding.at.start is not None for finding in group.findings)
        counting = f", timecode at {rate_text(group.rate)} fps" if group.rate and timed else ""
        name = Text.assemble((visible(group.name), "report.strong"), (f"  {group.counts}{counting}", "report.quiet"))
        yield from self._row("", [name])
        for finding in group.findings:
            yield from self._finding(finding, group, timed=timed)

    def _finding(self, finding: Finding, group: Group, *, timed: bool) -> Iterator[Text]:
        start, end = finding.at.start, finding.at.end
        first = "" if start is None else time_text(start, group.rate)
        last = "" if end is None else f"to {time_text(end, group.rate)}"
        times = (f"{_INDENT}{first:>{_TIME}}", f"{_INDENT}{last:>{_TIME}}") if timed else ("", "")
        left = f"{times[0]}{_INDENT}{finding.severity!s:<{_SEVERITY}}{_INDENT}"
        yield from self._row(left, self._body(finding), f"report.{finding.severity}", times[1])

    def _body(self, finding: Finding) -> Iterator[Text]:
        yield _named(finding.check, place_of(finding))
        yield _text(finding.message)
        if limits := limits_of(finding):
            yield _text(", ".join(f"{name} {value}" for name, value in limits))
        yield _text(finding.source, "report.quiet")
        if finding.borderline:
            yield _text(BORDERLINE, "report.quiet")
        if finding.reason and self.verbose:
            yield _text(finding.reason, "report.quiet")
        if finding.waiver is not None:
            yield from (_text(line) for line in waiver_lines(finding))
        elif self.fingerprints:
            yield _text(f"fingerprint {finding.fingerprint}", "report.quiet")

    def _not_checked(self, items: Iterable[LeftOut]) -> Iterator[Text]:
        if not items:
            yield Text("No check was left out.")
        for item in items:
            word, style = ("required", "report.error") if item.required else ("optional", "")
            body = [_named(", ".join(item.checks), ", ".join(item.assets)), _text(item.reason)]
            yield from self._row(f"{_INDENT}{word:<{_SEVERITY}}{_INDENT}", body, style)


def _text(text: str, style: str = "") -> Text:
    return Text(visible(text), style)


def _named(check: str, place: str) -> Text:
    return Text.assemble((visible(check), "report.strong"), f"  {visible(place)}" if place else "")


def _header(report: Report) -> Iterator[tuple[str, str]]:
    yield "Title", report.title_id
    yield "Format", report.programme
    yield "Platform", f"{report.platform_name} ({report.platform}), revision {report.revision}"
    yield "Spec", report.spec_source
    yield "Window", report.window
    yield "Territory", report.territory
    yield "Rights as of", report.as_of.isoformat(sep=" ", timespec="seconds")
    yield (
        "Judged at",
        f"{report.judged_at.isoformat(sep=' ', timespec='seconds')} by releaseprint {report.tool_version}",
    )


def _size(asset: AssetRecord) -> str:
    return size_text(asset.size) if asset.sha256 else ""


def _asset_table(assets: Iterable[AssetRecord]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="report.quiet")
    for name in ("Asset", "Kind", "Version", "Language", "Facts"):
        table.add_column(name, overflow="fold")
    for name in ("Size", "Duration"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("SHA-256", no_wrap=True)
    for asset in assets:
        words = (asset.name, asset.kind, asset.version, asset.language, asset.facts)
        digest = asset.sha256[:SHORT_DIGEST] or "not readable"
        table.add_row(*map(_text, (*words, _size(asset), duration_of(asset, short=True), digest)))
    return table
