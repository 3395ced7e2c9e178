"""`--output-format` on the command line: several formats from one run, each where it belongs."""

import errno
import json

import pytest
from in_process import run
from lxml import etree
from titles import NOW, write_title

from assets.errors import UsageError
from cli import writing

SUBTITLES = "1\n00:00:01,000 --> 00:00:02,000\n안녕...\n\n2\n00:00:01,500 --> 00:00:03,000\n네\n"


@pytest.fixture
def folder(tmp_path):
    """A subtitle file of no title."""
    (tmp_path / "필름 1.ko.srt").write_text(SUBTITLES, encoding="utf-8")
    return tmp_path


def check(folder, *arguments, **environment):
    return run("check", "필름 1.ko.srt", "--platform", "svod", *arguments, cwd=folder, **environment)


@pytest.mark.usefixtures("read_here")
def test_several_formats_come_from_one_run(folder):
    asked = [f"--output-format={item}" for item in ("github", "json=out/r.json", "junit=j.xml", "sarif=r.sarif")]
    done = check(folder, *asked)
    assert done.stdout.startswith("::error file=필름 1.ko.srt,line=")
    (report,) = json.loads((folder / "out/r.json").read_text(encoding="utf-8"))
    assert report["verdict"] == "incomplete"  # there is no master to compare it with
    assert len(etree.parse(str(folder / "j.xml")).getroot()) == 2
    results = json.loads((folder / "r.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    places = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results}
    assert places == {"%ED%95%84%EB%A6%84%201.ko.srt"}
    ellipsis = next(result for result in results if result["ruleId"] == "subtitle/ellipsis-form")
    region = ellipsis["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 3, "endColumn": 6}
    assert done.returncode == 3


@pytest.mark.usefixtures("read_here")
def test_text_is_shown_beside_files(folder):
    done = check(folder, "--output-format", "csv=r.csv")
    assert "INCOMPLETE" in done.stdout
    assert (folder / "r.csv").read_bytes().startswith(b"\xef\xbb\xbfLineNumber")


@pytest.mark.usefixtures("read_here")
def test_json_has_its_short_form(folder):
    short, long = check(folder, "--json"), check(folder, "--output-format", "json")
    assert [item["check"] for item in json.loads(short.stdout)[0]["findings"]] == [
        item["check"] for item in json.loads(long.stdout)[0]["findings"]
    ]


@pytest.mark.usefixtures("read_here")
def test_a_file_that_cannot_be_written_is_told_after_the_screen(folder):
    (folder / "there").touch()
    done = check(folder, "--output-format", "github", "--output-format", "junit=there/j.xml")
    assert "::error" in done.stdout
    assert "there/j.xml: cannot be written: " in done.stderr
    assert done.returncode == 2


@pytest.mark.usefixtures("read_here")
def test_files_of_one_name_are_annotated_each_where_it_is(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "ko.srt").write_text(SUBTITLES, encoding="utf-8")
    done = run("check", "one/ko.srt", "two/ko.srt", "--platform=svod", "--output-format=github", cwd=tmp_path)
    said = done.stdout.splitlines()
    assert [sum(f"file={name}/ko.srt," in line for line in said) for name in ("one", "two")] == [len(said) // 2] * 2


def test_nothing_is_left_of_a_file_that_could_not_be_written(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writing.Path, "replace", full)
    with pytest.raises(UsageError, match="cannot be written: No space left on device"):
        writing.write_text(tmp_path / f"{'가' * 80}.csv", "text")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("read_here")
def test_no_report_is_written_over_what_was_judged(folder):
    done = check(folder, "--output-format", "csv=필름 1.ko.srt")
    assert done.stderr == "필름 1.ko.srt: was judged; a report is not written over it, name another file\n"
    assert (folder / "필름 1.ko.srt").read_text(encoding="utf-8") == SUBTITLES
    write_title(folder)
    done = run("check", "--platform=svod", "--output-format=csv=./titles/film/../film/title.toml", cwd=folder)
    assert "title.toml: was judged" in done.stderr
    assert (folder / "titles/film/title.toml").read_text(encoding="utf-8").startswith("original_language")
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--output-format", "pdf"], "'pdf' is no format; csv, github, json, junit, markdown, qc-xml, sarif, text"),
        (["--output-format", "junit=."], ".: is a folder; name a file in it"),
        (["--output-format", "junit="], "'junit=': the path is empty; NAME=PATH, or NAME alone"),
        (["--output-format", "junit=-", "--json"], "standard output takes one format, not junit and json"),
        (["--output-format", "junit=a", "--output-format", "sarif=./a"], "two formats cannot be written to one file"),
    ],
)
def test_what_cannot_be_is_told_before_anything_is_read(folder, arguments, told):
    done = check(folder, *arguments)
    assert (told in done.stderr, done.stdout, done.returncode) == (True, "", 2)


def test_what_cannot_be_read_is_in_every_format(tmp_path):
    write_title(tmp_path, "x = = 1", "broken")
    asked = ["--output-format=github", "--output-format=sarif=r.sarif", "--output-format=junit=j.xml"]
    done = run("check", "--platform", "svod", *asked, cwd=tmp_path, GITHUB_WORKSPACE=str(tmp_path.parent))
    assert done.returncode == 3
    path = f"{tmp_path.name}/titles/broken/title.toml"
    assert done.stdout.startswith(f"::error file={path},line=1,title=cannot be read::titles/broken/title.toml: ")
    (run_,) = json.loads((tmp_path / "r.sarif").read_text(encoding="utf-8"))["runs"]
    (told,) = run_["invocations"][0]["toolExecutionNotifications"]
    place = told["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]) == (path, {"startLine": 1})
    assert len(etree.parse(str(tmp_path / "j.xml")).findall(".//error")) == 1


@pytest.mark.usefixtures("read_here")
def test_a_delivery_writes_the_reports_that_it_made(tmp_path, monkeypatch):
    monkeypatch.setattr("cli.judgement.now", lambda: NOW)
    write_title(tmp_path)
    write_title(tmp_path, "names = [", "broken")
    order = ("deliver", "--territory", "KR", "--platform", "svod", "--output-format")
    done = run(*order, "junit=j.xml", "--json", cwd=tmp_path)
    assert [item["state"] for item in json.loads(done.stdout)] == ["unreadable", "refused"]
    suites = {suite.get("name"): suite for suite in etree.parse(str(tmp_path / "j.xml")).getroot()}
    assert "film svod svod-world: masters/film.mov" in suites
    assert suites["inputs"].find("testcase").get("name") == "titles/broken/title.toml"
    done = run(*order, "junit", cwd=tmp_path)
    assert (done.returncode, "--output-format is for files here: NAME=PATH" in done.stderr) == (2, True)
