"""A report: what was judged, by which revision, what was found, and what was not checked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assets.clearance import Clearance
from assets.errors import Refused
from assets.timing import Time
from checks.core import Finding, NotChecked, Severity


class Verdict(StrEnum):
    """The outcome of a report."""

    PASS = "pass"  # noqa: S105 -- a verdict, not a password
    FAIL = "fail"
    INCOMPLETE = "incomplete"
    """A required check could not run, or an asset could not be read: not a pass."""


@dataclass(frozen=True, slots=True)
class AssetRecord:
    """An asset as a report names it. `facts` are a few words a person knows the file by.

    `role` is what it is of the title, such as `original/subtitles/ko/full`, whatever its name; empty if not known.
    """

    name: str
    kind: str
    version: str
    language: str
    size: int
    sha256: str
    duration: Time | None = None
    frame_rate: str = ""
    facts: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One title judged by one platform. Findings are in the order of assets and time.

    `waived` are the findings that somebody answers for: they stand apart and do not count. `title_sha256` is the digest
    of the files that declare the title; empty where only some files of it were judged.
    """

    title_id: str
    title_name: str
    programme: str
    platform: str
    platform_name: str
    revision: str
    spec_source: str
    tool_version: str
    judged_at: datetime
    as_of: datetime
    assets: tuple[AssetRecord, ...]
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    checks_run: tuple[str, ...]
    window: str = ""
    territory: str = ""
    title_sha256: str = ""
    waived: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """PASS only if nothing at the gate was found and everything required was checked."""
        if any(item.required for item in self.not_checked):
            return Verdict.INCOMPLETE
        return Verdict.FAIL if self.count(Severity.ERROR) else Verdict.PASS

    def count(self, severity: Severity) -> int:
        """How many findings there are of a severity."""
        return sum(1 for finding in self.findings if finding.severity is severity)

    def clearance(self) -> Clearance:
        """The permission to ship what was judged. Raises Refused unless the verdict is PASS."""
        if self.verdict is Verdict.PASS:
            digests = {asset.name: asset.sha256 for asset in self.assets}
            waivers = tuple(finding.waiver for finding in self.waived if finding.waiver)
            return Clearance(self.title_id, self.platform, self.revision, self.window, digests, waivers)
        errors = [finding for finding in self.findings if finding.severity is Severity.ERROR]
        reasons = [_reason(finding) for finding in errors]
        reasons += [
            f"{item.check}: {item.asset or self.title_id} was not checked: {item.reason}"
            for item in self.not_checked
            if item.required
        ]
        raise Refused(f"{self.title_id} is not cleared for {self.platform} (revision {self.revision})", reasons)


def _reason(finding: Finding) -> str:
    """A finding on one line, with the clause that asks for it."""
    place = " ".join(part for part in (finding.asset, finding.at.label) if part)
    return ": ".join(part for part in (finding.check, place, finding.message) if part) + f" [{finding.source}]"
