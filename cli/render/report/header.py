"""The head of the page: what was judged, by what, for whom, by whom and when."""

from checks.report import Report
from cli.render.report.context import Context


def header(report: Report, context: Context) -> list[tuple[str, str]]:
    """The rows of the head, those that have something to say."""
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
        ("Operator", context.operator),
    )
    return [(name, value) for name, value in rows if value]
