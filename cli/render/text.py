"""A report as text for a terminal or a log: the header, the assets, the findings in time order, what was not checked.

Colour and weight only repeat what the words say. They are left out where the output is no terminal or NO_COLOR is set.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from assets.timing import rate_text
from checks.core import Finding
from checks.report import AssetRecord, Report
from cli.render.languages import message, phrase
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
from cli.terminal import linked

WIDE = 110
"""Columns from which the assets fit into a table; on a narrower terminal each is a block of its own."""

_NARROWEST = 20
_INDENT = "  "
_TIME = len("to 00:00:00.000")
_GRADES = ("error", "warning", "note", "required", "optional")

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


def render(
    report: Report, console: Console, *, verbose: bool = False, fingerprints: bool = False, language: str = "en"
) -> None:
    """Print the report as wide as the console is, in one of `languages.LANGUAGES`.

    `verbose` adds whole digests, why the platform grades a check as it does, and the checks that ran. It and
    `fingerprints` add those of the findings, which `releaseprint waive` asks for.
    """
    page = _Page(console, language, verbose=verbose, fingerprints=fingerprints or verbose)
    with console.use_theme(_PLAIN if console.no_color else _COLOURED):
        for part in page.parts(report):
            if isinstance(part, Text) and not console.is_terminal:
                console.file.write(f"{part.plain}\n")  # nothing is styled there, and rich takes as long as all the rest
            else:
                console.print(part, highlight=False, soft_wrap=isinstance(part, Text))


class _Page:
    """Lays a report out for one console. Rows hang: what follows a label is wrapped beside it, never below it."""

    def __init__(self, console: Console, language: str, *, verbose: bool, fingerprints: bool) -> None:
        self.console, self.width = console, console.width
        self.verbose, self.fingerprints = verbose, fingerprints
        self.language, self.say = language, partial(phrase, language=language)
        self.grade_width = max(cell_len(self.say(word)) for word in _GRADES)

    def parts(self, report: Report) -> Iterator[RenderableType]:
        yield from self._row("", [_text(report.title_name, "report.strong")])
        yield Text()
        header = [(self.say(name), value) for name, value in self._header(report)]
        width = max(cell_len(name) for name, _ in header)
        for name, value in header:
            if value:
                yield from self._row(f"{_padded(name, width)}  ", [_text(value)])
        yield Text()
        word = self.say(str(report.verdict).upper())
        yield from self._row(f"{word}  ", [_text(self.say(verdict_text(report)))], f"report.{report.verdict}")
        yield from self._heading("Assets")
        yield from self._assets(report.assets)
        yield from self._heading("Findings")
        ran = count_text(len(report.checks_run), "check")
        yield _text(self.say(f"{counts_text(report.findings)} from {ran}"))
        for group in groups(report):
            if group.findings:
                yield from self._group(group)
        if report.waived:
            yield from self._heading("Waived")
            yield _text(self.say(f"{counts_text(report.waived)} that somebody answers for"))
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
            beside = Text(left, style) if number == 0 else Text(_padded(below if number == 1 else "", margin))
            rows.append(Text.assemble(beside, line))
            rows[-1].rstrip()
        yield Text("\n").join(rows)

    def _wrapped(self, text: Text, width: int) -> Iterable[Text]:
        return [text] if text.cell_len <= width else text.wrap(self.console, width, overflow="fold")

    def _heading(self, text: str) -> Iterator[Text]:
        yield Text()
        yield Text(self.say(text).upper(), "report.strong")

    def _assets(self, assets: Sequence[AssetRecord]) -> Iterator[RenderableType]:
        if self.width >= WIDE and not self.verbose:
            yield Padding(self._asset_table(assets), (0, 0, 0, len(_INDENT)))
            return
        for asset in assets:
            yield from self._row(_INDENT, [_text(asset.name)])
            facts = [_text(line, "report.quiet") for line in self._facts(asset) if line]
            yield from self._row(_INDENT * 3, facts)

    def _facts(self, asset: AssetRecord) -> Iterator[str]:
        version = f"version {asset.version}" if asset.version else ""
        language = f"language {asset.language}" if asset.language else ""
        digest = f"SHA-256 {asset.sha256[:SHORT_DIGEST]}" if asset.sha256 else self.say("not readable")
        yield self._listed(map(self.say, filter(None, (asset.kind, version, language))))
        yield self.say(asset.facts)
        length = self.say(duration_of(asset))
        yield self._listed(filter(None, (_size(asset), length, "" if self.verbose else digest)))
        if self.verbose:
            yield f"SHA-256 {asset.sha256}" if asset.sha256 else digest

    def _group(self, group: Group) -> Iterator[Text]:
        yield Text()
        timed = any(finding.at.start is not None for finding in group.findings)
        facts = [group.counts, *([f"timecode at {rate_text(group.rate)} fps"] if group.rate and timed else [])]
        title = visible(group.name) if group.asset else self.say(group.name)
        said = self._listed(map(self.say, facts))
        name = Text.assemble((title, "report.strong"), (f"  {said}", "report.quiet"))
        yield from self._row("", [name])
        for finding in group.findings:
            yield from self._finding(finding, group, timed=timed)

    def _finding(self, finding: Finding, group: Group, *, timed: bool) -> Iterator[Text]:
        start, end = finding.at.start, finding.at.end
        first = "" if start is None else time_text(start, group.rate)
        last = "" if end is None else self.say(f"to {time_text(end, group.rate)}")
        times = [_INDENT + _aligned(time, _TIME) if timed else "" for time in (first, last)]
        left = f"{times[0]}{_INDENT}{self._grade(str(finding.severity))}{_INDENT}"
        yield from self._row(left, self._body(finding), f"report.{finding.severity}", times[1])

    def _body(self, finding: Finding) -> Iterator[Text]:
        yield _named(finding.check, self.say(place_of(finding)))
        yield _text(message(finding, self.language))
        if limits := limits_of(finding):
            yield _text(self._listed(self.say(f"{name} {value}") for name, value in limits))
        yield linked(_text(finding.source, "report.quiet"), self.console)
        if finding.borderline:
            yield _text(self.say(BORDERLINE), "report.quiet")
        if finding.reason and self.verbose:
            yield _text(finding.reason, "report.quiet")
        if finding.waiver is not None:
            yield from (_text(self.say(line)) for line in waiver_lines(finding))
        elif self.fingerprints:
            yield _text(self.say(f"fingerprint {finding.fingerprint}"), "report.quiet")

    def _not_checked(self, items: Iterable[LeftOut]) -> Iterator[Text]:
        if not items:
            yield Text(self.say("No check was left out."))
        for item in items:
            word, style = ("required", "report.error") if item.required else ("optional", "")
            body = [_named(", ".join(item.checks), ", ".join(item.assets)), _text(self.say(item.reason))]
            yield from self._row(f"{_INDENT}{self._grade(word)}{_INDENT}", body, style)

    def _listed(self, items: Iterable[str]) -> str:
        return self.say(", ").join(items)

    def _grade(self, word: str) -> str:
        return _padded(self.say(word), self.grade_width)

    def _header(self, report: Report) -> Iterator[tuple[str, str]]:
        yield "Title", report.title_id
        yield "Format", report.programme
        revision = self.say(f"revision {report.revision}")
        yield "Platform", f"{report.platform_name} ({report.platform}), {revision}"
        yield "Spec", report.spec_source
        yield "Window", report.window
        yield "Territory", self.say(report.territory)
        yield "Rights as of", report.as_of.isoformat(sep=" ", timespec="seconds")
        at = report.judged_at.isoformat(sep=" ", timespec="seconds")
        yield "Judged at", self.say(f"{at} by releaseprint {report.tool_version}")

    def _asset_table(self, assets: Iterable[AssetRecord]) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="report.quiet")
        for name in ("Asset", "Kind", "Version", "Language", "Facts"):
            table.add_column(self.say(name), overflow="fold")
        for name in ("Size", "Duration"):
            table.add_column(self.say(name), justify="right", no_wrap=True)
        table.add_column("SHA-256", no_wrap=True)
        for asset in assets:
            words = (asset.name, self.say(asset.kind), asset.version, asset.language, self.say(asset.facts))
            digest = asset.sha256[:SHORT_DIGEST] or self.say("not readable")
            table.add_row(*map(_text, (*words, _size(asset), duration_of(asset, short=True), digest)))
        return table


def _text(text: str, style: str = "") -> Text:
    return Text(visible(text), style)


def _named(check: str, place: str) -> Text:
    return Text.assemble((visible(check), "report.strong"), f"  {visible(place)}" if place else "")


def _aligned(text: str, cells: int) -> str:
    """The text at the right end of that many columns."""
    return " " * (cells - cell_len(text)) + text


def _padded(text: str, cells: int) -> str:
    """The text with blanks up to that many columns; a Korean or Japanese letter fills two."""
    return text + " " * (cells - cell_len(text))


def _size(asset: AssetRecord) -> str:
    return size_text(asset.size) if asset.sha256 else ""
