"""`check --watch`: a change is judged once, when its file is at rest, and nothing but a person ends it."""

import json
import shutil
from pathlib import Path

import pytest
import small
from click.testing import CliRunner

from assets.catalogue import open_catalogue
from assets.errors import UsageError
from cli import judgement, watch, watching
from cli.check_command import command
from cli.judgement import Asked

A, B = Path("a"), Path("b")
OLD, NEW = (1, 1, 1, 1), (2, 2, 2, 2)


def test_a_change_is_told_once_when_it_is_at_rest():
    settling = watching.Settling(3, {A: OLD})
    assert settling.settled({A: OLD}, 0) == set()
    assert settling.settled({A: NEW}, 1) == set()
    assert settling.settled({A: NEW}, 3.9) == set()
    assert settling.settled({A: NEW}, 4) == {A}
    assert settling.settled({A: NEW}, 99) == set()


def test_a_file_that_grows_is_not_told_before_it_stops():
    settling = watching.Settling(3, {})
    for at in range(20):
        assert settling.settled({A: (at, at, at, 1)}, at) == set()
    assert settling.settled({A: (19, 19, 19, 1)}, 22) == {A}


def test_what_goes_and_what_comes_back_as_it_was():
    settling = watching.Settling(3, {A: OLD, B: OLD})
    assert settling.settled({B: OLD}, 0) == set()
    assert settling.settled({A: OLD, B: OLD}, 2) == set(), "written by a program that replaces its files"
    assert settling.settled({B: OLD}, 10) == set()
    assert settling.settled({B: OLD}, 13) == {A}
    assert (settling.told, settling.moving) == ({B: OLD}, {})


def test_only_whole_and_visible_files_are_looked_at(tmp_path):
    for name in ("titles/film/ko.srt", "titles/film/ko.srt.part", "titles/film/.ko.srt.x1", "titles/film/ko.srt~"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "titles/loop").symlink_to(tmp_path)
    (tmp_path / "titles/dangling").symlink_to("nowhere")
    (tmp_path / "releaseprint.toml").touch()
    found = watching.marks([tmp_path / "titles", tmp_path / "missing"], [tmp_path / "releaseprint.toml", Path("none")])
    assert {path.name for path in found} == {"ko.srt", "releaseprint.toml"}


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "MOST_FILES", 1)
    (tmp_path / "a").touch()
    (tmp_path / "b").touch()
    with pytest.raises(UsageError, match="more than 1 files below"):
        watching.marks([tmp_path])


class Operator:
    """Does one thing after the other, each when everything that came before was judged; then presses Ctrl-C."""

    def __init__(self, *steps):
        self.steps = list(steps)

    def __call__(self, _seconds):
        if not self.steps:
            raise KeyboardInterrupt
        self.steps.pop(0)()


@pytest.fixture
def folder(catalogue):
    text = small.TITLE.replace('master = "masters/작은 영화.mp4"\n', "")
    (catalogue / "titles/small-film/title.toml").write_text(text, encoding="utf-8")
    shutil.copytree(catalogue / "titles/small-film", catalogue / "titles/other-film")
    head, *checks = small.PLATFORM.split("[checks.")
    kept = "".join(f"[checks.{part}" for part in checks if not part.startswith('"master/'))
    (catalogue / "platforms/house.toml").write_text(head + kept, encoding="utf-8")
    return catalogue


def watched(folder, monkeypatch, capsys, *steps, titles=(), as_json=True):
    """The exit code and the events of a watch during which an operator takes these steps."""
    monkeypatch.setattr(watch, "SETTLED_SECONDS", 0)
    found = open_catalogue(folder)
    state = watch.Watch(found.root, None, lambda now, name: Asked(judgement.platform_of(now, name), None, None), titles)
    code = watch.run(state, as_json=as_json, wait=Operator(*steps))
    lines = capsys.readouterr().out.splitlines()
    return code, [json.loads(line) for line in lines] if as_json else lines


def names(events):
    return [(event["title"], event["verdict"]) for event in events]


def test_everything_is_judged_then_what_changes(folder, monkeypatch, capsys):
    subtitle = folder / "titles/small-film/subtitles/en.srt"
    code, events = watched(
        folder,
        monkeypatch,
        capsys,
        lambda: subtitle.write_text(small.OVERLAPPING_SRT, encoding="utf-8"),
        lambda: None,
    )
    assert names(events) == [("other-film", "pass"), ("small-film", "pass"), ("small-film", "fail")]
    assert events[-1]["said"].startswith("1 error; subtitle/overlap subtitles/en.srt cue 2, line 5: starts 0.100 s")
    assert (code, events[-1]["exit_code"]) == (1, 1)


def test_what_is_mended_ends_clean(folder, monkeypatch, capsys):
    subtitle = folder / "titles/small-film/subtitles/en.srt"
    code, events = watched(
        folder,
        monkeypatch,
        capsys,
        subtitle.unlink,
        lambda: subtitle.write_text(small.GOOD_SRT, encoding="utf-8"),
        titles=("small-film",),
    )
    assert names(events) == [("small-film", "pass"), ("small-film", "incomplete"), ("small-film", "pass")]
    assert code == 0


def test_a_broken_file_ends_nothing(folder, monkeypatch, capsys):
    title = folder / "titles/small-film/title.toml"
    code, events = watched(
        folder,
        monkeypatch,
        capsys,
        lambda: title.write_text("broken", encoding="utf-8"),
        lambda: (folder / "platforms/house.toml").write_text("name = 1", encoding="utf-8"),
        lambda: (folder / "titles/other-film/subtitles/en.srt").write_bytes(b"\x00\xff\x00"),
        lambda: (folder / "platforms/house.toml").write_text(small.PLATFORM, encoding="utf-8"),
    )
    assert names(events)[2:4] == [("small-film", "unreadable"), (None, "unreadable")]
    assert "title.toml: end of file: not TOML" in events[2]["said"]
    assert [event["title"] for event in events[-2:]] == ["other-film", "small-film"], "a platform is of all titles"
    assert code == 3


def test_a_title_that_goes_is_told_and_counts_no_more(folder, monkeypatch, capsys):
    (folder / "titles/small-film/subtitles/en.srt").write_text(small.OVERLAPPING_SRT, encoding="utf-8")
    gone = folder / "titles/small-film"
    code, lines = watched(folder, monkeypatch, capsys, lambda: shutil.rmtree(gone), as_json=False)
    assert lines[1].split("  ", 1)[1].startswith("FAIL        small-film  1 error; subtitle/overlap")
    assert lines[2].endswith("GONE        small-film  there is no title.toml any more")
    assert code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--watch", "--changed"], "--changed goes neither with names nor with --watch"),
        (["--watch", "nobody"], "there is no title 'nobody'"),
        (["--watch", "--output-format", "junit"], "--watch prints a line an event"),
    ],
)
def test_what_cannot_be_watched_is_a_usage_error(folder, arguments, said):
    done = CliRunner().invoke(command, [*arguments, "-C", str(folder)])
    assert said in done.output + str(done.exception)
