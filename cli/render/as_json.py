"""A report as JSON: the form that packages carry too, described by checks/report.schema.json."""

from checks import report_json
from checks.report import Report


def render(report: Report) -> str:
    """The report as JSON text that ends with a line feed."""
    return report_json.dumps(report)
