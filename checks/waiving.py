"""Findings and waivers -> what stands, what is waived, and what has become of each waiver."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from assets.waivers import Waiver
from checks.core import Finding, NotChecked

_RIGHTS = "rights/"
"""How the checks begin whose findings stand whatever is written; the reader of waivers refuses them as well."""


class Fate(StrEnum):
    """What has become of a waiver in one report."""

    HOLDS = "holds"
    """It lifts a finding, or could not be compared with everything that it may be about."""
    OVER = "over"
    """Its last day is past."""
    ORPHANED = "orphaned"
    """All that it may be about was checked, and there is no such finding."""


@dataclass(frozen=True, slots=True)
class WaiverReview:
    """The waivers of a title that are for one platform, and what has become of each: checks may ask about it."""

    outcomes: tuple[tuple[Waiver, Fate], ...]

    def those(self, fate: Fate) -> list[Waiver]:
        """The waivers of one fate."""
        return [waiver for waiver, found in self.outcomes if found is fate]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a report knows that decides about waivers.

    `roles` are those of the files of the whole title by name; `assets` are the names of the files that were judged, and
    `is_whole` says whether nothing of the title was left out. `known` are all checks there are, `asked` those that the
    platform asks for, `ran` those of them that had something to look at.
    """

    platform: str
    at: datetime
    roles: Mapping[str, str]
    assets: frozenset[str]
    known: frozenset[str]
    asked: frozenset[str]
    ran: frozenset[str]
    not_checked: Sequence[NotChecked]
    is_whole: bool


def sifted(
    findings: Iterable[Finding], waivers: Iterable[Waiver], judged: Judged
) -> tuple[list[Finding], list[Finding]]:
    """The findings that stand, and those that are waived, each with its waiver. They have their fingerprints."""
    in_force: dict[tuple[str, str, str], Waiver] = {}
    for item in waivers:
        if item.is_for(judged.platform) and not item.is_over(judged.at):
            in_force.setdefault((item.fingerprint, item.check, item.asset), item)
    standing, waived = [], []
    for finding in findings:
        waiver = in_force.get((finding.fingerprint, finding.check, judged.roles.get(finding.asset, finding.asset)))
        if waiver is None or finding.check.startswith(_RIGHTS):
            standing.append(finding)
        else:
            waived.append(replace(finding, waiver=waiver))
    return standing, waived


def review(waivers: Iterable[Waiver], waived: Iterable[Finding], judged: Judged) -> WaiverReview:
    """What has become of the waivers that are for the platform."""
    lifting = {finding.fingerprint for finding in waived}
    return WaiverReview(
        tuple((waiver, _fate(waiver, lifting, judged)) for waiver in waivers if waiver.is_for(judged.platform))
    )


def _fate(waiver: Waiver, lifting: set[str], judged: Judged) -> Fate:
    if waiver.is_over(judged.at):
        return Fate.OVER
    return Fate.ORPHANED if waiver.fingerprint not in lifting and _is_all_checked(waiver, judged) else Fate.HOLDS


def _is_all_checked(waiver: Waiver, judged: Judged) -> bool:
    """Whether a finding that the waiver is for would be in the report, if it was there at all."""
    if waiver.check not in judged.known or (waiver.asset and waiver.asset not in judged.roles.values()):
        return True  # there is no such check, or no such file in the title
    if waiver.check not in judged.asked:
        return bool(waiver.platform)  # of another platform, unless it is for this one
    if waiver.check not in judged.ran:
        return False
    if any(item.check == waiver.check and _concerns(item, waiver, judged) for item in judged.not_checked):
        return False
    return waiver.asset in {judged.roles.get(name) for name in judged.assets} if waiver.asset else judged.is_whole


def _concerns(item: NotChecked, waiver: Waiver, judged: Judged) -> bool:
    return not item.asset or not waiver.asset or judged.roles.get(item.asset) == waiver.asset
