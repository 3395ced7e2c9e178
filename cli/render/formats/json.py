"""The reports as one JSON array, each as checks/report.schema.json describes it."""

from cli.render.batch import Batch, Format, Rendered


def render(batch: Batch) -> Rendered:
    """All that a report knows, for machines."""
    from checks.report_json import dumps_all

    return Rendered(dumps_all(batch.reports))


FORMAT = Format("json", "JSON, all that a report knows", render)
