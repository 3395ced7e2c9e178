"""Two reports on one title: each finding is told once, and what was not looked for is neither new nor fixed."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import reports
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from assets.errors import InputError
from checks import comparison_json, report_json, report_reading
from checks.comparing import Change, compare
from checks.core import NotChecked, Severity
from cli.render import comparison as text
from cli.render import comparison_markdown as markdown

HERE = Path(report_json.__file__).parent
SCHEMA, REPORT = (json.loads((HERE / f"{name}.schema.json").read_text("utf-8")) for name in ("comparison", "report"))
REGISTRY = Registry().with_resources([(REPORT["$id"], Resource.from_contents(REPORT))])
VALIDATOR = Draft202012Validator(SCHEMA, registry=REGISTRY)

BASE = replace(
    reports.FAILING,
    assets=tuple(replace(asset, role=f"role/{number}") for number, asset in enumerate(reports.FAILING.assets)),
    not_checked=(),
)
LINE, BLACK = reports.LINE_LENGTH, reports.BLACK


def report(*findings, **changes):
    return replace(BASE, findings=findings, **changes)


def changes(old, new):
    return {item.finding.check: (item.change, item.why) for item in compare(old, new).items}


def test_findings_are_new_fixed_or_as_they_were():
    found = compare(report(LINE, BLACK), report(BLACK, reports.COLOUR))
    assert [(item.finding.check, str(item.change)) for item in found.items] == [
        ("master/black-at-head", "unchanged"),
        ("master/colour-range", "new"),
        ("subtitle/line-too-long", "fixed"),
    ]
    assert sum(found.counts.values()) == 3


@pytest.mark.parametrize(
    ("then", "now", "change"),
    [
        (Severity.WARNING, Severity.ERROR, Change.GRAVER),
        (Severity.ERROR, Severity.NOTE, Change.MILDER),
        (Severity.NOTE, Severity.NOTE, Change.UNCHANGED),
    ],
)
def test_another_severity_is_told(then, now, change):
    found = changes(report(replace(LINE, severity=then)), report(replace(LINE, severity=now, message="other words")))
    assert found == {LINE.check: (change, "")}


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"checks_run": ()}, "the check not asked for"),
        ({"assets": BASE.assets[:1]}, "no such file"),
        ({"not_checked": (NotChecked(LINE.check, LINE.asset, "no frame rate", required=True),)}, "no frame rate"),
        ({"not_checked": (NotChecked(LINE.check, "", "switched off", required=False),)}, "switched off"),
    ],
)
def test_what_was_not_looked_for_is_neither_new_nor_fixed(other, why):
    assert changes(report(**other), report(LINE)) == {LINE.check: (Change.NOT_SEEN_THEN, why)}
    assert changes(report(LINE), report(**other)) == {LINE.check: (Change.NOT_SEEN_NOW, why)}


def test_what_was_not_checked_of_another_file_is_no_excuse():
    elsewhere = (NotChecked(LINE.check, reports.JAPANESE.name, "no frame rate", required=True),)
    assert changes(report(not_checked=elsewhere), report(LINE)) == {LINE.check: (Change.NEW, "")}


def test_waivers_come_and_go():
    waived = replace(BLACK, waiver=reports.WAIVER)
    assert changes(report(BLACK), report(waived=(waived,))) == {BLACK.check: (Change.WAIVED, "")}
    assert changes(report(waived=(waived,)), report(BLACK)) == {BLACK.check: (Change.UNWAIVED, "")}
    assert changes(report(waived=(waived,)), report(waived=(waived,))) == {}


def test_a_file_of_another_name_in_the_same_role_is_the_same_file():
    renamed = tuple(
        replace(asset, name="subtitles/새 이름.srt") if asset.name == LINE.asset else asset for asset in BASE.assets
    )
    left_out = (NotChecked(LINE.check, "subtitles/새 이름.srt", "no frame rate", required=True),)
    found = changes(report(LINE), report(assets=renamed, not_checked=left_out))
    assert found == {LINE.check: (Change.NOT_SEEN_NOW, "no frame rate")}
    assert changes(report(LINE), report(assets=renamed)) == {LINE.check: (Change.FIXED, "")}


def test_what_stopped_being_checked_and_what_started_is_told():
    item = NotChecked(LINE.check, LINE.asset, "no frame rate", required=True)
    stopped = compare(report(), report(not_checked=(item,)))
    assert (stopped.stopped, stopped.started) == ((item,), ())
    started = compare(report(not_checked=(item,)), report())
    assert (started.stopped, started.started) == ((), (item,))
    both = compare(report(not_checked=(item,)), report(not_checked=(item,)))
    assert (both.stopped, both.started) == ((), ())
    assert compare(report(checks_run=("a/b",)), report(checks_run=("c/d",))).came == ("c/d",)
    assert compare(report(checks_run=("a/b",)), report(checks_run=("c/d",))).went == ("a/b",)


def first_form(found):
    """A report as the first form had it."""
    data = report_json.to_dict(found)
    data["schema"] = "releaseprint/report/1"
    del data["waived"], data["counts"]["waived"]
    for asset in data["assets"]:
        del asset["role"]
    for finding in data["findings"]:
        for key in ("fingerprint", "values", "codes", "file"):
            finding.pop(key, None)
    return json.dumps(data).encode()


def test_a_report_of_the_first_form_is_compared_by_its_words():
    old, *_ = report_reading.loads(first_form(report(LINE, BLACK)), "old.json")
    now = replace(LINE, at=replace(LINE.at, label="cue 14", start=1, line=55))
    found = compare(old, report(now))
    assert found.by_words
    assert [(item.finding.check, item.change) for item in found.items] == [
        (LINE.check, Change.UNCHANGED),
        (BLACK.check, Change.FIXED),
    ]
    assert "no fingerprints" in text.text([found])


@pytest.mark.parametrize("name", reports.SAMPLES)
def test_a_report_that_was_written_is_read_back(name):
    data = report_json.dumps(reports.SAMPLES[name]).encode()
    (back,) = report_reading.loads(data, "old.json")
    assert report_json.dumps(back).encode() == data


def test_several_reports_and_keys_of_a_newer_tool_are_read():
    one = {**report_json.to_dict(BASE), "newer": {"a": [1]}}
    assert len(report_reading.loads(json.dumps([one, one]).encode(), "old.json")) == 2


def changed(**values):
    return json.dumps({**report_json.to_dict(BASE), **values}).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", r"^old.json: is no JSON: "),
        (b"\xff{}", r"^old.json: is no JSON: "),
        (b"[" * 200_000, r"^old.json: is no JSON: is nested too deep"),
        (b'{"a": 1, "a": 2}', "has a name twice"),
        (b"[NaN]", "NaN is no number of JSON"),
        (b"3", r"^old.json: is no report; a report as"),
        (b"[]", r"^old.json: has 0 reports; 1 to 1000$"),
        (b"[1]", r"^old.json: \[0\]: is no report; releaseprint/report/1 or"),
        (b'{"schema": "other/9"}', r"^old.json: schema: 'other/9' is no form of a report"),
        (changed(findings=[{"check": 1}]), r"old.json: findings\[0\].check: input should be a valid string"),
        (changed(judged_at="2026-01-01"), r"^old.json: judged_at: no date and time with an offset; such as 2027"),
        (changed(checks_run="all"), r"^old.json: checks_run: input should be a valid list"),
        (changed(assets=None), r"^old.json: assets: "),
        (changed(title={"id": "x"}), r"^old.json: title.name: missing; this key is required"),
    ],
)
def test_what_is_no_report_is_told_with_its_place(data, said):
    with pytest.raises(InputError, match=said):
        report_reading.loads(data, "old.json")


def test_an_exact_time_that_is_none_is_told():
    for wrong in ("1/0", "x", "9" * 60, "1e999999999"):
        data = report_json.to_dict(report(LINE))
        data["findings"][0]["start"]["seconds"] = wrong
        with pytest.raises(InputError, match=r"findings\[0\].start.seconds"):
            report_reading.loads(json.dumps(data).encode(), "old.json")
    data = report_json.to_dict(report())
    data["assets"][0]["frame_rate"] = "1e999999999"
    with pytest.raises(InputError, match=r"assets\[0\].frame_rate"):
        report_reading.loads(json.dumps(data).encode(), "old.json")


def test_a_file_that_is_too_large_is_not_parsed(monkeypatch):
    monkeypatch.setattr(report_reading, "MOST_BYTES", 10)
    with pytest.raises(InputError, match="is too large for a report: 11 bytes; at most 10"):
        report_reading.loads(b"[" * 11, "old.json")


@pytest.mark.parametrize("old", reports.SAMPLES)
@pytest.mark.parametrize("new", reports.SAMPLES)
def test_every_comparison_is_valid_and_counts_what_it_lists(old, new):
    found = compare(reports.SAMPLES[old], reports.SAMPLES[new])
    data = comparison_json.to_data(found)
    VALIDATOR.validate(json.loads(json.dumps(data)))
    assert sum(data["counts"].values()) == len(data["findings"])
    standing = {item.fingerprint for item in found.new.findings}
    listed = [item.new.fingerprint for item in found.items if item.new and item.change is not Change.WAIVED]
    assert sorted(listed) == sorted(standing), "what stands now is told, each once"


def test_the_text_says_what_changed():
    found = compare(report(LINE, reports.SPEED), report(LINE, BLACK))
    lines = text.text([found]).splitlines()
    assert lines[0] == "Winter Harbour (겨울 항구)"
    assert lines[3] == "1 new, 1 fixed, 1 unchanged"
    assert "NEW (1)" in lines
    assert "  error  master/black-at-head  masters/winter-harbour_ko.mov, 00:00:00:00" in lines
    assert "UNCHANGED (1)" not in lines
    assert "UNCHANGED (1)" in text.text([found], verbose=True)


HOSTILE = "</td>|`x`\x1b[2J\u202e[a](http://x)\n@all \ud800"


def test_hostile_text_has_no_power():
    old, new = replace(reports.hostile("a"), title_id="x"), reports.hostile(HOSTILE)
    found = compare(old, new)
    for shown in (text.text([found]), markdown.render([found])):
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        shown.encode()
    assert "</td>" not in markdown.render([found])
    assert comparison_json.dumps_all([found]).encode()


def test_what_changed_is_counted_by_check():
    found = compare(report(LINE, BLACK), report(BLACK, reports.COLOUR))
    assert found.counts_by_check == {
        "master/black-at-head": {Change.UNCHANGED: 1},
        "master/colour-range": {Change.NEW: 1},
        "subtitle/line-too-long": {Change.FIXED: 1},
    }


def test_a_long_comparison_fits_into_a_summary():
    found = compare(report(), reports.long(3000))
    assert len(markdown.render([found] * 40).encode()) < 1_048_576


@settings(max_examples=50)
@given(st.data())
def test_any_two_reports_tell_every_finding_once(data):
    pool = [replace(LINE, fingerprint=f"{number:016x}") for number in range(6)]
    severities = st.sampled_from(Severity)
    some = st.lists(st.tuples(st.sampled_from(pool), severities), unique_by=lambda pair: pair[0].fingerprint)
    sides = [
        report(
            *(replace(finding, severity=severity) for finding, severity in data.draw(some)),
            checks_run=data.draw(st.sampled_from([(), (LINE.check,)])),
        )
        for _ in range(2)
    ]
    found = compare(*sides)
    told = [item.finding.fingerprint for item in found.items]
    assert sorted(told) == sorted({item.fingerprint for side in sides for item in side.findings})
    back = compare(*reversed(sides))
    opposite = {Change.NEW: Change.FIXED, Change.GRAVER: Change.MILDER, Change.NOT_SEEN_THEN: Change.NOT_SEEN_NOW}
    for one, other in opposite.items():
        assert found.counts[one] == back.counts[other]
        assert found.counts[other] == back.counts[one]
