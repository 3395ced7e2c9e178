"""The rules of a SARIF run: the checks, with what they say of themselves and where their clause can be read."""

from dataclasses import dataclass
from typing import Any

from checks.codes import VOCABULARY, code_of
from checks.core import Severity
from checks.report import Report
from cli.render.applying import declared
from cli.render.clauses import clause_url
from cli.render.languages import phrase
from cli.render.words import visible

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a run: the place of each, and the clause and the worst severity that its findings name."""

    index: dict[str, int]
    sources: dict[str, str]
    severities: dict[str, Severity]


NO_RULES = Rules({}, {}, {})


def rules(report: Report) -> Rules:
    """The checks that ran, found something or could not run, sorted."""
    findings = (*report.findings, *report.waived)
    names = {*report.checks_run, *(item.check for item in report.not_checked), *(item.check for item in findings)}
    return Rules(
        index={name: number for number, name in enumerate(sorted(names))},
        sources={item.check: item.source for item in reversed(findings)},
        severities={item.check: item.severity for item in sorted(findings, key=lambda item: item.severity)},
    )


def driver(version: str, found: Rules, language: str = "en") -> dict[str, Any]:
    """The tool, with its rules; the advice of a check is in English."""
    made: dict[str, Any] = {"name": "releaseprint"}
    if version:
        made["version"] = visible(version)
    made["rules"] = [
        _rule(name, found.sources.get(name, ""), found.severities.get(name), language) for name in found.index
    ]
    return made


def _rule(name: str, source: str, severity: Severity | None, language: str) -> dict[str, Any]:
    check, code = declared(name), code_of(name)
    rule: dict[str, Any] = {"id": visible(name), "properties": {"tags": [visible(name.split("/", maxsplit=1)[0])]}}
    if check is not None:
        title = phrase(check.title, language)
        rule["shortDescription"] = {"text": title}
        rule["fullDescription"] = {"text": check.advice}
        rule["help"] = {"text": f"{title}\n\n{check.advice}"}
    if url := clause_url(source):
        rule["helpUri"] = url
    if severity is not None:
        rule["defaultConfiguration"] = {"level": LEVELS[severity]}
    if code.category:
        rule["properties"] |= {"vocabulary": VOCABULARY, "category": code.category}
    if code.term:
        rule["properties"] |= {"term": code.term, "closest": code.is_closest}
    return rule
