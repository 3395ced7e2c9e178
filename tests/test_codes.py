"""What others call a finding: every check has an entry, and every term is one that was read."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
import reports

from checks import codes, suites
from checks.core import Severity

ENTRIES = tomllib.loads(Path(codes.__file__).with_suffix(".toml").read_text(encoding="utf-8"))["checks"]


def test_every_check_has_an_entry_and_no_other_has():
    assert sorted(codes.all_codes()) == suites.all_names()


@pytest.mark.parametrize("family", ENTRIES)
def test_an_entry_says_a_term_a_category_or_why_there_is_none(family):
    for entry in ENTRIES[family].values():
        assert len({"term", "category", "none"} & set(entry)) == 1
        assert set(entry) <= {"term", "category", "none", "closest", "netflix"}
        assert "closest" not in entry or (entry["closest"] is True and "term" in entry)


def test_every_term_and_number_was_read():
    for name, code in codes.all_codes().items():
        if not code.none:
            assert code.category in codes.terms(), name
        if code.term:
            assert code.term in codes.terms()[code.category], name
        if code.netflix:
            assert code.netflix in codes.glossary(), name


def test_rights_are_in_no_vocabulary():
    rights = [code for name, code in codes.all_codes().items() if name.startswith("rights/")]
    assert all(code.none and not code.category for code in rights)


@pytest.mark.parametrize(
    ("severity", "borderline", "words"),
    [
        (Severity.ERROR, False, ("critical", "Blocker", "Critical")),
        (Severity.WARNING, False, ("high", "Issue", "Major")),
        (Severity.WARNING, True, ("medium", "FYI", "Minor")),
        (Severity.NOTE, False, ("low", "FYI", "Minor")),
        (Severity.NOTE, True, ("low", "FYI", "Minor")),
    ],
)
def test_a_severity_in_the_words_of_others(severity, borderline, words):
    grade = codes.grade_of(replace(reports.LINE_LENGTH, severity=severity, borderline=borderline))
    assert (grade.movielabs, grade.netflix, grade.prime) == words


def test_a_check_of_another_version_has_no_codes():
    assert codes.code_of("no/such") == codes.Code()
