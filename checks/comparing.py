"""Two reports on one title -> what is new, what is fixed, what is as it was, and what only one of them looked for.

Findings are the same by their fingerprint, which has the role of the file in it. A report of the first form has none:
then check, kind of file, kind of place and the words of the message decide, each figure by its first two digits.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from checks.core import Finding, NotChecked
from checks.fingerprints import in_words
from checks.report import AssetRecord, Report

_Key = tuple[str, ...]
_GONE = "\0"
"""Before the name of a file that only the older report has, so that it is no file of the newer one."""


class Change(StrEnum):
    """What became of a finding from one report to the next."""

    NEW = "new"
    """It stands now, and was looked for then."""
    NOT_SEEN_THEN = "not looked for then"
    """It stands now; then its check was not made, or there was no such file."""
    GRAVER = "graver"
    MILDER = "milder"
    """It stands in both, with another severity."""
    UNWAIVED = "no longer waived"
    UNCHANGED = "unchanged"
    WAIVED = "waived since"
    NOT_SEEN_NOW = "not looked for now"
    """It stood then; whether it is mended nobody can say."""
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Compared:
    """One finding in two reports. `why` says what kept one of them from looking for it, where that is the change."""

    change: Change
    old: Finding | None
    new: Finding | None
    why: str = ""

    @property
    def finding(self) -> Finding:
        """As it is now, else as it was then."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a finding of neither report")
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that two reports say of one title, in the order of the newer one; what is gone comes last.

    `stopped` is what was checked then and is left out now, `started` the contrary; `came` and `went` are checks that
    only one of the reports was asked for. `by_words` says that the older report has no fingerprints. `by_limit` is, for
    checks of which several limits changed, what each of them does alone, by check and key.
    """

    old: Report
    new: Report
    items: tuple[Compared, ...]
    stopped: tuple[NotChecked, ...]
    started: tuple[NotChecked, ...]
    came: tuple[str, ...]
    went: tuple[str, ...]
    by_words: bool
    by_limit: Mapping[tuple[str, str], Mapping[Change, int]] = field(default_factory=dict)

    def those(self, change: Change) -> list[Compared]:
        """The findings with one change."""
        return [item for item in self.items if item.change is change]

    @property
    def counts(self) -> dict[Change, int]:
        """How many findings there are with each change."""
        found = Counter(item.change for item in self.items)
        return {change: found[change] for change in Change}

    @property
    def counts_by_check(self) -> dict[str, Counter[Change]]:
        """The same of each check that has findings."""
        found: dict[str, Counter[Change]] = defaultdict(Counter)
        for item in self.items:
            found[item.finding.check][item.change] += 1
        return dict(found)


def compare(old: Report, new: Report) -> Comparison:
    """Two reports on one title, whatever platform and revision each was judged by."""
    by_words = any(not finding.fingerprint for finding in (*old.findings, *old.waived))
    then = _Side(old, _counterparts(old, new), by_words=by_words)
    now = _Side(new, {asset.name: asset.name for asset in new.assets}, by_words=by_words)
    items = [_of_new(key, finding, then, now) for key, finding in now.standing.items()]
    return Comparison(
        old=old,
        new=new,
        items=(*items, *_of_old(then, now)),
        stopped=tuple(item for item in new.not_checked if then.made(item.check, now.file(item.asset))),
        started=tuple(item for item in old.not_checked if now.made(item.check, then.file(item.asset))),
        came=tuple(sorted(now.ran - then.asked)),
        went=tuple(sorted(then.ran - now.asked)),
        by_words=by_words,
    )


def _counterparts(old: Report, new: Report) -> dict[str, str]:
    """The name that each file of the older report has in the newer one.

    By its role; where one of the reports does not tell roles by its name, else by what else is said of it.
    """
    by_role = {asset.role: asset.name for asset in new.assets if asset.role}
    names = {asset.name: asset for asset in new.assets}
    alike = Counter(map(_description, new.assets))
    by_description = {_description(asset): asset.name for asset in new.assets if alike[_description(asset)] == 1}
    found = {}
    for asset in old.assets:
        same = names.get(asset.name)
        if asset.role and by_role:
            name = by_role.get(asset.role)
        else:
            name = same.name if same else by_description.get(_description(asset))
        found[asset.name] = name or _GONE + asset.name
    return found


def _description(asset: AssetRecord) -> _Key:
    return asset.kind, asset.version, asset.language


class _Side:
    """One of the reports, to be looked up in. `names` are what its files are called in the newer report."""

    def __init__(self, report: Report, names: Mapping[str, str], *, by_words: bool) -> None:
        self._names, self._by_words = names, by_words
        self.files = frozenset(names.values())
        self.standing = dict(self._keyed(report.findings))
        self.waived = dict(self._keyed(report.waived))
        self.ran = frozenset(report.checks_run)
        self.asked = self.ran | {item.check for item in report.not_checked}
        self.left_out = {(item.check, self.file(item.asset)): item.reason for item in report.not_checked}

    def _keyed(self, findings: Iterable[Finding]) -> Iterator[tuple[_Key, Finding]]:
        """Each with what it is known by; equal ones, which the first form has, are counted."""
        seen: Counter[_Key] = Counter()
        for finding in findings:
            known_by = (self.file(finding.asset), *in_words(finding)) if self._by_words else (finding.fingerprint,)
            key = (finding.check, *known_by)
            seen[key] += 1
            yield (*key, str(seen[key])), finding

    def file(self, name: str) -> str:
        """What a file of this report is called in the newer one; nothing is the title as a whole."""
        return self._names.get(name, name)

    def why_not(self, check: str, file: str, other: "_Side") -> str:
        """Why a check was not made of a file that the other report has; nothing if it was."""
        if file in other.files and file not in self.files:
            return "no such file"
        for place in (file, ""):
            if (reason := self.left_out.get((check, place))) is not None:
                return reason or "left out"
        return "" if check in self.ran else "the check not asked for"

    def made(self, check: str, file: str) -> bool:
        """Whether a check was made of a file, or of the title."""
        is_there = not file or file in self.files
        is_left_out = (check, file) in self.left_out or (check, "") in self.left_out
        return check in self.ran and is_there and not is_left_out


def _of_new(key: _Key, finding: Finding, then: _Side, now: _Side) -> Compared:
    """What became of a finding that stands now."""
    old = then.standing.get(key)
    if old is not None:
        graver = Change.GRAVER if finding.severity > old.severity else Change.MILDER
        return Compared(Change.UNCHANGED if finding.severity is old.severity else graver, old, finding)
    if key in then.waived:
        return Compared(Change.UNWAIVED, then.waived[key], finding)
    why = then.why_not(finding.check, now.file(finding.asset), now)
    return Compared(Change.NOT_SEEN_THEN if why else Change.NEW, None, finding, why)


def _of_old(then: _Side, now: _Side) -> Iterator[Compared]:
    """What became of the findings that stood then and do not stand now."""
    for key, finding in then.standing.items():
        if key in now.waived:
            yield Compared(Change.WAIVED, finding, now.waived[key])
        elif key not in now.standing:
            why = now.why_not(finding.check, then.file(finding.asset), then)
            yield Compared(Change.NOT_SEEN_NOW if why else Change.FIXED, finding, None, why)
