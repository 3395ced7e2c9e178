"""The results of a SARIF run: a finding, what somebody answers for, a required check that was not made.

GitHub shows every result as an alert, whatever its kind, and wants a line of each: what has none begins at the first.
A check that nobody requires, or that does not apply, is therefore a notification of the run and no result.
"""

from typing import Any

from assets.manifest import FILE_NAME
from checks.codes import grade_of
from checks.core import Finding, NotChecked
from checks.fingerprints import FORM
from checks.report import Report
from checks.report_json import frame_rate
from cli.render.batch import Batch
from cli.render.plain import uri
from cli.render.sarif_rules import LEVELS, Rules
from cli.render.words import time_text, visible

BASE = "%SRCROOT%"
"""What paths are relative to: the catalogue, or the work tree of a CI run around it."""

_GITHUB = "primaryLocationLineHash"
"""The one fingerprint by which GitHub knows an alert again."""


class Results:
    """Makes the results of one report."""

    def __init__(self, batch: Batch, report: Report, rules: Rules) -> None:
        self.batch, self.report, self.rules = batch, report, rules
        self.rates = {asset.name: frame_rate(asset.frame_rate) for asset in report.assets}

    def found(self, finding: Finding) -> dict[str, Any]:
        """A finding: a failure, or for review where it passes one reading of the clause; suppressed if it is waived."""
        result: dict[str, Any] = {
            "ruleId": visible(finding.check),
            "ruleIndex": self.rules.index[finding.check],
            "kind": "review" if finding.borderline else "fail",
            "level": "none" if finding.borderline else LEVELS[finding.severity],
            "message": {"text": visible(f"{self.batch.message(finding)} [{finding.source}]")},
            "locations": [self._location(finding)],
            "partialFingerprints": {FORM: finding.fingerprint, _GITHUB: f"{finding.fingerprint}:1"},
            "properties": _properties(finding),
        }
        if waiver := finding.waiver:
            until = f"until {waiver.until}" if waiver.until else "without an end"
            said = f"{waiver.reason} ({self.batch.phrase(f'{waiver.by}, {waiver.granted}, {until}')})"
            result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": visible(said)}]
        return result

    def open(self, item: NotChecked) -> dict[str, Any]:
        """A required check that was not made: whether there is a fault is open."""
        return {
            "ruleId": visible(item.check),
            "ruleIndex": self.rules.index[item.check],
            "kind": "open",
            "level": "none",
            "message": {"text": self._not_checked(item)},
            "locations": [{"physicalLocation": {"artifactLocation": self._file(item), "region": {"startLine": 1}}}],
        }

    def left_out(self, item: NotChecked) -> dict[str, Any]:
        """The notification of a check that was not made and that nobody requires."""
        return {
            "associatedRule": {"id": visible(item.check), "index": self.rules.index[item.check]},
            "level": "note",
            "message": {"text": self._not_checked(item)},
            "locations": [{"physicalLocation": {"artifactLocation": self._file(item)}}],
        }

    def _not_checked(self, item: NotChecked) -> str:
        return visible(f"{self.batch.phrase('not checked')}: {self.batch.phrase(item.reason)}")

    def _file(self, item: NotChecked) -> dict[str, str]:
        return location_of(self.batch.places.path(self.report, item.asset or FILE_NAME))

    def _location(self, finding: Finding) -> dict[str, Any]:
        spot = self.batch.places.spot(self.report, finding)
        region = {"startLine": spot.line or 1}
        if spot.columns:
            region |= {"startColumn": spot.columns.start, "endColumn": spot.columns.end}
        location: dict[str, Any] = {
            "physicalLocation": {"artifactLocation": location_of(spot.path), "region": region},
        }
        if logical := self._logical(finding):
            location["logicalLocations"] = [{"fullyQualifiedName": logical}]
        return location

    def _logical(self, finding: Finding) -> str:
        """The place in words and on the time line: `cue 12 00:01:02:03-00:01:04:00`."""
        rate = self.rates.get(finding.asset)
        times = [time_text(time, rate) for time in (finding.at.start, finding.at.end) if time is not None]
        return visible(" ".join(filter(None, (finding.at.label, "-".join(times)))))


def location_of(path: str) -> dict[str, str]:
    """The location of a file."""
    return {"uri": uri(path), "uriBaseId": BASE}


def _properties(finding: Finding) -> dict[str, str]:
    grade = grade_of(finding)
    words = {"measured": finding.measured, "allowed": finding.allowed, "source": finding.source}
    return {
        **{name: visible(value) for name, value in words.items() if value},
        "movielabsSeverity": grade.movielabs,
        "netflixSeverity": grade.netflix,
        "primeSeverity": grade.prime,
    }
