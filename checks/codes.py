"""What others call a finding: MovieLabs' QC vocabulary, severities of Netflix and Prime Video, by codes.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from checks.core import Finding, Severity

VOCABULARY = "MovieLabs QC Vocabulary 1.1"


@dataclass(frozen=True, slots=True)
class Code:
    """The codes of a check. `term` is empty where no term of the category that was read is near.

    `is_closest` marks a term that is only the nearest. `netflix` is the number in Netflix' QC glossary, or empty.
    `none` says why there is no category at all.
    """

    category: str = ""
    term: str = ""
    is_closest: bool = False
    netflix: str = ""
    none: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """A severity in the words of those who receive reports."""

    movielabs: str
    netflix: str
    prime: str


UNKNOWN = Code()


@cache
def all_codes() -> dict[str, Code]:
    """The codes of every check, by its name."""
    return {
        f"{family}/{name}": _code(entry)
        for family, entries in _data()["checks"].items()
        for name, entry in entries.items()
    }


def code_of(check: str) -> Code:
    """The codes of a check; `UNKNOWN` for one of another version."""
    return all_codes().get(check, UNKNOWN)


def grade_of(finding: Finding) -> Grade:
    """The severity of a finding, as others call it."""
    is_mild = finding.borderline and finding.severity > Severity.NOTE
    return grades()["borderline" if is_mild else str(finding.severity)]


@cache
def grades() -> dict[str, Grade]:
    """The words of others for each severity, and for what is borderline."""
    table = _data()["severities"]
    return {name: Grade(**table[name]) for name in (*map(str, sorted(Severity, reverse=True)), "borderline")}


def terms() -> dict[str, list[str]]:
    """The terms of each category that were read."""
    found: dict[str, list[str]] = _data()["terms"]
    return found


def glossary() -> dict[str, str]:
    """What the numbers of Netflix' glossary mean."""
    found: dict[str, str] = _data()["netflix"]
    return found


def _code(entry: Mapping[str, Any]) -> Code:
    category, _, term = entry.get("term", entry.get("category", "")).partition("/")
    return Code(category, term, entry.get("closest", False), entry.get("netflix", ""), entry.get("none", ""))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
