"""The waived findings of a report as QC notes: plain text for the notes field of a delivery, or for a letter."""

from collections.abc import Iterator, Sequence
from functools import partial

from checks.core import Finding
from checks.report import Report
from cli.render.languages import message, phrase
from cli.render.sheet import groups_of, place_of
from cli.render.words import time_text, visible


def render(report: Report, language: str = "en") -> str:
    """What the receiver is told of every finding that somebody answers for, in the order of files and time."""
    return "\n".join([*_head(report, language), *_notes(report, language)]) + "\n"


def dumps_all(reports: Sequence[Report], language: str = "en") -> str:
    """The notes of several reports, one a rights window, below each other."""
    return "\n".join(render(report, language) for report in reports)


def _head(report: Report, language: str) -> Iterator[str]:
    say = partial(phrase, language=language)
    yield f"{say('QC notes')}: {visible(report.title_name)}"
    judged = say(f"revision {visible(report.revision)}, judged {report.judged_at.isoformat()}")
    yield say(", ").join((visible(report.platform_name), judged))
    if report.window:
        yield f"{say('Rights window')} {visible(report.window)}"


def _notes(report: Report, language: str) -> Iterator[str]:
    say = partial(phrase, language=language)
    if not report.waived:
        yield ""
        yield say("None: no finding is waived.")
    for group in groups_of(report, report.waived):
        yield ""
        yield visible(group.name) if group.asset else visible(say(group.name))
        for finding in group.findings:
            start, place = finding.at.start, say(place_of(finding))
            where = say(", ").join(filter(None, ("" if start is None else time_text(start, group.rate), place)))
            yield visible(f"- {f'{where}: ' if where else ''}{message(finding, language)} [{finding.check}]")
            yield from (f"  {visible(say(line))}" for line in waiver_lines(finding))


def waiver_lines(finding: Finding) -> Iterator[str]:
    """Why a finding is waived; by whom and until when."""
    waiver = finding.waiver
    if waiver is not None:
        until = f"until {waiver.until}" if waiver.until else "without an end"
        yield f"Waived: {waiver.reason}"
        yield f"{waiver.by}, {waiver.granted}, {until}; {finding.fingerprint}"
