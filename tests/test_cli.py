"""The commands, end to end, on real media: what they print, what they leave behind, how they exit."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import small
from in_process import ENVIRONMENT, run

from cli.main import COMMANDS

pytestmark = pytest.mark.usefixtures("read_here")

PROGRAMS = Path(sys.executable).parent


def start(*arguments, program="releaseprint", cwd=None, **environment):
    """A command as a user starts it, where the process itself matters."""
    command = [str(PROGRAMS / program), *(str(item) for item in arguments)]
    env = {**ENVIRONMENT, **environment}
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False, env=env)


def subtitle(catalogue):
    return catalogue / "titles/small-film/subtitles/en.srt"


def master(catalogue):
    return catalogue / "titles/small-film/masters/작은 영화.mp4"


def test_every_command_has_help():
    for name in COMMANDS:
        done = run(name, "--help")
        assert done.returncode == 0, done.stderr
        assert len(done.stdout.splitlines()) > 4


def test_init_and_new_make_a_valid_start(tmp_path):
    assert run("init", "films", cwd=tmp_path).returncode == 0
    assert run("new", "my-film", cwd=tmp_path / "films").returncode == 0
    done = run("check", "my-film", "--platform", "svod", "--json", cwd=tmp_path / "films" / "titles")
    assert done.returncode == 3, "a title without a master cannot pass"
    (report,) = json.loads(done.stdout)
    assert report["title"]["name"] == "My Film"
    assert run("init", "films", cwd=tmp_path).returncode == 2
    again = run("new", "my-film", cwd=tmp_path / "films")
    assert again.returncode == 2
    assert "exists already" in again.stderr


def test_the_main_job(catalogue):
    done = run("--platform", "house", "--territory", "worldwide-JP", program="deliver", cwd=catalogue)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("delivered  small-film  svod-world: worldwide except JP, 2026-01-01 to open")
    listed = json.loads(run("packages", "--json", cwd=catalogue).stdout)
    assert [item["title"] for item in listed] == ["small-film"]
    folder = catalogue / "deliveries" / listed[0]["prefix"]
    assert (folder / "masters/ko/작은_영화.mp4").read_bytes() == master(catalogue).read_bytes()
    assert (folder / "subtitles/ko/en.full.vtt").read_text(encoding="utf-8").startswith("WEBVTT")
    assert "Small Film" in (folder / "qc/report.html").read_text(encoding="utf-8")
    verified = run("verify", listed[0]["package"][:12], cwd=catalogue)
    assert verified.returncode == 0
    assert "all as delivered" in verified.stdout
    again = run("deliver", "--territory", "KR,US", "--json", cwd=catalogue)
    assert again.returncode == 0
    (outcome,) = json.loads(again.stdout)
    assert (outcome["state"], outcome["sent_bytes"]) == ("unchanged", 0)


def test_dry_run_writes_nothing(catalogue):
    done = run("deliver", "--territory", "KR", "--dry-run", cwd=catalogue)
    assert done.returncode == 0, done.stderr
    assert "would send     masters/ko/작은_영화.mp4" in done.stdout
    assert "would send     qc/report.json" in done.stdout
    assert not any((catalogue / "deliveries").rglob("*")) or not (catalogue / "deliveries").exists()


def test_a_territory_without_a_right_is_refused_by_name(catalogue):
    named = run("deliver", "--territory", "KR,JP", "--title", "small-film", cwd=catalogue)
    assert named.returncode == 1
    assert "no window for svod covers JP" in named.stdout
    unnamed = run("deliver", "--territory", "worldwide", cwd=catalogue)
    assert unnamed.returncode == 1, "nothing was selected"
    assert "not selected  small-film" in unnamed.stdout
    assert not (catalogue / "deliveries").exists() or not list((catalogue / "deliveries").rglob("manifest.json"))


def test_a_finding_forbids_delivery(catalogue):
    subtitle(catalogue).write_text(small.OVERLAPPING_SRT, encoding="utf-8")
    done = run("deliver", "--territory", "KR", cwd=catalogue)
    assert done.returncode == 1
    assert "refused  small-film" in done.stdout
    assert "subtitle/overlap: subtitles/en.srt" in done.stdout
    assert not list(catalogue.rglob("manifest.json"))


def test_a_broken_master_is_not_a_pass(catalogue):
    master(catalogue).write_bytes(b"not a film")
    done = run("check", cwd=catalogue)
    assert done.returncode == 3
    assert "could not be read" in done.stdout
    assert "Traceback" not in done.stderr
    assert run("deliver", "--territory", "KR", cwd=catalogue).returncode == 3


def test_a_missing_file_is_not_a_pass(catalogue):
    subtitle(catalogue).unlink()
    done = run("check", "small-film", cwd=catalogue)
    assert done.returncode == 3
    assert "there is no such file" in done.stdout


def test_a_wrong_title_file_is_told_line_by_line(catalogue):
    path = catalogue / "titles/small-film/title.toml"
    path.write_text(small.TITLE.replace('"svod"', '"svood"').replace("excluding", "exclude"), encoding="utf-8")
    done = run("check", cwd=catalogue)
    assert done.returncode == 3
    assert done.stderr.count("titles/small-film/title.toml: line ") == 2
    assert "Traceback" not in done.stderr
    delivered = run("deliver", "--territory", "KR", cwd=catalogue)
    assert delivered.returncode == 3
    assert "'svood' is no media right" in delivered.stdout


def test_a_wrong_platform_file_is_told(catalogue):
    path = catalogue / "platforms/house.toml"
    path.write_text(small.PLATFORM.replace("subtitle/overlap", "subtitle/overlaps"), encoding="utf-8")
    done = run("check", cwd=catalogue)
    assert done.returncode == 3
    assert "platforms/house.toml: line " in done.stderr
    assert "there is no such check" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "--platform", "netflix-secret"), "there is no platform 'netflix-secret'; platforms: avod"),
        (("check", "no-such-title"), "'no-such-title' is neither a title nor a file; titles: small-film"),
        (("deliver", "--territory", "Atlantis"), "'Atlantis' is not a territory; ISO 3166-1"),
        (("deliver", "--territory", "KR", "--at", "soon"), "'soon' is no date; 2027-01-01"),
        (("deliver", "--territory", "KR", "--to", "ftp://host"), "no such kind of store; allowed: file:PATH, s3://"),
        (("deliver", "--territory", "KR", "--title", "nothing"), "there is no title 'nothing'"),
        (("verify", "nothing"), "'nothing' is no package"),
        (("explain", "subtitle/nothing"), "there is no check 'subtitle/nothing'"),
        (("check", "--changed", "no-such-revision"), "it must lie in a git repository"),
        (("nonsense",), "No such command 'nonsense'"),
    ],
)
def test_usage_errors(catalogue, arguments, said):
    done = run(*arguments, cwd=catalogue)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_no_catalogue_is_a_usage_error(tmp_path):
    done = run("deliver", "--platform", "svod", "--territory", "KR", cwd=tmp_path)
    assert done.returncode == 2
    assert "no catalogue here" in done.stderr


def test_a_store_that_fails_is_4(catalogue):
    (catalogue / "deliveries").write_text("a file where the store should be")
    done = run("deliver", "--territory", "KR", cwd=catalogue)
    assert done.returncode == 4
    assert "Traceback" not in done.stderr


def test_a_store_that_holds_other_bytes_is_4(catalogue):
    run("deliver", "--territory", "KR", cwd=catalogue)
    (package,) = json.loads(run("packages", "--json", cwd=catalogue).stdout)
    path = catalogue / "deliveries" / package["prefix"] / "metadata/title.json"
    path.chmod(0o644)
    path.write_text("{}")
    done = run("verify", package["prefix"], "--json", cwd=catalogue)
    assert done.returncode == 4
    assert json.loads(done.stdout)["wrong"][0].startswith("metadata/title.json: has 2 bytes")


def test_a_file_of_a_title_is_judged_alone(catalogue):
    subtitle(catalogue).write_text(small.OVERLAPPING_SRT, encoding="utf-8")
    (report,) = json.loads(run("check", subtitle(catalogue), "--json", cwd=catalogue).stdout)
    assert [asset["name"] for asset in report["assets"]] == ["subtitles/en.srt"]
    assert {finding["check"] for finding in report["findings"]} == {"subtitle/overlap"}
    assert run("check", master(catalogue), cwd=catalogue).returncode == 0


def test_a_file_of_nobody_is_judged_by_its_name_or_an_option(tmp_path):
    path = tmp_path / "film.ko.srt"
    path.write_text(small.GOOD_SRT, encoding="utf-8")
    done = run("check", path, "--platform", "svod", cwd=tmp_path)
    assert done.returncode in {1, 3}
    assert "subtitle/wrong-language" in done.stdout
    renamed = path.rename(tmp_path / "film.srt")
    assert "name it with --language" in run("check", renamed, "--platform", "svod", cwd=tmp_path).stderr


def git(folder, *arguments):
    identity = ("-c", "user.name=Tests", "-c", "user.email=tests@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, timeout=60)


def test_changed_judges_what_a_range_touches(catalogue):
    git(catalogue, "init", "-q")
    git(catalogue, "add", "-A")
    git(catalogue, "commit", "-qm", "all")
    assert "nothing to check" in run("check", "--changed", cwd=catalogue).stdout
    subtitle(catalogue).write_text(small.OVERLAPPING_SRT, encoding="utf-8")
    done = run("check", "--changed", "HEAD", "--json", cwd=catalogue)
    assert done.returncode == 1
    (report,) = json.loads(done.stdout)
    assert [asset["name"] for asset in report["assets"]] == ["subtitles/en.srt"]
    git(catalogue, "commit", "-qam", "worse")
    assert "nothing to check" in run("check", "--changed", cwd=catalogue).stdout
    assert run("check", "--changed", "HEAD~1", cwd=catalogue).returncode == 1
    subtitle(catalogue).unlink()
    assert run("check", "--changed", cwd=catalogue).returncode == 3


def test_report_page_is_written(catalogue, tmp_path):
    page = tmp_path / "out" / "report.html"
    done = run("report", "small-film", "--territory", "KR", "--html", page, cwd=catalogue)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Small Film" in page.read_text(encoding="utf-8")
    assert [path.name for path in page.parent.iterdir()] == ["report.html"]


def test_no_colour_when_piped(catalogue):
    assert "\x1b" not in run("check", cwd=catalogue).stdout


def title_file(catalogue):
    return catalogue / "titles/small-film/title.toml"


def test_a_past_date_cannot_open_a_window_that_is_over(catalogue):
    text = small.TITLE.replace('end = "open"', "end = 2026-06-01")
    title_file(catalogue).write_text(text, encoding="utf-8")
    done = run("deliver", "--territory", "KR", "--at", "2026-02-01", cwd=catalogue)
    assert done.returncode == 2
    assert "is past; what leaves now is judged by now or later" in done.stderr
    assert run("deliver", "--territory", "KR", "--at", "2026-02-01", "--dry-run", cwd=catalogue).returncode == 0
    assert run("deliver", "--territory", "KR", cwd=catalogue).returncode == 1


def test_a_refusal_for_languages_says_what_is_left_out(catalogue):
    title_file(catalogue).write_text(small.TITLE.replace('"all"', '["ja"]'), encoding="utf-8")
    done = run("deliver", "--territory", "KR", cwd=catalogue)
    assert done.returncode == 1
    assert "version ko: ko is not licensed in window svod-world" in done.stdout


def test_an_unknown_title_stops_before_anything_is_sent(catalogue):
    done = run("deliver", "--territory", "KR", "--title", "small-film", "--title", "typo", cwd=catalogue)
    assert done.returncode == 2
    assert not (catalogue / "deliveries").exists()


def test_one_broken_title_does_not_hide_the_others(catalogue):
    for name in ("aaa", "bbb"):
        (catalogue / "titles" / name).mkdir()
        (catalogue / "titles" / name / "title.toml").write_text("broken", encoding="utf-8")
    done = run("check", cwd=catalogue)
    assert done.returncode == 3
    assert "titles/aaa/title.toml" in done.stderr
    assert "titles/bbb/title.toml" in done.stderr
    assert "Small Film" in done.stdout
    assert run("check", subtitle(catalogue), cwd=catalogue).returncode == 0


@pytest.mark.slow
def test_changed_sees_renamed_assets_and_what_links_point_to(catalogue):
    target = subtitle(catalogue).rename(catalogue / "titles/small-film/subtitles/target.srt")
    subtitle(catalogue).symlink_to("target.srt")
    git(catalogue, "init", "-q")
    git(catalogue, "add", "-A")
    git(catalogue, "commit", "-qm", "all")
    target.write_text(small.OVERLAPPING_SRT, encoding="utf-8")
    assert run("check", "--changed", cwd=catalogue).returncode == 1
    git(catalogue, "checkout", "-q", ".")
    git(catalogue, "mv", str(master(catalogue)), str(master(catalogue).with_name("renamed.mp4")))
    git(catalogue, "commit", "-qm", "renamed")
    assert run("check", "--changed", "HEAD~1", cwd=catalogue).returncode == 3


def test_a_report_on_some_files_says_what_it_left_out(catalogue):
    (report,) = json.loads(run("check", subtitle(catalogue), "--json", cwd=catalogue).stdout)
    assert [(item["check"], item["required"]) for item in report["not_checked"]] == [
        ("rights/territory-not-covered", False)
    ]


@pytest.mark.slow
def test_a_file_of_nobody_is_judged_as_the_kind_and_at_the_frame_rate_that_are_said(tmp_path):
    (tmp_path / "film.ko.srt").write_text("1\n00:00:01,000 --> 00:00:03,000\n안녕하세요\n", encoding="utf-8")
    plain = run("check", "film.ko.srt", "--platform", "svod", cwd=tmp_path)
    said = run("check", "film.ko.srt", "--platform", "svod", "--kind", "sdh", "--frame-rate", "23.976", cwd=tmp_path)
    assert "no frame rate is known" in plain.stdout
    assert "no frame rate is known" not in said.stdout
    assert "sdh" in said.stdout
    wrong = run("check", "film.ko.srt", "--platform", "svod", "--frame-rate", "often", cwd=tmp_path)
    assert (wrong.returncode, "'often' is no frame rate" in wrong.stderr) == (2, True)


@pytest.mark.slow
def test_loose_files_of_every_kind(catalogue, tmp_path):
    loose = tmp_path / "any.mp4"
    loose.write_bytes(master(catalogue).read_bytes())
    done = run("check", loose, cwd=catalogue)
    assert done.returncode == 0, done.stdout
    assert "the file belongs to no title that declares a runtime" in done.stdout
    named = tmp_path / "film.ko.sdh.srt"
    named.write_text("1\n00:00:01,000 --> 00:00:02,000\n안녕하세요\n", encoding="utf-8")
    (report,) = json.loads(run("check", named, "--json", cwd=catalogue).stdout)
    assert report["assets"][0]["language"] == "ko"
    assert "sdh" in report["assets"][0]["facts"]


def test_the_packages_report_speaks_of_the_window_and_the_receipt_of_the_order(catalogue):
    run("deliver", "--territory", "KR", cwd=catalogue)
    (package,) = json.loads(run("packages", "--json", cwd=catalogue).stdout)
    report = json.loads((catalogue / "deliveries" / package["prefix"] / "qc/report.json").read_text(encoding="utf-8"))
    assert "worldwide except JP" in json.dumps(report)
    (receipt,) = (catalogue / "deliveries" / "_receipts").rglob("*.json")
    assert json.loads(receipt.read_text(encoding="utf-8"))["territory"] == "KR"


def test_text_of_others_has_no_power_over_the_terminal(catalogue):
    text = small.PLATFORM.replace('source = "made for the tests"', 'source = "[/x]\\u001b]0;pwn\\u0007"')
    (catalogue / "platforms/house.toml").write_text(text, encoding="utf-8")
    done = run("platforms", "house", cwd=catalogue)
    assert done.returncode == 0
    assert "[/x]" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_lifted_check_is_said_with_its_reason(catalogue):
    text = small.PLATFORM.replace(
        '[checks."subtitle/empty-cue"]\nseverity = "warning"',
        '[checks."subtitle/empty-cue"]\nseverity = "off"\nreason = "signs only"',
    )
    (catalogue / "platforms/house.toml").write_text(text, encoding="utf-8")
    assert "switched off by the platform: signs only" in run("report", "small-film", cwd=catalogue).stdout


def test_another_encoding_of_the_terminal_stops_nothing(catalogue):
    done = start("check", cwd=catalogue, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr


def test_a_page_replaces_only_files(catalogue, tmp_path):
    done = run("report", "small-film", "--html", "/dev/null", cwd=catalogue)
    assert done.returncode == 2
    assert "is no regular file" in done.stderr
    page, link = tmp_path / "page.html", tmp_path / "link.html"
    link.symlink_to(page)
    assert run("report", "small-film", "--html", link, cwd=catalogue).returncode == 0
    assert link.is_symlink()
    assert page.is_file()


def test_the_commands_are_those_of_this_tree():
    import cli

    assert Path(cli.__file__).parents[1] == Path(__file__).parents[1]


@pytest.mark.slow
@pytest.mark.parametrize("command", [("check", "small-film"), ("deliver", "--territory", "KR")])
def test_a_damaged_state_costs_time_and_nothing_else(catalogue, command):
    assert run(*command, cwd=catalogue).returncode == 0
    for path in (catalogue / ".releaseprint").glob("state.sqlite*"):
        path.write_bytes(b"no database, but as long as one might be " * 200)
    done = run(*command, cwd=catalogue)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "file is not a database" in done.stderr
    assert "Traceback" not in done.stderr


def test_one_wrong_title_does_not_stop_those_named_beside_it(catalogue):
    other = catalogue / "titles" / "wrong" / "title.toml"
    other.parent.mkdir()
    other.write_text("names = 1", encoding="utf-8")
    done = run("check", "wrong", "small-film", "--json", cwd=catalogue)
    assert done.returncode == 3
    assert "titles/wrong/title.toml" in done.stderr
    assert [report["title"]["id"] for report in json.loads(done.stdout)] == ["small-film"]


def test_status_knows_what_was_checked(catalogue):
    for path in catalogue.rglob("*"):
        if path.is_file():
            os.utime(path, (1_700_000_000, 1_700_000_000))
    before = run("status", "small-film", "--platform", "house", cwd=catalogue).stdout
    assert "unknown" in before
    assert run("check", "small-film", cwd=catalogue).returncode == 0
    after = run("status", "small-film", "--platform", "house", cwd=catalogue).stdout
    assert after.count("pass") > before.count("pass")
    (english,) = (line for line in after.splitlines() if line.split()[:2] == ["ko", "en"])
    assert "pass" in english


def test_help_loads_nothing_that_is_slow():
    code = (
        "import sys; sys.argv = ['releaseprint', '--help']\nfrom cli.main import main\ntry: main()\n"
        "except SystemExit: pass\nprint(sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    loaded = set(ast.literal_eval(done.stdout.splitlines()[-1]))
    slow = {"pydantic", "av", "numpy", "lxml", "PIL", "sqlite3", "boto3", "rich", "jinja2", "langcodes", "openpyxl"}
    assert loaded & slow == set()
