"""The JSON form of a report, described by report.schema.json. The same report always gives the same bytes.

An instant on an asset's time line is given three ways: `seconds`, an exact rational number as text (`497/8`, or
`62` where it is whole); `ms`, rounded to the nearest millisecond; `timecode`, non-drop labels at the asset's frame rate
counted from 00:00:00:00 at its first frame, or null where the asset has no frame rate.
"""

import json
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from assets.timing import TICKS_PER_MS, Time, timecode, to_seconds
from assets.waivers import Waiver
from checks.codes import code_of, grade_of
from checks.core import Finding, NotChecked, Severity
from checks.report import AssetRecord, Report

SCHEMA = "releaseprint/report/2"
"""Name and number of the form; the number grows when a key changes its meaning or goes."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def frame_rate(text: str) -> Fraction | None:
    """The exact rate of `24` or `24000/1001`, or None if the text is no rate that timecode can count at."""
    try:
        rate = Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None
    return rate if rate >= 1 else None


def to_dict(report: Report) -> dict[str, Any]:
    """The report as plain data, ready for JSON; findings and assets keep the report's order."""
    rates = {asset.name: frame_rate(asset.frame_rate) for asset in report.assets}
    return {
        "schema": SCHEMA,
        "title": {
            "id": report.title_id,
            "name": report.title_name,
            "programme": report.programme,
            "sha256": report.title_sha256,
        },
        "platform": {
            "id": report.platform,
            "name": report.platform_name,
            "revision": report.revision,
            "source": report.spec_source,
        },
        "tool_version": report.tool_version,
        "judged_at": report.judged_at.isoformat(),
        "as_of": report.as_of.isoformat(),
        "window": report.window,
        "territory": report.territory,
        "verdict": str(report.verdict),
        "counts": _counts(report),
        "assets": [_asset(asset) for asset in report.assets],
        "findings": [_finding(finding, rates.get(finding.asset)) for finding in report.findings],
        "waived": [
            {"finding": _finding(finding, rates.get(finding.asset)), "waiver": _waiver(finding.waiver)}
            for finding in report.waived
            if finding.waiver
        ],
        "not_checked": [_not_checked(item) for item in report.not_checked],
        "checks_run": list(report.checks_run),
    }


def dumps(report: Report) -> str:
    """The report as JSON text: sorted keys, Korean and Japanese readable, a line feed at the end, always UTF-8."""
    return _text(to_dict(report))


def dumps_all(reports: Sequence[Report]) -> str:
    """Several reports as one JSON array, each as `dumps` would write it."""
    return _text([to_dict(report) for report in reports])


def _text(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _counts(report: Report) -> dict[str, int]:
    return {
        **{str(severity): report.count(severity) for severity in Severity},
        "waived": len(report.waived),
        "not_checked": len(report.not_checked),
        "required_not_checked": sum(item.required for item in report.not_checked),
    }


def _asset(asset: AssetRecord) -> dict[str, Any]:
    return {
        "name": asset.name,
        "kind": asset.kind,
        "version": asset.version,
        "language": asset.language,
        "size": asset.size,
        "sha256": asset.sha256,
        "duration": _time(asset.duration, frame_rate(asset.frame_rate)),
        "frame_rate": asset.frame_rate,
        "facts": asset.facts,
        "role": asset.role,
    }


def _finding(finding: Finding, rate: Fraction | None) -> dict[str, Any]:
    return {
        "check": finding.check,
        "fingerprint": finding.fingerprint,
        "severity": str(finding.severity),
        "asset": finding.asset,
        "label": finding.at.label,
        "start": _time(finding.at.start, rate),
        "end": _time(finding.at.end, rate),
        "file": finding.at.file,
        "line": finding.at.line,
        "message": finding.message,
        "template": finding.template,
        "values": dict(finding.values),
        "measured": finding.measured,
        "allowed": finding.allowed,
        "source": finding.source,
        "borderline": finding.borderline,
        "reason": finding.reason,
        "codes": _codes(finding),
    }


def _codes(finding: Finding) -> dict[str, Any]:
    code, grade = code_of(finding.check), grade_of(finding)
    return {
        "category": code.category,
        "term": code.term,
        "closest": code.is_closest,
        "movielabs": grade.movielabs,
        "netflix": grade.netflix,
        "netflix_glossary": code.netflix,
        "prime": grade.prime,
    }


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "reason": waiver.reason,
        "by": waiver.by,
        "granted": waiver.granted.isoformat(),
        "until": waiver.until.isoformat() if waiver.until else None,
        "platform": waiver.platform,
    }


def _not_checked(item: NotChecked) -> dict[str, Any]:
    return {"check": item.check, "asset": item.asset, "reason": item.reason, "required": item.required}


def _time(time: Time | None, rate: Fraction | None) -> dict[str, Any] | None:
    if time is None:
        return None
    return {
        "seconds": str(to_seconds(time)),
        "ms": round(Fraction(time, TICKS_PER_MS)),
        "timecode": None if rate is None else timecode(time, rate),
    }
