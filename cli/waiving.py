"""From fingerprints on the command line to entries of a waivers.toml."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assets import waiver_records
from assets.catalogue import Catalogue
from assets.errors import Refused, UsageError
from assets.history import roles_by_name
from assets.title import Title
from assets.waivers import NEVER_WAIVED, Waiver, family_of
from checks.core import Finding
from cli import judgement

OPEN = "open"


@dataclass(frozen=True, slots=True)
class Said:
    """Who answers for findings, why, from which day to which (None: open), and whether for all platforms."""

    reason: str
    by: str
    granted: date
    until: date | None
    is_for_all: bool


def said(reason: str, by: str, until: str, now: datetime, *, is_for_all: bool) -> Said:
    """What the command line says. Raises UsageError for words that say nothing and for a day that is past."""
    for option, text in (("--reason", reason), ("--by", by)):
        if not text.strip():
            raise UsageError(f"{option}: says nothing; a few words for whoever asks in some years")
        if any(unicodedata.category(char) == "Cs" for char in text):
            raise UsageError(f"{option}: {text!a} is not UTF-8")
    today = now.date()
    try:
        last = None if until == OPEN else date.fromisoformat(until)
    except ValueError:
        raise UsageError(f"--until: {until!r} is no day; 2027-03-31, or {OPEN}") from None
    if last is not None and last < today:
        raise UsageError(f"--until: {last} is past; {today} or later, or {OPEN}")
    return Said(reason.strip(), by.strip(), today, last, is_for_all)


def waive(
    catalogue: Catalogue, title: Title, fingerprints: Sequence[str], asked: judgement.Asked, said: Said
) -> list[Waiver]:
    """Judge a title and write a waiver for each of the findings, or for none of them.

    Raises UsageError if a fingerprint is none of the report's, Refused for a finding about rights.
    """
    reports, _ = judgement.judge_targets(catalogue, [judgement.Target(title)], asked)
    found = {item.fingerprint: item for report in reports for item in (*report.findings, *report.waived)}
    named = list(dict.fromkeys(fingerprints))
    if unknown := [item for item in named if item not in found]:
        listed = f"`releaseprint report {title.id} --platform {asked.platform.id} --fingerprints` shows them"
        raise UsageError(f"{title.id} has no finding {', '.join(unknown)}; {listed}")
    if rights := [found[item] for item in named if family_of(found[item].check) in NEVER_WAIVED]:
        raise Refused("no waiver lifts a finding about rights", [f"{item.check}: {item.message}" for item in rights])
    granted = [_waiver(found[item], title, asked.platform.id, said) for item in named]
    try:
        waiver_records.grant(title.folder, catalogue.root, title.id, granted)
    except OSError as error:
        raise UsageError(f"{title.folder / waiver_records.FILE_NAME}: cannot be written: {error.strerror}") from error
    return granted


def _waiver(finding: Finding, title: Title, platform: str, said: Said) -> Waiver:
    """A waiver for a finding; where there is one already, for all platforms or this one, it is that one's renewal."""
    known = [item for item in title.waivers if item.fingerprint == finding.fingerprint and item.is_for(platform)]
    renewed = known[0].platform if known else platform
    return Waiver(
        fingerprint=finding.fingerprint,
        check=finding.check,
        asset=roles_by_name(title).get(finding.asset, ""),
        reason=said.reason,
        by=said.by,
        granted=said.granted,
        until=said.until,
        end=None,
        platform="" if said.is_for_all else renewed,
    )
