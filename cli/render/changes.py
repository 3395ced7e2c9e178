"""A comparison arranged for reading: its headings in their order, its rows, and the limits that changed, in words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checks.comparing import Change, Compared, Comparison
from checks.comparing_limits import CheckChange, Fate, KeyChange
from checks.core import NotChecked
from checks.report import Report
from checks.report_json import frame_rate
from cli.render.languages import message, phrase, sentence
from cli.render.sheet import place_of
from cli.render.words import time_text

HEADINGS = {
    Change.NEW: "New",
    Change.NOT_SEEN_THEN: "Not looked for then",
    Change.GRAVER: "Graver than then",
    Change.UNWAIVED: "No longer waived",
    Change.MILDER: "Milder than then",
    Change.WAIVED: "Waived since",
    Change.NOT_SEEN_NOW: "Not looked for now, so that nobody can say whether it is mended",
    Change.FIXED: "Fixed",
    Change.UNCHANGED: "Unchanged",
}
"""In the order in which they are shown."""

BY_WORDS = (
    "The older report has no fingerprints: findings are compared by what they say, so that another limit makes another "
    "finding."
)


_OF_NO_WINDOW = "{verdict} by {platform}, revision {revision}, judged {instant} by releaseprint {release}"
_OF_A_WINDOW = "{verdict} by {platform}, revision {revision}, window {id}, judged {instant} by releaseprint {release}"


@dataclass(frozen=True, slots=True)
class Row:
    """A finding as it is shown: its severity, where it is, what it says with what is another now, and its check.

    `grade` is the severity as the code names it, whatever language the others are in.
    """

    grade: str
    severity: str
    where: str
    what: str
    check: str


def rows(comparison: Comparison, change: Change, language: str = "en") -> Iterator[Row]:
    """The findings with one change, in the order of the comparison, in that language."""
    rates = {
        id(report): {asset.name: frame_rate(asset.frame_rate) for asset in report.assets}
        for report in (comparison.old, comparison.new)
    }
    for item in comparison.those(change):
        finding = item.finding
        rate = rates[id(comparison.new if item.new else comparison.old)].get(finding.asset)
        time = "" if finding.at.start is None else time_text(finding.at.start, rate)
        where = phrase(", ", language).join(filter(None, (finding.asset, phrase(place_of(finding), language), time)))
        why = f" ({phrase(item.why, language)})" if item.why else ""
        what = f"{message(finding, language)}{why}"
        yield Row(str(finding.severity), _severity_text(item, language), where, what, finding.check)


def _severity_text(item: Compared, language: str) -> str:
    """`error`, or `error, was warning`."""
    severity = phrase(str(item.finding.severity), language)
    if item.old is None or item.new is None or item.old.severity is item.new.severity:
        return severity
    earlier = phrase(str(item.old.severity), language)
    return sentence("{severity}, was {earlier}", language, {"severity": severity, "earlier": earlier})


def counts_text(comparison: Comparison, language: str = "en") -> str:
    """`14 new, 2 fixed, 30 unchanged`: what there is of each change, in the order of the headings."""
    return _counted(comparison.counts, tuple(HEADINGS), language) or phrase("no findings in either", language)


def _counted(counts: Mapping[Change, int], changes: Sequence[Change], language: str) -> str:
    text = ", ".join(f"{counts[change]} {change}" for change in changes if counts.get(change))
    return phrase(text, language)


def report_text(report: Report, language: str = "en") -> str:
    """Which of two reports is meant."""
    values = {
        "verdict": phrase(str(report.verdict).upper(), language),
        "platform": f"{report.platform_name} ({report.platform})",
        "revision": report.revision,
        "id": report.window,
        "instant": report.judged_at.isoformat(sep=" ", timespec="seconds"),
        "release": report.tool_version,
    }
    return sentence(_OF_A_WINDOW if report.window else _OF_NO_WINDOW, language, values)


def key_text(item: KeyChange, language: str = "en") -> str:
    """`max_cpl.ko: 18 -> 16`: the names of keys are those of a platform's file in every language."""
    return f"{item.key}: {_value(item.old, language)} -> {_value(item.new, language)}"


def _value(value: object, language: str) -> str:
    if value is None:
        return phrase("none", language)
    if isinstance(value, list):
        return ", ".join(_value(item, language) for item in value) or phrase("nothing", language)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def limits_text(item: CheckChange, language: str = "en", comparison: Comparison | None = None) -> str:
    """What is another of one check, in one line; of one that came or went what it asks for.

    Where several of its limits changed, what each does alone stands behind it, as `max_cpl.ko: 16 -> 14 (48 new)`.
    """
    if item.fate is Fate.CHANGED:
        return "; ".join(_with_effect(item.check, key, language, comparison) for key in item.keys)
    is_gone = item.fate is Fate.DROPPED
    values = (f"{key.key} {_value(key.old if is_gone else key.new, language)}" for key in item.keys)
    return ": ".join(filter(None, (phrase(str(item.fate), language), "; ".join(values))))


def _with_effect(check: str, key: KeyChange, language: str, comparison: Comparison | None) -> str:
    alone = comparison.by_limit.get((check, key.key), {}) if comparison else {}
    said = found_text(alone, language)
    return key_text(key, language) + (f" ({said})" if said else "")


def clause_text(item: CheckChange, language: str = "en") -> str:
    """The clause of a limit, then and now."""
    if item.old_source == item.new_source or not (item.old_source and item.new_source):
        return item.new_source or item.old_source
    return sentence("{clause}; before: {clause2}", language, {"clause": item.new_source, "clause2": item.old_source})


def found_text(counts: Mapping[Change, int], language: str = "en") -> str:
    """What became of a check's findings: `14 new, 1 graver`; nothing if it has none that changed."""
    return _counted(counts, [change for change in HEADINGS if change is not Change.UNCHANGED], language)


def left_out_text(item: NotChecked, language: str = "en") -> str:
    """A check that was left out: of which file, and why."""
    check = sentence("{check} (required)", language, {"check": item.check}) if item.required else item.check
    return ": ".join(filter(None, (check, item.asset, phrase(item.reason, language))))


def lists(comparison: Comparison, language: str = "en") -> Iterator[tuple[str, list[str]]]:
    """What the reports differ in apart from findings, each with its heading; only what there is."""
    every = {
        "Not checked now, though then": [left_out_text(item, language) for item in comparison.stopped],
        "Checked now, though not then": [left_out_text(item, language) for item in comparison.started],
        "Checks that came": list(comparison.came),
        "Checks that went": list(comparison.went),
    }
    yield from ((phrase(heading, language), lines) for heading, lines in every.items() if lines)
