from dataclasses import replace
from fractions import Fraction

import pytest
import reports

from assets.timing import from_ms
from checks.core import At, Severity
from checks.report import Verdict
from cli.render import sheet


def test_groups_are_the_title_and_then_the_assets_in_order():
    names = [group.name for group in sheet.groups(reports.FAILING)]
    assert names == [sheet.ABOUT_THE_TITLE, *(asset.name for asset in reports.FAILING.assets)]
    assert [group.name for group in sheet.groups(reports.PASSING)] == [asset.name for asset in reports.PASSING.assets]


def test_a_finding_about_an_unlisted_file_is_not_lost():
    report = replace(reports.PASSING, findings=(replace(reports.BLACK, asset="masters/other.mov"),))
    last = sheet.groups(report)[-1]
    assert (last.name, last.asset, last.rate, last.counts) == ("masters/other.mov", None, None, "1 error")


def test_findings_are_in_time_order_after_those_of_the_whole_file():
    late = replace(reports.BLACK, at=At(start=from_ms(9000)))
    early_note = replace(reports.BLACK, at=At(start=from_ms(0)), severity=Severity.NOTE)
    report = replace(reports.FAILING, findings=(late, early_note, reports.BLACK, reports.COLOUR))
    group = next(group for group in sheet.groups(report) if group.name == reports.MASTER.name)
    assert group.findings == (reports.COLOUR, reports.BLACK, early_note, late)
    assert group.rate == Fraction(24000, 1001)
    assert group.counts == "2 errors, 2 notes"


def test_families_count_checks_that_found_nothing():
    families = sheet.families(reports.FAILING)
    assert list(families) == ["artwork", "master", "metadata", "subtitle"]
    assert sum(families["artwork"].values()) == 0
    assert families["subtitle"] == {Severity.ERROR: 1, Severity.WARNING: 1}


def test_required_checks_that_did_not_run_come_first():
    found = sheet.not_checked(reports.INCOMPLETE)
    assert [item.checks for item in found] == [(reports.LOUDNESS.check,), (reports.SAFE_AREA.check,)]
    assert [item.required for item in found] == [True, False]


def test_checks_that_one_reason_kept_from_the_same_files_are_told_together():
    first, other = reports.LOUDNESS, replace(reports.LOUDNESS, check="audio/true-peak")
    elsewhere = replace(reports.LOUDNESS, asset="masters/other.mov")
    report = replace(reports.INCOMPLETE, not_checked=(first, other, elsewhere))
    assert [(item.checks, item.assets) for item in sheet.not_checked(report)] == [
        (("audio/loudness",), (first.asset, "masters/other.mov")),
        (("audio/true-peak",), (first.asset,)),
    ]
    report = replace(report, not_checked=(first, other))
    (together,) = sheet.not_checked(report)
    assert (together.checks, together.assets) == (("audio/loudness", "audio/true-peak"), (first.asset,))


@pytest.mark.parametrize(
    ("report", "verdict", "text"),
    [
        (reports.PASSING, Verdict.PASS, "Nothing was found that forbids delivery."),
        (reports.FAILING, Verdict.FAIL, "2 errors forbid delivery."),
        (replace(reports.FAILING, findings=(reports.BLACK,)), Verdict.FAIL, "1 error forbids delivery."),
        (
            reports.INCOMPLETE,
            Verdict.INCOMPLETE,
            "1 required check could not run, which is not a pass; 2 errors forbid delivery.",
        ),
        (
            replace(reports.INCOMPLETE, findings=()),
            Verdict.INCOMPLETE,
            "1 required check could not run, which is not a pass.",
        ),
    ],
)
def test_verdict_words(report, verdict, text):
    assert (report.verdict, sheet.verdict_text(report)) == (verdict, text)


@pytest.mark.parametrize(
    ("template", "message", "limits"),
    [
        ("{measured} s, at most {allowed} s", "5 s, at most 4 s", []),
        ("too long", "too long", [("measured", "5"), ("allowed", "4")]),
        ("lasts {seconds} s", "lasts 5 s", [("allowed", "4")]),
        ("15 of 4.5", "15 of 4.5", [("measured", "5"), ("allowed", "4")]),
        ("at most 4.", "at most 4.", [("measured", "5")]),
    ],
)
def test_limits_are_not_said_twice(template, message, limits):
    finding = replace(reports.COLOUR, template=template, message=message, measured="5", allowed="4")
    assert sheet.limits_of(finding) == limits


def test_values_that_are_empty_are_not_said():
    assert sheet.limits_of(reports.SYNOPSIS) == []


def test_place():
    assert sheet.place_of(reports.LINE_LENGTH) == "cue 12, line 47"
    assert sheet.place_of(replace(reports.BLACK, at=At())) == ""
    assert sheet.place_of(replace(reports.BLACK, at=At("line 3", line=3))) == "line 3"


def test_duration_is_frames_and_clock():
    assert sheet.duration_of(reports.MASTER) == "01:23:55:00 (1 h 24 min)"
    assert sheet.duration_of(reports.MASTER, short=True) == "01:23:55:00"
    assert sheet.duration_of(reports.POSTER) == ""
