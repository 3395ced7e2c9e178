"""`report --against`, `report --against-platform`, `platforms --diff` and `--keep` on a small catalogue."""

import json
from dataclasses import replace
from pathlib import Path

import click
import pytest
import reports
import small
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from assets.errors import InputError, UsageError
from checks import comparison_json
from cli import comparing, platforms_command, report_command, tied_limits

CHECKS = Path(comparison_json.__file__).parent
SCHEMA, REPORT = (json.loads((CHECKS / f"{name}.schema.json").read_text("utf-8")) for name in ("comparison", "report"))
REGISTRY = Registry().with_resources([(REPORT["$id"], Resource.from_contents(REPORT))])
ADDED = """
[checks."subtitle/line-too-long"]
max_cpl = { ko = 16, en = 7, default = 42 }
severity = "error"
source = "house rule 5"
verified_on = 2026-12-01
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory, master_file):
    """The platform `house` is of revision 2026-12; its revision 2026-11 is kept."""
    root = small.write_catalogue(tmp_path_factory.mktemp("comparing") / "catalogue", master_file)
    run(root, "platforms", "house", "--keep")
    text = small.PLATFORM.replace('"2026-11"', '"2026-12"').replace('severity = "warning"', 'severity = "error"')
    (root / "platforms/house.toml").write_text(text + ADDED, encoding="utf-8")
    return root


def run(root, name, *arguments):
    command = {"report": report_command, "platforms": platforms_command}[name].command
    done = CliRunner().invoke(command, [*arguments, "-C", str(root)], standalone_mode=False)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


@pytest.fixture
def old(root, tmp_path):
    path = tmp_path / "old.json"
    path.write_text(run(root, "report", "small-film", "--json").stdout, encoding="utf-8")
    return path


def test_the_same_report_has_nothing_new(root, old):
    done = run(root, "report", "small-film", "--against", str(old))
    assert "1 unchanged" in done.stdout
    assert "NEW" not in done.stdout
    assert done.return_value == 1, "a comparison makes no error less of one"


def test_what_changed_is_told_in_every_format_of_one_run(root, old, tmp_path):
    path = root / "titles/small-film/subtitles/en.srt"
    path.write_text(small.OVERLAPPING_SRT, encoding="utf-8")
    try:
        files = [f"--output-format={name}={tmp_path / name}" for name in ("markdown", "text", "junit")]
        done = run(root, "report", "small-film", "--against", str(old), "--json", *files)
    finally:
        path.write_text(small.GOOD_SRT, encoding="utf-8")
    (found,) = json.loads(done.stdout)
    assert {item["new"]["check"] for item in found["findings"] if item["change"] == "new"} == {"subtitle/overlap"}
    assert "| error | subtitles/en.srt, cue 2" in (tmp_path / "markdown").read_text(encoding="utf-8")
    assert "NEW (1)" in (tmp_path / "text").read_text(encoding="utf-8")
    assert (tmp_path / "junit").read_text(encoding="utf-8").count("<failure") == 2, "other formats are of the report"


def test_a_revision_is_compared_by_its_limits_and_what_they_find(root):
    done = run(root, "report", "small-film", "--against-platform", "house@2026-11", "--json")
    (found,) = json.loads(done.stdout)
    assert (found["old"]["verdict"], found["new"]["verdict"]) == ("pass", "fail")
    assert (found["old"]["platform"]["revision"], found["new"]["platform"]["revision"]) == ("2026-11", "2026-12")
    limits = {item["check"]: item for item in found["limits"]["checks"]}
    assert limits["subtitle/empty-cue"]["keys"] == [{"key": "severity", "old": "warning", "new": "error"}]
    assert limits["subtitle/line-too-long"]["findings"]["not_looked_for_then"] == 1
    assert limits["subtitle/line-too-long"]["new_source"] == "house rule 5"


TWO_LIMITS = ADDED.replace("ko = 16, en = 7", "ko = 12, en = 20").replace("rule 5", "rule 4")


def test_a_finding_is_tied_to_the_limit_that_makes_it(root, tmp_path):
    """Two limits of one check changed; that for Korean does nothing to an English track."""
    earlier = tmp_path / "house.toml"
    earlier.write_text(small.PLATFORM + TWO_LIMITS, encoding="utf-8")
    files = [f"--output-format={name}={tmp_path / name}" for name in ("text", "markdown")]
    done = run(root, "report", "small-film", "--against-platform", str(earlier), "--json", *files)
    (found,) = json.loads(done.stdout)
    keys = {item["check"]: item["keys"] for item in found["limits"]["checks"]}["subtitle/line-too-long"]
    assert {item["key"]: item["findings"] for item in keys} == {"max_cpl.ko": {}, "max_cpl.en": {"new": 1}}
    Draft202012Validator(SCHEMA, registry=REGISTRY).validate(found)
    said = "max_cpl.ko: 12 -> 16; max_cpl.en: 20 -> 7 (1 new)"
    assert f"  subtitle/line-too-long  {said}  =>  1 new" in (tmp_path / "text").read_text(encoding="utf-8")
    summary = (tmp_path / "markdown").read_text(encoding="utf-8").replace("\\", "").replace("&gt;", ">")
    assert said in summary


def test_where_many_limits_changed_none_is_tied(root, tmp_path, monkeypatch):
    earlier = tmp_path / "house.toml"
    earlier.write_text(small.PLATFORM + TWO_LIMITS, encoding="utf-8")
    monkeypatch.setattr(tied_limits, "MOST_KEYS", 1)
    done = run(root, "report", "small-film", "--against-platform", str(earlier))
    assert "max_cpl.ko: 12 -> 16; max_cpl.en: 20 -> 7  =>  1 new" in done.stdout


def test_no_verdict_of_an_earlier_revision_is_kept(root, monkeypatch):
    kept = []
    monkeypatch.setattr(comparing, "keep_verdicts", lambda _catalogue, reports, _forbidden: kept.extend(reports))
    run(root, "report", "small-film", "--against-platform", "house@2026-11")
    assert [report.revision for report in kept] == ["2026-12"]


def test_a_title_is_read_once_for_both_revisions(root, monkeypatch):
    read, times = comparing.judgement.read, []
    monkeypatch.setattr(comparing.judgement, "read", lambda *args, **rest: times.append(1) or read(*args, **rest))
    run(root, "report", "small-film", "--against-platform", "house@2026-11")
    assert times == [1]


def test_the_limits_alone(root):
    done = run(root, "platforms", "--diff", "house@2026-11", "house")
    assert "  subtitle/empty-cue  severity: warning -> error" in done.stdout
    assert (
        "  subtitle/line-too-long  added: severity error; max_cpl.ko 16; max_cpl.en 7; max_cpl.default 42"
        in done.stdout
    )
    assert done.return_value == 1
    data = json.loads(run(root, "platforms", "--diff", "house@2026-11", "house", "--json").stdout)
    assert [item["change"] for item in data["checks"]] == ["changed", "added"]
    same = run(root, "platforms", "--diff", "house", "house@2026-12")
    assert (same.return_value, "none" in same.stdout) == (0, True)


@pytest.mark.parametrize(("language", "said"), [("ko", "바뀐 기준"), ("ja", "変わった基準")])
def test_the_limits_alone_in_another_language(root, language, said):
    done = run(root, "platforms", "--diff", "house@2026-11", "house", "--lang", language)
    assert said in done.stdout
    assert "added" not in done.stdout
    other = run(root, "platforms", "--diff", "svod", "est", "--lang", language)
    assert "reworded" not in other.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--diff", "svod", "house", "--keep"], "neither goes with the other"),
        (["house", "--diff", "svod", "house"], "neither goes with the other"),
        (["--keep"], "neither goes with the other"),
    ],
)
def test_options_of_platforms_that_do_not_go_together(root, arguments, said):
    with pytest.raises(click.UsageError, match=said):
        run(root, "platforms", *arguments)


def test_what_does_not_go_together_is_refused(root, old, tmp_path):
    with pytest.raises(UsageError, match="do not go together; one of them"):
        run(root, "report", "small-film", "--against", str(old), "--html", str(tmp_path / "page.html"))
    with pytest.raises(UsageError, match="do not go together; one of them"):
        run(root, "report", "small-film", "--against", str(old), "--against-platform", "house@2026-11")
    with pytest.raises(UsageError, match="est is for the right 'est', and house is for 'svod'"):
        run(root, "report", "small-film", "--against-platform", "est")


def test_a_report_on_another_title_is_told(root, old):
    data = json.loads(old.read_text(encoding="utf-8"))
    data[0]["title"]["id"] = "아리랑"
    old.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InputError, match="holds no report on small-film; its titles: 아리랑"):
        run(root, "report", "small-film", "--against", str(old))
    with pytest.raises(InputError, match=r"none\.json: cannot be read: No such file"):
        run(root, "report", "small-film", "--against", "none.json")


def test_reports_are_paired_by_window():
    kr, jp, none = (replace(reports.FAILING, window=window) for window in ("kr", "jp", ""))
    assert comparing.pairs([jp, kr], [kr, jp]) == [(kr, kr), (jp, jp)]
    assert comparing.pairs([none], [kr, jp]) == [(none, kr), (none, jp)]
    assert comparing.pairs([jp], [kr]) == [(jp, kr)]
    other = replace(kr, platform="other")
    assert comparing.pairs([kr, other], [kr]) == [(kr, kr)]
    with pytest.raises(UsageError, match="no older report is for window kr; theirs: jp"):
        comparing.pairs([jp, jp], [kr])
