"""A report and its context -> the text of a page.

Every text is escaped: by the template engine, or, in the data of the script, so that no text can end its element. As
a second line of defence the page's own policy permits only the one style sheet and the one script that stand in it,
by their digests. The script writes texts as texts, never as markup.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from assets.timing import rate_text
from checks.core import Finding
from checks.report import Report
from checks.report_json import frame_rate
from cli.render import sheet, words
from cli.render.languages import LANGUAGES, message
from cli.render.report import cues, drawing, parts, script_data
from cli.render.report.context import NOTHING, Context, Reel
from cli.render.report.header import header
from cli.render.report.rows import Rows
from cli.render.report.texts import Texts

MOST_WITHOUT_SCRIPT = 1_000
"""How many findings the page shows where no script runs: the worst ones."""

NAMES = {"en": "English", "ko": "한국어", "ja": "日本語"}
MOST_BYTES = 4_900_000
"""Of a page, without what lies beside it: cues that would make it larger are left out, and counted."""

_DATA_PLACE = "\0"
"""Where the data of the script will stand: a character that no text of the page has."""


def render(report: Report, context: Context = NOTHING, language: str = "en") -> str:
    """The report as the text of an HTML page that opens in `language`, to be written as UTF-8."""
    texts = Texts(language)
    texts.learn_all(parts.script_words())
    rows = Rows(report.assets, texts)
    data = _data(report, context, texts, rows)
    markup = _markup(report, context, texts)
    data |= {**texts.tables(), "tracks": []}
    if context.tracks:
        rates = {asset.name: frame_rate(asset.frame_rate) for asset in report.assets}
        room = MOST_BYTES - len(markup.encode()) - script_data.size(data)
        data["tracks"] = cues.tracks(context.tracks, rows, rates, room)
    return markup.replace(_DATA_PLACE, script_data.dumps(data))


def _markup(report: Report, context: Context, texts: Texts) -> str:
    """The page without the data of its script, for which every text of it has to be known."""
    shown, language = _worst(report.findings), texts.language
    return _template().render(
        report=report,
        context=context,
        language=language,
        t=texts.mark,
        say=texts.say,
        named=texts.name,
        message=lambda finding: message(finding, language),
        groups=sheet.groups_of(report, shown),
        left_out=len(report.findings) - len(shown),
        counts={group.asset.name: group.counts for group in sheet.groups(report) if group.asset},
        families=sheet.families(report),
        header=header(report, context),
        verdict_text=sheet.verdict_text(report),
        not_checked=sheet.not_checked(report),
        waived=sheet.groups_of(report, report.waived),
        reels=[_drawn(reel, report, context) for reel in context.reels],
        policy=parts.policy(has_media=bool(context.stills) or any(reel.video for reel in context.reels)),
        data=Markup(_DATA_PLACE),  # noqa: S704 -- no markup, one character of our own
    )


def numbered(path: Path, reports: Sequence[Report]) -> list[tuple[Path, Report]]:
    """Where the pages of several reports, one a rights window, go: `report.html`, or `report.WINDOW.html` each."""
    if len(reports) == 1:
        return [(path, reports[0])]
    return [(path.with_name(f"{path.stem}.{report.window}{path.suffix}"), report) for report in reports]


def _data(report: Report, context: Context, texts: Texts, rows: Rows) -> dict[str, Any]:
    ordered = [finding for group in sheet.groups(report) for finding in group.findings]
    waived = [finding for group in sheet.groups_of(report, report.waived) for finding in group.findings]
    texts.learn_all((report.verdict.upper(), "line 1"))  # of one line the pattern of all is learned
    return {
        "language": texts.language,
        "verdict": report.verdict.upper(),
        "heading": words.visible(f"{report.title_name}, {report.platform_name}"),
        "findings": rows.rows(ordered),
        "waived": [[rows.row(finding), _waiver(finding)] for finding in waived],
        "stills": _stills(ordered, context),
        "reels": [_reel(reel, rows) for reel in context.reels],
        **rows.tables(),
    }


def _waiver(finding: Finding) -> list[str]:
    waiver = finding.waiver
    if waiver is None:
        return ["", "", "", ""]
    said = (waiver.reason, waiver.by, waiver.granted, waiver.until_text)
    return [words.visible(str(text)) for text in said]


def _stills(findings: Sequence[Finding], context: Context) -> dict[str, str]:
    """The picture of each finding that has one, by the finding's place in the list."""
    found = {}
    for number, finding in enumerate(findings):
        name = context.stills.get((finding.asset, finding.at.start)) if finding.at.start is not None else None
        if name:
            found[str(number)] = name
    return found


def _reel(reel: Reel, rows: Rows) -> dict[str, Any]:
    beside = [reel.asset, *reel.sounds, *reel.tracks]
    rate = [reel.rate.numerator, reel.rate.denominator] if reel.rate else None
    length = drawing.width(reel)
    return {"assets": [rows.asset(name) for name in beside], "rate": rate, "length": length, "video": reel.video}


def _drawn(reel: Reel, report: Report, context: Context) -> tuple[Reel, int, list[drawing.Lane]]:
    beside = {reel.asset, *reel.sounds, *reel.tracks}
    found = (finding for finding in report.findings if finding.asset in beside)
    tracks = [track for track in context.tracks if track.asset in reel.tracks]
    return reel, drawing.width(reel), drawing.lanes(reel, found, tracks)


def _worst(findings: Sequence[Finding]) -> Sequence[Finding]:
    if len(findings) <= MOST_WITHOUT_SCRIPT:
        return findings
    return sorted(findings, key=lambda finding: -finding.severity)[:MOST_WITHOUT_SCRIPT]


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.globals.update(
        style=parts.style(),
        script=parts.script(),
        languages=LANGUAGES,
        names=NAMES,
        severities=sheet.SEVERITIES,
        borderline=sheet.BORDERLINE,
        place_of=sheet.place_of,
        limits_of=sheet.limits_of,
        duration_of=sheet.duration_of,
        counts_text=sheet.counts_text,
        count_text=words.count_text,
        size_text=words.size_text,
        duration_text=words.duration_text,
        time_text=words.time_text,
        rate_text=rate_text,
        height=drawing.HEIGHT,
    )
    return environment.get_template("page.html.j2")


def _shown(value: object) -> object:
    """What the template may print: text in its visible form, and what is markup."""
    return value if isinstance(value, Markup) else words.visible(str(value))
