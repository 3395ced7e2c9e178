"""A fingerprint stays when times, numbers and other things change, and changes when what was found does."""

import dataclasses
import unicodedata
from datetime import date

import case_rights
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assets.timing import from_ms
from checks import suites
from checks.core import At, Finding, Selected, Severity, run_one
from checks.fingerprints import fingerprinted

ROLES = {"subtitles/en.srt": "ko/subtitles/en/full", "masters/film.mov": "ko/master"}

CUE = Finding(
    check="subtitle/reads-too-fast",
    severity=Severity.ERROR,
    asset="subtitles/en.srt",
    at=At("cue 12", from_ms(1000), from_ms(2000), 47, "오늘은  아무 데도\n가지 말고"),
    message="24.5 characters per second",
    template="{measured} characters per second",
    measured="24.5",
    allowed="20",
    source="guide I.4",
    facts=("오늘은 아무 데도 / 가지 말고",),
)
BLACK = dataclasses.replace(
    CUE,
    check="master/black-inside",
    asset="masters/film.mov",
    at=At("video stream 1", from_ms(5000), from_ms(7500)),
    measured="2.563 s",
    facts=(),
)


def one(finding, roles=None):
    return fingerprinted([finding], ROLES if roles is None else roles)[0].fingerprint


def changed(finding, **changes):
    at = {key.removeprefix("at_"): changes.pop(key) for key in list(changes) if key.startswith("at_")}
    return dataclasses.replace(finding, at=dataclasses.replace(finding.at, **at), **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"at_start": from_ms(61_000), "at_end": from_ms(62_500), "at_label": "cue 907", "at_line": 3000},
        {"at_words": unicodedata.normalize("NFD", CUE.at.words)},
        {"at_words": "오늘은 아무 데도 \n 가지\t말고\n"},
        {"measured": "31.0", "message": "다른 말", "template": "別の言葉", "allowed": "17", "source": "II.1"},
        {"severity": Severity.NOTE, "borderline": True, "reason": "another", "facts": ("cut …",)},
    ],
)
def test_what_does_not_change_that_of_a_cue(changes):
    assert one(changed(CUE, **changes)) == one(CUE)


@pytest.mark.parametrize(
    "changes",
    [
        {"check": "subtitle/too-short"},
        {"asset": "masters/film.mov"},
        {"at_words": "오늘은 아무 데도\n가지 말지"},
        {"at_words": "오늘은 아무\n데도 가지 말고"},
        {"measured": "a dash"},
    ],
)
def test_what_changes_that_of_a_cue(changes):
    assert one(changed(CUE, **changes)) != one(CUE)


@pytest.mark.parametrize(
    ("changes", "is_same"),
    [
        ({"at_start": from_ms(90_000), "at_end": None}, True),
        ({"measured": "2.599 s"}, True),
        ({"measured": "2.601 s"}, False),
        ({"measured": "25.63 s"}, False),
        ({"at_label": "video stream 2"}, False),
        ({"facts": ("transfer",)}, False),
    ],
)
def test_what_is_measured_counts_by_its_first_two_digits(changes, is_same):
    assert (one(changed(BLACK, **changes)) == one(BLACK)) is is_same


@pytest.mark.parametrize(
    ("before", "after", "is_same"),
    [
        ("01:20:05.123", "01:20:09.927", True),
        ("00:00:00.040 longer", "00:00:04.000 longer", False),
        ("5.1", "5.0", False),
        ("bt709", "bt2020", False),
        ("1920x1080", "1920x1088", False),
        ("212", "218", True),
        ("0.000 s", "0 s", True),
        ("-16.2 LUFS", "-16.9 LUFS", True),
        ("/tt/body/p[12]", "/tt/body/p[907]", True),
    ],
)
def test_figures(before, after, is_same):
    assert (one(changed(BLACK, measured=before)) == one(changed(BLACK, measured=after))) is is_same


def test_a_file_counts_by_what_it_is_for():
    renamed = {"subs/new name.srt": "ko/subtitles/en/full"}
    assert one(changed(CUE, asset="subs/new name.srt"), renamed) == one(CUE)
    title = changed(CUE, asset="", at_label="subtitles/en.srt, cue 3", measured="x", facts=("masters/film.mov",))
    there = changed(CUE, asset="", at_label="subs/new name.srt, cue 9", measured="x", facts=("masters/film.mov",))
    assert one(title) == one(there, renamed)


def test_equal_findings_are_told_by_their_order():
    later = changed(CUE, at_start=from_ms(9000), at_label="cue 99")
    first, second = (item.fingerprint for item in fingerprinted([CUE, later], ROLES))
    assert first == one(CUE) != second
    other = changed(CUE, at_words="아니요.", at_start=from_ms(10))
    assert [item.fingerprint for item in fingerprinted([other, CUE, later], ROLES)][1:] == [first, second]


@given(st.text(), st.text(), st.text())
@example("\ud800", "9" * 5000, "1.5e9999")
@example("٣٤", "00:00:00.000", "cue 1")
def test_any_text_has_one(words, measured, label):
    found = one(changed(CUE, at_words=words, measured=measured, at_label=label))
    assert len(found) == 16
    assert set(found) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("name", "case", "limits"),
    [
        ("rights/window-over", {"windows": [{"end": date(2026, 6, 1)}]}, {}),
        ("rights/window-not-open-yet", {"windows": [{"start": date(2027, 6, 1)}]}, {}),
        ("rights/ends-soon", {"windows": [{"end": date(2026, 12, 20)}]}, {"days": 60}),
    ],
)
def test_the_day_that_rights_are_judged_as_of_is_no_part_of_it(name, case, limits):
    check = suites.load(name)
    limits = check.limits.model_validate(limits) if check.limits else None
    selected = Selected(check, limits, Severity.ERROR, "a source", date(2026, 11, 20))
    found = [
        next(run_one(selected, case_rights.subject(check, {**case, "at": day})))
        for day in (date(2026, 11, 20), date(2026, 11, 21))
    ]
    assert found[0].message != found[1].message
    assert one(found[0]) == one(found[1])
