"""What a report's JSON must be, part by part, and the report that it is.

The first form had neither fingerprints nor waivers. Keys that a newer tool has added are passed over.
"""

import re
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from assets.timing import Time, from_seconds
from assets.waivers import Waiver
from checks.core import At, Finding, NotChecked, Severity
from checks.report import AssetRecord, Report

MOST_ENTRIES = 200_000
"""Of each list of a report: several times what any title has."""

_EXACT = re.compile(r"-?[0-9]+(/[1-9][0-9]*)?")
_LONGEST_NUMBER = 40
"""Characters of an exact time: a longer one is no time of a film."""


def _instant(value: object) -> datetime:
    found = datetime.fromisoformat(value) if isinstance(value, str) else None
    if found is None or found.tzinfo is None:
        raise ValueError("no date and time with an offset; such as 2027-01-01T09:00:00+09:00")
    return found


def _day(value: object) -> date:
    if not isinstance(value, str):
        raise ValueError("no date; such as 2027-01-01")  # noqa: TRY004 -- pydantic takes it for a fault of the text
    return date.fromisoformat(value)


def _last_day(value: object) -> date | None:
    return None if value is None else _day(value)


def _seconds(value: str) -> str:
    """An exact time; a fraction's text may name a number that no memory holds, so that its form is looked at first."""
    if len(value) > _LONGEST_NUMBER or not _EXACT.fullmatch(value):
        raise ValueError(f"{value[:_LONGEST_NUMBER]!r} is no time; seconds, whole or as a fraction, such as 497/8")
    return value


_Instant = Annotated[datetime, BeforeValidator(_instant)]
_Text = Annotated[str, Field(max_length=100_000)]
_Entries = Field(max_length=MOST_ENTRIES)


class _Part(BaseModel):
    """Of the type that is written and no other: nothing is taken for what it only looks like."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class _Time(_Part):
    seconds: Annotated[str, AfterValidator(_seconds)]

    @property
    def ticks(self) -> Time:
        return from_seconds(Fraction(self.seconds))


class _TitlePart(_Part):
    id: _Text
    name: _Text
    programme: _Text
    sha256: _Text = ""


class _PlatformPart(_Part):
    id: _Text
    name: _Text
    revision: _Text
    source: _Text


class _AssetPart(_Part):
    name: _Text
    kind: _Text
    version: _Text
    language: _Text
    size: Annotated[int, Field(ge=0)]
    sha256: _Text
    duration: _Time | None
    frame_rate: Annotated[str, Field(pattern="^([0-9]{1,9}(/[0-9]{1,9})?)?$")]
    facts: _Text
    role: _Text = ""

    def record(self) -> AssetRecord:
        return AssetRecord(**{**_shallow(self), "duration": self.duration.ticks if self.duration else None})


class _FindingPart(_Part):
    check: _Text
    severity: Literal["error", "warning", "note"]
    asset: _Text
    label: _Text
    start: _Time | None
    end: _Time | None
    line: Annotated[int, Field(ge=1)] | None
    message: _Text
    template: _Text
    measured: _Text
    allowed: _Text
    source: _Text
    borderline: bool
    reason: _Text
    fingerprint: Annotated[str, Field(pattern="^([0-9a-f]{16})?$")] = ""
    values: Annotated[dict[str, str], Field(max_length=100)] = {}
    file: _Text = ""

    def finding(self, waiver: Waiver | None = None) -> Finding:
        start, end = (time.ticks if time else None for time in (self.start, self.end))
        said = _shallow(self)
        for name in ("label", "start", "end", "line", "file"):
            del said[name]
        said |= {"severity": Severity[self.severity.upper()], "values": tuple(sorted(self.values.items()))}
        return Finding(**said, at=At(self.label, start, end, self.line, file=self.file), waiver=waiver)


class _WaiverPart(_Part):
    reason: _Text
    by: _Text
    granted: Annotated[date, BeforeValidator(_day)]
    until: Annotated[date | None, BeforeValidator(_last_day)]
    platform: _Text


class _WaivedPart(_Part):
    finding: _FindingPart
    waiver: _WaiverPart

    def waived(self) -> Finding:
        said = self.waiver
        waiver = Waiver(
            fingerprint=self.finding.fingerprint,
            check=self.finding.check,
            asset="",
            reason=said.reason,
            by=said.by,
            granted=said.granted,
            until=said.until,
            end=None,
            platform=said.platform,
        )
        return self.finding.finding(waiver)


class _NotCheckedPart(_Part):
    check: _Text
    asset: _Text
    reason: _Text
    required: bool


class ReportPart(_Part):
    """The whole of a report."""

    schema_: Annotated[Literal["releaseprint/report/1", "releaseprint/report/2"], Field(alias="schema")]
    title: _TitlePart
    platform: _PlatformPart
    tool_version: _Text
    judged_at: _Instant
    as_of: _Instant
    window: _Text
    territory: _Text
    assets: Annotated[list[_AssetPart], _Entries]
    findings: Annotated[list[_FindingPart], _Entries]
    waived: Annotated[list[_WaivedPart], _Entries] = []
    not_checked: Annotated[list[_NotCheckedPart], _Entries]
    checks_run: Annotated[list[_Text], _Entries]

    def report(self) -> Report:
        """The report that it says."""
        return Report(
            title_id=self.title.id,
            title_name=self.title.name,
            programme=self.title.programme,
            title_sha256=self.title.sha256,
            platform=self.platform.id,
            platform_name=self.platform.name,
            revision=self.platform.revision,
            spec_source=self.platform.source,
            tool_version=self.tool_version,
            judged_at=self.judged_at,
            as_of=self.as_of,
            window=self.window,
            territory=self.territory,
            assets=tuple(item.record() for item in self.assets),
            findings=tuple(item.finding() for item in self.findings),
            waived=tuple(item.waived() for item in self.waived),
            not_checked=tuple(NotChecked(**_shallow(item)) for item in self.not_checked),
            checks_run=tuple(self.checks_run),
        )


def _shallow(part: _Part) -> dict[str, Any]:
    return {name: getattr(part, name) for name in type(part).model_fields}
