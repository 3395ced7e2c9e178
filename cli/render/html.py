"""A report as one HTML page: nothing is loaded, nothing has to run for it to be read, and it prints.

Every text is escaped by the template engine. As a second line of defence the page's own policy permits only the one
style sheet and the one script that stand in it, by their digests.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from assets.timing import rate_text
from checks.report import Report
from cli.render import sheet, words

_HERE = Path(__file__).parent


def render(report: Report) -> str:
    """The report as the text of an HTML page, to be written as UTF-8."""
    groups = sheet.groups(report)
    return _template().render(
        report=report,
        groups=[group for group in groups if group.findings],
        counts={group.asset.name: group.counts for group in groups if group.asset},
        families=sheet.families(report),
        header=_header(report),
        verdict_text=sheet.verdict_text(report),
        not_checked=sheet.not_checked(report),
        waived=sheet.groups_of(report, report.waived),
    )


def numbered(path: Path, reports: Sequence[Report]) -> list[tuple[Path, Report]]:
    """Where the pages of several reports, one a rights window, go: `report.html`, or `report.WINDOW.html` each."""
    if len(reports) == 1:
        return [(path, reports[0])]
    return [(path.with_name(f"{path.stem}.{report.window}{path.suffix}"), report) for report in reports]


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    style, script = _part("report.css"), _part("report.js")
    environment.globals.update(
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src '{_source(style)}'; script-src '{_source(script)}'; "
        "base-uri 'none'; form-action 'none'",
        severities=sheet.SEVERITIES,
        borderline=sheet.BORDERLINE,
        place_of=sheet.place_of,
        duration_of=sheet.duration_of,
        family_of=sheet.family_of,
        counts_text=sheet.counts_text,
        count_text=words.count_text,
        size_text=words.size_text,
        duration_text=words.duration_text,
        time_text=words.time_text,
        rate_text=rate_text,
    )
    return environment.get_template("report.html.j2")


def _shown(value: object) -> object:
    """What the template may print: text in its visible form, and the two parts of the page that are markup."""
    return value if isinstance(value, Markup) else words.visible(str(value))


def _part(name: str) -> Markup:
    return Markup((_HERE / name).read_text(encoding="utf-8"))  # noqa: S704 -- a file of this package


def _source(part: str) -> str:
    """The source expression of Content Security Policy that permits exactly this part."""
    return "sha256-" + base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()


def _header(report: Report) -> list[tuple[str, str]]:
    rows = (
        ("Title", report.title_id),
        ("Format", report.programme),
        ("Platform", f"{report.platform_name} ({report.platform})"),
        ("Revision", report.revision),
        ("Spec", report.spec_source),
        ("Rights window", report.window),
        ("Territory", report.territory),
        ("Rights as of", report.as_of.isoformat(sep=" ", timespec="seconds")),
        ("Judged at", report.judged_at.isoformat(sep=" ", timespec="seconds")),
        ("Judged by", f"releaseprint {report.tool_version}"),
    )
    return [(name, value) for name, value in rows if value]
