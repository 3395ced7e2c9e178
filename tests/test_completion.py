"""Shell completion: its scripts, and what is completed from the catalogue, quickly and without reading its files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from assets.catalogue import CONFIG_NAME
from assets.platform import SHIPPED
from cli import completing
from cli.main import group

PROGRAMS = Path(sys.executable).parent
SLOW = ("pydantic", "rich", "boto3", "av", "numpy")


@pytest.fixture
def films(tmp_path):
    """A catalogue of two titles and a platform of its own, none of which can be read."""
    (tmp_path / CONFIG_NAME).write_text("broken [", encoding="utf-8")
    for title in ("thaw", "the-shore-of-rescue"):
        (tmp_path / "titles" / title).mkdir(parents=True)
        (tmp_path / "titles" / title / "title.toml").write_text("broken [", encoding="utf-8")
    (tmp_path / "platforms").mkdir()
    (tmp_path / "platforms" / "house.toml").write_text("broken [", encoding="utf-8")
    return tmp_path


@pytest.fixture
def complete(films, monkeypatch, capsys):
    """What a shell is offered after some words; the last of them is what is there of the word."""

    def completed(*words):
        monkeypatch.chdir(films)
        monkeypatch.setenv("_RELEASEPRINT_COMPLETE", "fish_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(("releaseprint", *words[:-1])))
        monkeypatch.setenv("COMP_CWORD", words[-1])
        with pytest.raises(SystemExit):
            group.main([], prog_name="releaseprint", standalone_mode=False)
        lines = filter(None, capsys.readouterr().out.splitlines())
        return [line.partition(",")[2].partition("\t")[0] for line in lines]

    return completed


def test_the_settings_are_found_where_the_catalogue_has_them():
    assert completing._CONFIG == CONFIG_NAME
    assert completing._SHIPPED == SHIPPED


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("report", "tha"), ["thaw"]),
        (("status", "th"), ["thaw", "the-shore-of-rescue"]),
        (("deliver", "--title", "the"), ["the-shore-of-rescue"]),
        (("deliver", "--platform", "hou"), ["house"]),
        (("platforms", "sv"), ["svod"]),
        (("deliver", "--territory", "ES"), ["ES"]),
        (("deliver", "--territory", "KR,worldw"), ["KR,worldwide"]),
        (("chec",), ["check", "checks"]),
        (("check", "tha"), ["thaw", "tha"]),
        (("report", "thaw", "--log-f"), []),
        (("completion", "z"), ["zsh"]),
        (("-C", "nowhere", "report", "tha"), []),
    ],
)
def test_what_is_offered(complete, words, offered):
    assert complete(*words) == offered


def test_a_catalogue_that_is_named_is_the_one_that_is_asked(complete, tmp_path):
    other = tmp_path / "other"
    (other / "titles" / "다른-영화").mkdir(parents=True)
    (other / "titles" / "다른-영화" / "title.toml").touch()
    (other / CONFIG_NAME).touch()
    assert complete("report", "-C", str(other), "") == ["다른-영화"]


def test_any_other_word_is_taken_and_judged_by_the_command(films):
    (films / CONFIG_NAME).write_text("", encoding="utf-8")
    done = CliRunner().invoke(group, ["report", "nobody", "-p", "svod", "-C", str(films)])
    assert "there is no title 'nobody'" in str(done.exception)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_are_for_both_programs(shell):
    done = CliRunner().invoke(group, ["completion", shell])
    assert done.exit_code == 0
    for name in ("releaseprint", "deliver"):
        assert f"_{name.upper()}_COMPLETE={shell}_complete" in done.stdout
    unknown = CliRunner().invoke(group, ["completion", "csh"])
    assert unknown.exit_code == 2


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_takes_the_script():
    script = CliRunner().invoke(group, ["completion", "bash"]).stdout
    words = (
        'COMP_WORDS=(releaseprint comp); COMP_CWORD=1; _releaseprint_completion releaseprint; echo "${COMPREPLY[@]}"'
    )
    path = f"{PROGRAMS}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", f"{script}\n{words}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env={"PATH": path, "LANG": "C.UTF-8"},
    )
    assert done.stdout.split() == ["completion"]


def test_completing_loads_nothing_that_is_slow(films):
    code = (
        "import sys\nfrom cli.main import group\n"
        "try: group.main([], prog_name='releaseprint', standalone_mode=False)\nexcept SystemExit: pass\n"
        f"print(sorted(set({SLOW!r}) & set(sys.modules)), file=sys.stderr)"
    )
    asked = {"_RELEASEPRINT_COMPLETE": "bash_complete", "COMP_WORDS": "releaseprint report th", "COMP_CWORD": "2"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        cwd=films,
        env={"LANG": "C.UTF-8", **asked},
    )
    assert "plain,thaw" in done.stdout
    assert done.stderr.strip() == "[]"
