"""The QC reports that lie in a package."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from checks.confidential import for_receiver
from checks.report import Report
from storage.package import REPORT_KEY

REPORT_PAGE_KEY = "qc/report.html"


def rendering(report: Report, as_of: datetime | None) -> Callable[[datetime], Mapping[str, bytes]]:
    """Renders a report as judged at an instant; a date that was not given on the command line is that instant.

    What it says of deals with others stays here (`checks.confidential`).
    """
    from checks import report_json
    from cli.render import report as page

    def render(instant: datetime) -> Mapping[str, bytes]:
        dated = replace(for_receiver(report), judged_at=instant, as_of=as_of or instant)
        return {REPORT_KEY: report_json.dumps(dated).encode(), REPORT_PAGE_KEY: page.render(dated).encode()}

    return render
