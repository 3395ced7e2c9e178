"""`check --watch`: a change is judged once, when its file is at rest, and nothing but a person ends it."""

import json
import shutil
from pathlib import Path

import pytest
import small
from click.testing import CliRunner

from assets.catalogue import open_catalogue
from assets.errors import UsageError
from cli import judgement, watching
from cli.check_command import command
from cli.judgement import Asked
from cli.render.batch import Batch
from cli.watch import Clock, run, worst
from cli.watch_telling import Telling
from cli.watched_titles import WatchedTitles
from storage.index import open_index

A, B = Path("a"), Path("b")
OLD, NEW = (1, 1, 1, 1), (2, 2, 2, 2)


def test_a_change_is_told_once_when_it_is_at_rest():
    settling = watching.Settling(3, {A: OLD})
    assert settling.settled({A: OLD}, 0) == {}
    assert settling.settled({A: NEW}, 1) == {}
    assert settling.settled({A: NEW}, 3.9) == {}
    assert settling.settled({A: NEW}, 4) == {A: NEW}
    assert settling.settled({A: NEW}, 99) == {}


def test_a_file_that_grows_is_not_told_before_it_stops():
    settling = watching.Settling(3)
    for at in range(20):
        assert settling.settled({A: (at, at, at, 1)}, at) == {}
        assert list(settling.moving) == [A]
    assert settling.settled({A: (19, 19, 19, 1)}, 22) == {A: (19, 19, 19, 1)}


def test_what_goes_and_what_comes_back_as_it_was():
    settling = watching.Settling(3, {A: OLD, B: OLD})
    assert settling.settled({B: OLD}, 0) == {}
    assert settling.settled({A: OLD, B: OLD}, 2) == {}, "written by a program that replaces its files"
    assert settling.settled({B: OLD}, 10) == {}
    assert settling.settled({B: OLD}, 13) == {A: None}
    assert (settling.told, settling.moving) == ({B: OLD}, {})


def test_only_whole_and_visible_files_are_looked_at(tmp_path):
    whole = ("ko.srt", "한국어.srt", "half.mp4", "empty.txt")
    passing = (".ko.srt.x1", "ko.srt~", "~$list.xls", "Thumbs.db", "a.PART", "b.crdownload", "c.tmp", "__MACOSX/d.srt")
    (tmp_path / "titles/film/__MACOSX").mkdir(parents=True)
    for name in (*whole, *passing):
        (tmp_path / "titles/film" / name).write_bytes(b"" if name == "empty.txt" else b"x")
    for name in ("half.mp4.part", "new.mp4.part", "new.mp4"):
        (tmp_path / "titles/film" / name).write_bytes(b"")
    (tmp_path / "titles/loop").symlink_to(tmp_path)
    (tmp_path / "titles/dangling").symlink_to("nowhere")
    (tmp_path / "releaseprint.toml").touch()
    found = watching.marks([tmp_path / "titles", tmp_path / "missing"], [tmp_path / "releaseprint.toml", Path("none")])
    assert {path.name for path in found} == {*whole, "releaseprint.toml"}, "new.mp4 is a browser's promise of a file"


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


def no_batch(*_):
    return Batch(())


def watched(folder, capsys, *steps, titles=(), as_json=True, rest=0, now=lambda: 0):
    """The exit code and the events of a watch during which an operator takes these steps."""
    found = open_catalogue(folder)
    state = WatchedTitles(
        found.root, None, lambda now, name: Asked(judgement.platform_of(now, name), None, None), titles
    )
    code = run(state, Telling(state, as_json, (), no_batch), rest, Clock(now, Operator(*steps)))
    lines = capsys.readouterr().out.splitlines()
    return code, [json.loads(line) for line in lines] if as_json else lines


def names(events):
    return [(event["title"], event["verdict"]) for event in events]


def test_everything_is_judged_then_what_changes(folder, capsys):
    subtitle = folder / "titles/small-film/subtitles/en.srt"
    code, events = watched(
        folder,
        capsys,
        lambda: subtitle.write_text(small.OVERLAPPING_SRT, encoding="utf-8"),
        lambda: None,
    )
    assert names(events) == [("other-film", "pass"), ("small-film", "pass"), ("small-film", "fail")]
    assert events[-1]["said"].startswith("1 error; subtitle/overlap subtitles/en.srt cue 2, line 5: starts 0.100 s")
    assert (code, events[-1]["exit_code"]) == (1, 1)


def test_what_is_mended_ends_clean(folder, capsys):
    subtitle = folder / "titles/small-film/subtitles/en.srt"
    code, events = watched(
        folder,
        capsys,
        subtitle.unlink,
        lambda: subtitle.write_text(small.GOOD_SRT, encoding="utf-8"),
        titles=("small-film",),
    )
    assert names(events) == [("small-film", "pass"), ("small-film", "incomplete"), ("small-film", "pass")]
    assert code == 0


def test_a_broken_file_ends_nothing(folder, capsys):
    title = folder / "titles/small-film/title.toml"
    code, events = watched(
        folder,
        capsys,
        lambda: title.write_text("broken", encoding="utf-8"),
        lambda: (folder / "platforms/house.toml").write_text("name = 1", encoding="utf-8"),
        lambda: (folder / "titles/other-film/subtitles/en.srt").write_bytes(b"\x00\xff\x00"),
        lambda: (folder / "platforms/house.toml").write_text(small.PLATFORM, encoding="utf-8"),
    )
    assert names(events)[2:4] == [("small-film", "unreadable"), (None, "unreadable")]
    assert "title.toml: end of file: not TOML" in events[2]["said"]
    assert names(events)[-3:-2] == [(None, "back")]
    assert [event["title"] for event in events[-2:]] == ["other-film", "small-film"], "a platform is of all titles"
    assert code == 3


def test_a_title_whose_file_still_grows_waits(folder, capsys):
    """Its other files may be at rest, and another title is judged meanwhile."""
    growing, at = folder / "titles/small-film/subtitles/ko.srt", iter(range(99))

    def grow():
        with growing.open("a") as file:
            file.write("x")

    code, events = watched(folder, capsys, *[grow] * 8, *[lambda: None] * 4, rest=3, now=lambda: next(at) / 2)
    assert names(events) == [("other-film", "pass"), ("small-film", "pass")]
    assert code == 0


def test_a_title_that_waited_for_a_file_that_went_is_judged(folder, capsys):
    log, at = folder / "titles/small-film/x.log", iter(range(99))
    log.write_text("x", encoding="utf-8")
    steps = [lambda: log.write_text(log.read_text() + "x"), lambda: None, lambda: None, log.unlink]
    code, events = watched(folder, capsys, *steps, *[lambda: None] * 3, rest=3, now=lambda: next(at) / 2)
    assert (code, names(events)) == (0, [("other-film", "pass"), ("small-film", "pass")])


def test_a_folder_of_a_title_that_is_renamed_is_another_title(folder, capsys):
    source = folder / "titles/small-film"
    code, events = watched(folder, capsys, lambda: source.rename(source.with_name("thin-film")))
    assert names(events)[2:] == [("small-film", "gone"), ("thin-film", "pass")]
    assert code == 0


def test_a_catalogue_that_is_not_there_is_told_once(folder, capsys):
    away = folder.with_name("away")
    code, events = watched(
        folder, capsys, lambda: folder.rename(away), lambda: None, lambda: away.rename(folder), lambda: None
    )
    assert names(events)[2:] == [
        (None, "unreadable"), (None, "back"), ("other-film", "pass"), ("small-film", "pass")
    ]  # fmt: skip
    assert code == 0


def test_a_state_that_another_process_holds_costs_no_verdict(folder, capsys, monkeypatch):
    monkeypatch.setattr("storage.state.BUSY_SECONDS", 0)
    with open_index(folder) as other:
        other._connection.execute("BEGIN IMMEDIATE")
        code, events = watched(folder, capsys)
        other._connection.rollback()
    assert (code, names(events)) == (0, [("other-film", "pass"), ("small-film", "pass")])


def test_the_codes_of_many_things_are_one():
    assert [worst(codes) for codes in ([], [0, 0], [0, 1], [1, 3, 0])] == [0, 0, 1, 3]


def test_a_title_that_goes_is_told_and_counts_no_more(folder, capsys):
    (folder / "titles/small-film/subtitles/en.srt").write_text(small.OVERLAPPING_SRT, encoding="utf-8")
    gone = folder / "titles/small-film"
    code, lines = watched(folder, capsys, lambda: shutil.rmtree(gone), as_json=False)
    assert lines[1].split("  ", 1)[1].startswith("FAIL        small-film  1 error; subtitle/overlap")
    assert lines[2].endswith("GONE        small-film  there is no title.toml any more")
    assert code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--watch", "--changed"], "--changed goes neither with names nor with --watch"),
        (["--watch", "nobody"], "there is no title 'nobody'"),
        (["--watch", "--output-format", "junit"], "--watch prints a line an event"),
        (["--watch", "--output-format", "junit=titles/new.xml"], "lies in what is watched"),
        (["--watch", "--kind", "sdh"], "do not go with --watch"),
        (["--watch", "-j", "2"], "do not go with --watch"),
        (["--watch", "titles/small-film"], "lies among the titles"),
        (["--watch", "."], "is a catalogue; `check --watch -C .` follows its titles"),
        (["--watch", "drop", "small-film"], "titles of a catalogue, or one folder"),
        (["--watch", "releaseprint.toml"], "is neither a title nor a folder"),
    ],
)
def test_what_cannot_be_watched_is_a_usage_error(folder, arguments, said, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / "drop").mkdir()
    done = CliRunner().invoke(command, arguments)
    assert said in done.output + str(done.exception)
