"""A report, as its JSON form says it -> what it says of each asset.

The same form is in every package, so that the verdicts of what was delivered are found again in the store.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assets.rights import utc
from storage.index import Verdict

REPORT_SCHEMA = "releaseprint/report/1"


def verdicts(report: Mapping[str, Any]) -> tuple[Verdict, ...]:
    """The verdict on each asset: `incomplete` if something required of it was not checked, else `fail` or `pass`.

    Raises ValueError, KeyError or TypeError for what is no report.
    """
    if report["schema"] != REPORT_SCHEMA:
        raise ValueError(report["schema"])
    counts: dict[str, Counter[str]] = {asset["name"]: Counter() for asset in report["assets"]}
    for finding in report["findings"]:
        counts.setdefault(finding["asset"], Counter())[finding["severity"]] += 1
    for item in report["not_checked"]:
        found = counts.setdefault(item["asset"], Counter())
        found["not checked"] += 1
        found["required"] += bool(item["required"])
    return tuple(
        Verdict(
            title=str(report["title"]["id"]),
            name=str(asset["name"]),
            sha256=str(asset["sha256"]),
            platform=str(report["platform"]["id"]),
            platform_revision=str(report["platform"]["revision"]),
            window=str(report["window"]),
            judged_at=utc(datetime.fromisoformat(report["judged_at"])),
            verdict=_verdict(counts[asset["name"]]),
            errors=counts[asset["name"]]["error"],
            warnings=counts[asset["name"]]["warning"],
            notes=counts[asset["name"]]["note"],
            not_checked=counts[asset["name"]]["not checked"],
        )
        for asset in report["assets"]
    )


def _verdict(counts: Counter[str]) -> str:
    if counts["required"]:
        return "incomplete"
    return "fail" if counts["error"] else "pass"
