"""A report, as its JSON form says it -> what it says of each asset.

The same form is in every package, so that the verdicts of what was delivered are found again in the store.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assets.rights import utc
from storage.index import WHOLE, Verdict

REPORT_SCHEMAS = frozenset({"releaseprint/report/1", "releaseprint/report/2"})
"""The forms that packages hold; the first one knew no waivers."""


def verdicts(report: Mapping[str, Any]) -> tuple[Verdict, ...]:
    """The verdict on each asset: `incomplete` if something required of it was not checked, else `fail` or `pass`.

    A report on all of a title has one on the title too, under the name `WHOLE` and the digest of its title.toml: what
    the whole report says, faults of no asset included. Raises ValueError, KeyError or TypeError for what is no report.
    """
    if report["schema"] not in REPORT_SCHEMAS:
        raise ValueError(report["schema"])
    counts: dict[str, Counter[str]] = {asset["name"]: Counter() for asset in report["assets"]}
    for finding in report["findings"]:
        counts.setdefault(finding["asset"], Counter())[finding["severity"]] += 1
    for item in report["not_checked"]:
        own = counts.setdefault(item["asset"], Counter())
        own["not checked"] += 1
        own["required"] += bool(item["required"])
    assets = [(str(asset["name"]), str(asset["sha256"])) for asset in report["assets"]]
    found = [_made(report, name, sha256, _verdict(counts[name]), counts[name]) for name, sha256 in assets]
    if declared_by := str(report["title"].get("sha256", "")):
        every = Counter({key.replace("_", " "): int(number) for key, number in report["counts"].items()})
        found.append(_made(report, WHOLE, declared_by, str(report["verdict"]), every))
    return tuple(found)


def _made(report: Mapping[str, Any], name: str, sha256: str, verdict: str, counts: Counter[str]) -> Verdict:
    return Verdict(
        title=str(report["title"]["id"]),
        name=name,
        sha256=sha256,
        platform=str(report["platform"]["id"]),
        platform_revision=str(report["platform"]["revision"]),
        window=str(report["window"]),
        judged_at=utc(datetime.fromisoformat(report["judged_at"])),
        verdict=verdict,
        errors=counts["error"],
        warnings=counts["warning"],
        notes=counts["note"],
        not_checked=counts["not checked"],
    )


def _verdict(counts: Counter[str]) -> str:
    if counts["required"]:
        return "incomplete"
    return "fail" if counts["error"] else "pass"
