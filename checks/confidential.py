"""What of a report stays in the house: a package goes to a licensee, and our other deals are none of its business."""

from dataclasses import replace

from checks.report import Report

INTERNAL = frozenset(
    {
        "rights/contradicting-deals",
        "rights/doubtful-date",
        "rights/forbidden-by-deal",
        "rights/no-mandate",
        "rights/pending-deal",
    }
)
"""The checks whose findings name deals with others, or say what we hold ourselves."""


def for_receiver(report: Report) -> Report:
    """A report as it may lie in a package; of a report that passes, only warnings and notes are left out."""
    return replace(report, findings=tuple(item for item in report.findings if item.check not in INTERNAL))
