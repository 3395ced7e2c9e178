import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
import reports
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from assets.timing import TICKS_PER_SECOND, from_frames, timecode
from checks import report_json
from checks.core import At

SCHEMA = json.loads(Path(report_json.__file__).with_name("report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["schema"]["const"] == report_json.SCHEMA


def _objects(schema):
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for value in schema.values():
            yield from _objects(value)


def test_the_schema_names_every_key_and_allows_no_other():
    objects = list(_objects(SCHEMA))
    assert len(objects) == 11
    for item in objects:
        assert item["additionalProperties"] is False
        assert sorted(item["required"]) == sorted(item["properties"])


@pytest.mark.parametrize("name", reports.SAMPLES)
def test_samples_are_valid(name):
    VALIDATOR.validate(json.loads(report_json.dumps(reports.SAMPLES[name])))


def test_an_unknown_key_is_not_valid():
    with pytest.raises(ValidationError):
        VALIDATOR.validate({**report_json.to_dict(reports.PASSING), "score": 1})


def test_the_same_report_gives_the_same_text_and_its_keys_are_sorted():
    text = report_json.dumps(reports.INCOMPLETE)
    assert text == report_json.dumps(replace(reports.INCOMPLETE))
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert "겨울 항구" in text


def test_what_a_finding_becomes():
    findings = report_json.to_dict(reports.FAILING)["findings"]
    assert findings[2] == {
        "check": "subtitle/line-too-long",
        "fingerprint": "0123456789abcdef",
        "severity": "error",
        "asset": "subtitles/winter-harbour_ko.srt",
        "label": "cue 12",
        "start": {"seconds": "497/8", "ms": 62125, "timecode": "00:01:02:01"},
        "end": {"seconds": "64", "ms": 64000, "timecode": "00:01:03:22"},
        "file": "",
        "line": 47,
        "message": "18.5 characters, at most 16: 오늘은 아무 데도 가지 말고 여기 있어요!",
        "template": "{measured} characters, at most {allowed}: {line}",
        "values": {"line": "오늘은 아무 데도 가지 말고 여기 있어요!"},
        "measured": "18.5",
        "allowed": "16",
        "source": "Timed text style guide ko, I.4",
        "borderline": False,
        "reason": "",
        "codes": {
            "category": "TIMED-TEXT",
            "term": "FORMATTING",
            "closest": True,
            "movielabs": "critical",
            "netflix": "Blocker",
            "netflix_glossary": "",
            "prime": "Critical",
        },
    }
    assert findings[0]["start"] is None
    assert findings[3]["start"] == {"seconds": "63/2", "ms": 31500, "timecode": None}


def test_head_and_counts():
    data = report_json.to_dict(reports.INCOMPLETE)
    assert data["verdict"] == "incomplete"
    assert data["judged_at"] == "2026-11-20T09:30:00+09:00"
    found = {"error": 2, "warning": 2, "note": 1, "waived": 0}
    assert data["counts"] == {**found, "not_checked": 2, "required_not_checked": 1}
    named = {"id": "winter-harbour", "name": "Winter Harbour (겨울 항구)", "programme": "1 x 84"}
    assert data["title"] == {**named, "sha256": ""}
    assert [item["check"] for item in data["not_checked"]] == ["artwork/safe-area", "audio/loudness"]
    assert data["assets"][0]["frame_rate"] == "24000/1001"


@given(st.integers(0, 10**6), st.sampled_from(["24", "25", "30000/1001", "24000/1001", "60"]))
def test_a_frame_keeps_its_timecode_and_its_exact_time(frame, rate):
    start = from_frames(frame, Fraction(rate))
    asset = replace(reports.MASTER, frame_rate=rate)
    report = replace(reports.PASSING, assets=(asset,), findings=(replace(reports.BLACK, at=At(start=start)),))
    time = report_json.to_dict(report)["findings"][0]["start"]
    assert Fraction(time["seconds"]) * TICKS_PER_SECOND == start
    assert time["timecode"] == timecode(start, Fraction(rate))


@pytest.mark.parametrize("text", ["", "unknown", "24/0", "0", "1/2", "-25"])
def test_what_is_no_frame_rate(text):
    assert report_json.frame_rate(text) is None


@given(st.text(st.characters(exclude_characters="/"), min_size=1))
def test_any_text_comes_back_as_it_was(text):
    written = report_json.dumps(reports.hostile(text)).encode("utf-8")
    data = json.loads(written)
    VALIDATOR.validate(data)
    assert data["findings"][0]["message"] == text
    assert data["assets"][0]["name"] == text


def test_a_lone_surrogate_is_written_as_an_escape():
    written = report_json.dumps(reports.hostile("a\ud800b")).encode("utf-8")
    assert json.loads(written)["title"]["name"] == "a\ud800b"
