"""What CI hosts are given: each file is what its host reads, takes inputs by the environment, and does what it says."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import small
import yaml

ROOT = Path(__file__).parents[1]
IDENTITY = ("-c", "user.name=Tests", "-c", "user.email=tests@example.org", "-c", "init.defaultBranch=main")
BASH = shutil.which("bash")
SUBTITLE = "titles/small-film/subtitles/en.srt"


def loaded(name):
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


ACTION = loaded("action.yml")
INSTALL, CHECK = ACTION["runs"]["steps"]
GITLAB = loaded(".gitlab/releaseprint.yml")[".releaseprint"]
HOOKS = {hook["id"]: hook for hook in loaded(".pre-commit-hooks.yaml")}


def test_the_action_is_composite_and_every_step_names_its_shell():
    assert ACTION["runs"]["using"] == "composite"
    assert {step["shell"] for step in ACTION["runs"]["steps"]} == {"bash"}
    assert all({"description", "default"} == set(item) for item in ACTION["inputs"].values())


@pytest.mark.parametrize("step", [INSTALL, CHECK], ids=["install", "check"])
def test_no_expression_stands_in_a_script(step):
    assert "${{" not in step["run"], "a branch may be called $(anything): it comes by the environment"
    named = set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", " ".join(step["env"].values())))
    assert named <= set(ACTION["inputs"])


def test_every_input_reaches_the_check():
    assert {f"${{{{ inputs.{name} }}}}" for name in ACTION["inputs"]} <= set(CHECK["env"].values())


def test_what_is_installed_is_pinned_with_hashes():
    for script in (INSTALL["run"], "\n".join(GITLAB["before_script"])):
        assert "--require-hashes -r" in script
        assert "--no-deps --no-build-isolation" in script


@pytest.mark.parametrize("script", [INSTALL["run"], CHECK["run"], *GITLAB["before_script"], *GITLAB["script"]])
def test_every_script_is_one(script):
    subprocess.run([BASH, "-n"], input=script.encode(), check=True, timeout=60)


@pytest.mark.parametrize(
    ("hook", "name", "is_taken"),
    [
        ("releaseprint-subtitles", "titles/film/subtitles/한국어.srt", True),
        ("releaseprint-subtitles", "catalogue/titles/film/ko.itt", True),
        ("releaseprint-subtitles", "titles/film/title.toml", False),
        ("releaseprint-subtitles", "docs/example.srt", False),
        ("releaseprint-titles", "titles/film/title.toml", True),
        ("releaseprint-titles", "titles/film/deep/title.toml", False),
        ("releaseprint-titles", "titles/film/masters/film.mov", False),
    ],
)
def test_a_hook_takes_its_files(hook, name, is_taken):
    assert bool(re.search(HOOKS[hook]["files"], name)) is is_taken
    assert HOOKS[hook]["language"] == "python"


def git(folder, *arguments):
    subprocess.run(["git", *IDENTITY, *arguments], cwd=folder, check=True, capture_output=True, timeout=60)


@pytest.fixture
def repository(catalogue):
    """A catalogue under git, with a change that is not right committed on a branch of its own."""
    git(catalogue, "init", "-q")
    git(catalogue, "add", "-A")
    git(catalogue, "commit", "-qm", "all")
    git(catalogue, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(catalogue, "checkout", "-qb", "work")
    (catalogue / SUBTITLE).write_text(small.OVERLAPPING_SRT, encoding="utf-8")
    git(catalogue, "commit", "-qam", "worse")
    return catalogue


def ran(script, folder, **environment):
    """A script as a runner starts it: in the work tree, with what the host tells by the environment."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {"PATH": programs, "HOME": str(folder), "LC_ALL": "C.UTF-8", **environment}
    command = [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False, timeout=120)


def run_action(repository, tmp_path, **changes):
    temp = tmp_path / "runner"
    temp.mkdir(exist_ok=True)
    inputs = {name.upper(): item["default"] for name, item in ACTION["inputs"].items()}
    host = {
        "RUNNER_TEMP": str(temp),
        "GITHUB_OUTPUT": str(temp / "output"),
        "GITHUB_STEP_SUMMARY": str(temp / "summary.md"),
        "GITHUB_WORKSPACE": str(repository),
        "PULL_REQUEST_BASE": "main",
        "PUSHED_FROM": "",
    }
    return ran(CHECK["run"], repository, **{**inputs, **host, **changes}), temp


@pytest.mark.slow
def test_the_action_judges_what_a_pull_request_changes(repository, tmp_path):
    done, temp = run_action(repository, tmp_path)
    assert done.returncode == 1, done.stderr.decode()
    said = done.stdout.decode()
    assert re.search(rf"^::error .*file={SUBTITLE},line=5", said, re.MULTILINE)
    output = dict(line.split("=", 1) for line in (temp / "output").read_text(encoding="utf-8").splitlines())
    assert output["exit-code"] == "1"
    (run,) = json.loads(Path(output["sarif"]).read_bytes())["runs"]
    assert {result["ruleId"] for result in run["results"]} >= {"subtitle/overlap"}
    assert ET.parse(output["junit"]).getroot().tag == "testsuites"  # noqa: S314 -- written a moment ago
    assert "subtitle/overlap" in (temp / "summary.md").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ({"PULL_REQUEST_BASE": "", "PUSHED_FROM": "0" * 40}, 1, b"to compare with: everything is judged\n"),
        ({"PULL_REQUEST_BASE": "", "PUSHED_FROM": "dead" * 10}, 1, b"to compare with: everything is judged\n"),
        ({"BASE": "HEAD"}, 0, b""),
        ({"BASE": "$(touch stolen)"}, 2, b"is no single revision\nor knows no revision"),
        ({"PLATFORM": "x; touch stolen"}, 2, b"there is no platform"),
        ({"QUICK": "yes"}, 2, b"quick is 'true' or 'false'"),
        ({"QUICK": "true", "TERRITORY": "KR"}, 1, b"::error "),
    ],
)
def test_the_action_takes_its_base_from_the_event_and_runs_no_input(repository, tmp_path, changes, code, said):
    done, _ = run_action(repository, tmp_path, **changes)
    assert done.returncode == code, done.stderr.decode()
    assert any(part in done.stdout + done.stderr for part in said.split(b"\nor "))
    assert not (repository / "stolen").exists()


@pytest.mark.slow
def test_the_first_commit_of_all_is_judged_as_a_whole(catalogue, tmp_path):
    (catalogue / SUBTITLE).write_text(small.OVERLAPPING_SRT, encoding="utf-8")
    git(catalogue, "init", "-q")
    git(catalogue, "add", "-A")
    git(catalogue, "commit", "-qm", "all")
    done, _ = run_action(catalogue, tmp_path, PULL_REQUEST_BASE="", PUSHED_FROM="0" * 40)
    assert (done.returncode, b"file=" + SUBTITLE.encode() in done.stdout) == (1, True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variable", "commit"),
    [
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", ""),
        ("CI_COMMIT_BEFORE_SHA", ""),
        ("CI_COMMIT_BEFORE_SHA", "0" * 40),
        ("CI_COMMIT_BEFORE_SHA", "dead" * 10),
    ],
)
def test_the_gitlab_job_writes_its_junit_report(repository, variable, commit):
    first = subprocess.run(["git", "rev-parse", "main"], cwd=repository, check=True, capture_output=True).stdout
    host = {variable: commit or first.decode().strip()}
    done = ran("\n".join(GITLAB["script"]), repository, **GITLAB["variables"], **host)
    assert done.returncode == 1, done.stderr.decode()
    assert (b"everything is judged" in done.stdout) is bool(commit)
    assert b"subtitle/overlap" in done.stdout
    report = repository / GITLAB["artifacts"]["reports"]["junit"]
    assert ET.parse(report).getroot().findall(".//failure")  # noqa: S314 -- written a moment ago


@pytest.mark.slow
@pytest.mark.parametrize(
    ("hook", "name"), [("releaseprint-subtitles", SUBTITLE), ("releaseprint-titles", "titles/small-film/title.toml")]
)
def test_a_hook_stops_a_commit_and_lets_a_good_one_pass(repository, hook, name):
    assert ran("releaseprint check", repository).returncode == 1  # the master is decoded, once
    entry = f"{HOOKS[hook]['entry']} {name}"
    done = ran(entry, repository)
    assert (done.returncode, b"subtitle/overlap" in done.stdout) == (1, True)
    (repository / SUBTITLE).write_text(small.GOOD_SRT, encoding="utf-8")
    assert ran(entry, repository).returncode == 0


@pytest.mark.slow
def test_a_state_that_was_restored_is_used_by_digest_and_a_wrong_one_costs_nothing(repository, tmp_path):
    state = repository / ".releaseprint" / "state.sqlite"
    assert ran("releaseprint check --json", repository).returncode == 1
    kept = tmp_path / "state.sqlite"
    shutil.copyfile(state, kept)
    again = tmp_path / "again"
    git(tmp_path, "clone", "-q", str(repository), str(again))
    (again / ".releaseprint").mkdir()
    shutil.copyfile(kept, again / ".releaseprint" / "state.sqlite")
    known = ran("releaseprint check --quick --json", again)
    unmeasured = [item for item in json.loads(known.stdout)[0]["not_checked"] if "decode" in item["reason"]]
    assert (known.returncode, unmeasured) == (1, []), "known by the digest of its bytes, though it is another file"
    (again / ".releaseprint" / "state.sqlite").write_bytes(b"rubbish")
    assert ran("releaseprint check", again).returncode == 1
