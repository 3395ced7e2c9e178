"""Limits that depend on the asset or on what is asked for: `[[checks."…".when]]`."""

import json
from dataclasses import replace

import builders_media
import pytest

from assets import platform, territory
from assets.errors import InputError
from checks import core, suites
from cli.listings import platform_data, settings_text

HEAD = 'name = "Own"\nright = "freetv"\nrevision = "1"\nsource = "their own"\n'
TABLE = 'severity = "error"\nsource = "a clause"\nverified_on = 2026-11-20\n'
SCAN = f"""{HEAD}[checks."master/scan"]
allowed = ["progressive"]
{TABLE}
[[checks."master/scan".when]]
if = {{ frame_rate = ["30000/1001"], scan = ["interlaced-tff", "interlaced-bff"] }}
allowed = ["interlaced-tff"]
[[checks."master/scan".when]]
if = {{ min_height = 2000 }}
allowed = ["progressive"]
severity = "warning"
source = "another clause"
"""


@pytest.fixture
def load(tmp_path):
    def load(text):
        (tmp_path / "own.toml").write_text(text, encoding="utf-8")
        return platform.load("own", tmp_path)

    return load


def _results(loaded, territories=None, **video):
    (selected,) = suites.suite(loaded)
    return list(core.run_one(selected, builders_media.master({"video": video}), territories))


@pytest.mark.parametrize(
    ("video", "passes"),
    [
        ({"frame_rate": "25", "scan": "progressive"}, True),
        ({"frame_rate": "25", "scan": "interlaced-tff"}, False),
        ({"frame_rate": "30000/1001", "scan": "interlaced-tff"}, True),
        ({"frame_rate": "30000/1001", "scan": "interlaced-bff"}, False),
        ({"frame_rate": "30000/1001", "scan": "progressive"}, True),
    ],
)
def test_interlaced_top_field_first_only_at_2997(load, video, passes):
    assert (_results(load(SCAN), **video) == []) is passes


def test_a_case_may_have_its_own_severity_and_source(load):
    (finding,) = _results(load(SCAN), height=2160, width=3840, scan="interlaced-tff")
    assert (finding.severity, finding.source) == (core.Severity.WARNING, "another clause")


def test_a_fact_that_the_file_does_not_say_is_not_checked(load):
    (missing,) = _results(load(SCAN), frame_rate="none", scan="interlaced-tff")
    assert isinstance(missing, core.NotChecked)
    assert missing.required
    assert missing.reason == "the file does not say its frame rate, and the limits depend on it"


@pytest.mark.parametrize("other", ["codec = ['hevc']", "territory = ['JP']", "max_height = 100"])
def test_a_fact_that_could_change_nothing_need_not_be_known(load, other):
    text = f"""{HEAD}[checks."master/scan"]
allowed = ["progressive"]
{TABLE}
[[checks."master/scan".when]]
if = {{ {other}, frame_rate = ["25"] }}
allowed = ["interlaced-tff"]
"""
    assert _results(load(text), frame_rate="none") == []


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [("KR", "stereo"), ("KR,JP", "5.1"), ("EU", "5.1"), ("worldwide", "5.1"), (None, "5.1"), ("US,CA", "mono")],
)
def test_a_territory_holds_if_all_that_is_asked_for_lies_within_it(load, asked, allowed):
    text = f"""{HEAD}[checks."audio/layout"]
allowed = ["5.1"]
{TABLE}
[[checks."audio/layout".when]]
if = {{ territory = ["KR"] }}
allowed = ["stereo"]
[[checks."audio/layout".when]]
if = {{ territory = ["US", "CA", "JP"] }}
allowed = ["mono"]
"""
    (selected,) = suites.suite(load(text))
    master = builders_media.master({"audio": {"layout": allowed}})
    territories = territory.parse(asked) if asked else None
    assert list(core.run_one(selected, master, territories)) == []
    others = replace(master, info=replace(master.info, audio=(replace(master.info.audio[0], layout="7.1"),)))
    assert list(core.run_one(selected, others, territories)) != []


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("if = {}", "would always hold"),
        ("if = { codec = [] }", "would always hold"),
        ("if = { colour = ['red'] }", "unknown key; known: container, codec"),
        ("if = { frame_rate = [29.97] }", "29.97 is no exact frame rate"),
        ("if = { territory = ['Atlantis'] }", "Atlantis"),
        ("if = { scan = ['progressive'] }\nallowd = ['x']", "unknown key; keys: allowed"),
        ("allowed = ['progressive']", "missing"),
    ],
)
def test_a_wrong_case_is_told_with_its_line(load, case, words):
    text = f'{HEAD}[checks."master/scan"]\nallowed = ["progressive"]\n{TABLE}[[checks."master/scan".when]]\n{case}\n'
    with pytest.raises(InputError) as caught:
        suites.suite(load(text))
    assert words in str(caught.value)
    assert ".when[0]" in str(caught.value)


def test_tracks_have_no_codec(load):
    case = "if = { codec = ['h264'] }\nmin_frames = 3\n"
    table = f'{HEAD}[checks."subtitle/gap-too-short"]\nmin_frames = 2\n{TABLE}'
    with pytest.raises(InputError, match="is asked of media"):
        suites.suite(load(f'{table}[[checks."subtitle/gap-too-short".when]]\n{case}'))


def test_an_own_table_keeps_the_cases_of_its_base_unless_it_has_some(tmp_path):
    (tmp_path / "base.toml").write_text(SCAN, encoding="utf-8")
    own = 'base = "base"\n' + HEAD + f'[checks."master/scan"]\n{TABLE}'
    (tmp_path / "own.toml").write_text(own, encoding="utf-8")
    assert len(platform.load("own", tmp_path).checks["master/scan"].cases) == 2
    (tmp_path / "own.toml").write_text(
        own + "[[checks.\"master/scan\".when]]\nif = { codec = ['h264'] }\nallowed = ['interlaced-bff']\n",
        encoding="utf-8",
    )
    assert len(platform.load("own", tmp_path).checks["master/scan"].cases) == 1


def test_cases_are_shown_to_people_and_machines(load):
    loaded = load(SCAN)
    text = settings_text(loaded.checks["master/scan"])
    assert text == (
        "allowed: progressive. if frame rate 30000/1001 and scan interlaced-tff or interlaced-bff: "
        "allowed: interlaced-tff. if min height 2000: allowed: progressive; warning; source: another clause"
    )
    data = json.loads(json.dumps(platform_data(loaded)))["checks"]["master/scan"]["when"]
    assert data[0]["if"]["scan"] == ["interlaced-tff", "interlaced-bff"]
    assert data[1]["severity"] == "warning"
