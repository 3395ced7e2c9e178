"""`check --watch FOLDER`: files that land in a folder are judged when they are whole, each by itself."""

import json
import os
import signal
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest
import small

from assets import platform
from assets.catalogue import open_catalogue
from assets.errors import UsageError
from cli import watching
from cli.judgement import Asked
from cli.loose_files import NotJudgedError, target_of
from cli.outputs import Output
from cli.render.batch import Batch
from cli.showing import batch_of
from cli.targets import Said
from cli.watch import Clock, run
from cli.watch_telling import Telling
from cli.watched_folder import WatchedFolder

PROGRAM = Path(sys.executable).with_name("releaseprint")
KO, EN = "예고/한국어.ko.srt", "en.srt"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("platforms")
    (folder / "house.toml").write_text(small.PLATFORM, encoding="utf-8")
    return platform.load("house", folder)


@pytest.fixture
def drop(tmp_path, read_here):  # noqa: ARG001 -- what this process reads of it
    (tmp_path / "drop/예고").mkdir(parents=True)
    return tmp_path / "drop"


class Operator:
    """Does one thing a second, then presses Ctrl-C."""

    def __init__(self, *steps):
        self.steps = list(steps)
        self.at = 0.0

    def now(self):
        return self.at

    def wait(self, seconds):
        self.at += seconds
        if not self.steps:
            raise KeyboardInterrupt
        self.steps.pop(0)()


def rest():
    """Nothing happens."""


RESTS = [rest] * 4


class Watching:
    """A watch of a folder, and what it prints."""

    def __init__(self, folder, house, capsys, **said):
        self.folder = WatchedFolder(
            folder, folder.stat().st_dev, said.pop("catalogue", None), Asked(house, None, None), Said(**said)
        )
        self.capsys = capsys
        self.files = ()

    def run(self, *steps, as_json=True):
        """The exit code, and the events or lines."""

        def made(reports, unread, names):
            return batch_of(reports, unread, names=[str(self.folder.root / name) for name in names])

        telling, operator = Telling(self.folder, as_json, self.files, made), Operator(*steps)
        telling.begin()
        code = run(self.folder, telling, 3, Clock(operator.now, operator.wait))
        lines = self.capsys.readouterr().out.splitlines()
        return code, [json.loads(line) for line in lines] if as_json else lines


@pytest.fixture
def watch(drop, house, capsys):
    return lambda **said: Watching(drop, house, capsys, **said)


def verdicts(events):
    return [(event["file"], event["verdict"]) for event in events]


def put(path, text=small.GOOD_SRT):
    return lambda: path.write_text(text, encoding="utf-8")


def test_what_lies_there_and_what_comes_is_judged_when_it_is_at_rest(watch, drop):
    put(drop / EN)()
    code, events = watch().run(
        put(drop / KO, small.OVERLAPPING_SRT), *RESTS, put(drop / KO), *RESTS, (drop / EN).unlink, *RESTS
    )
    assert verdicts(events) == [(EN, "pass"), (KO, "fail"), (KO, "pass"), (EN, "gone")]
    assert events[1]["said"].startswith("1 error; subtitle/overlap cue 2, line 5: starts 0.100 s")
    assert [event["exit_code"] for event in events] == [0, 1, 0, 0]
    assert code == 0


def test_a_file_that_is_copied_is_not_judged_half(watch, drop):
    def grow():
        with (drop / EN).open("a", encoding="utf-8") as file:
            file.write(small.GOOD_SRT.splitlines(keepends=True)[len(seen)])
        seen.append(1)

    seen = []
    lines = len(small.GOOD_SRT.splitlines())
    _, events = watch().run(*[step for _ in range(lines) for step in (grow, rest)], *RESTS)
    assert verdicts(events) == [(EN, "pass")]


def test_a_file_that_changes_while_it_is_judged_is_judged_again_and_told_once(watch, drop, monkeypatch):
    from cli import watched_folder

    def changing(path, *rest):
        put(path, small.GOOD_SRT)()
        return target_of(path, *rest)

    put(drop / EN, small.OVERLAPPING_SRT)()
    watching = watch()
    with monkeypatch.context() as patch:
        patch.setattr(watched_folder, "target_of", changing)
        steps = [rest] * 3, [patch.undo], RESTS
        _, events = watching.run(*(step for part in steps for step in part))
    assert verdicts(events) == [(EN, "pass")]


def test_an_unfinished_name_is_left_alone_until_it_has_its_own(watch, drop):
    part = drop / "en.srt.part"
    put(part)()
    _, events = watch().run(*RESTS, lambda: part.rename(drop / EN), *RESTS)
    assert verdicts(events) == [(EN, "pass")]


def test_a_name_in_the_other_normalization_form(watch, drop):
    nfd = drop / unicodedata.normalize("NFD", KO)
    nfd.parent.mkdir()
    put(nfd)()
    code, lines = watch().run(*RESTS, as_json=False)
    assert [line.partition("  ")[2] for line in lines] == [f"PASS        {KO}  no findings"]
    assert code == 0


def test_a_language_that_no_name_tells_is_asked_for(watch, drop):
    put(drop / "자막.srt")()
    code, events = watch().run(*RESTS)
    assert (code, verdicts(events)) == (3, [("자막.srt", "incomplete")])
    assert "call it 자막.ko.srt if it is Korean, or name a language with --language" in events[0]["said"]
    put(drop / EN)()
    _, events = watch(language="ko").run(*RESTS)
    assert verdicts(events) == [("en.srt", "pass"), ("자막.srt", "pass")]


def test_links_out_of_the_folder_are_refused(watch, drop, tmp_path):
    put(tmp_path / "secret.en.srt")()
    (drop / "out.en.srt").symlink_to(tmp_path / "secret.en.srt")
    (drop / "loop").symlink_to(drop)
    (drop / "nowhere.en.srt").symlink_to("none")
    put(drop / EN)()
    (drop / "inside.en.srt").symlink_to(EN)
    code, events = watch().run(*RESTS)
    assert verdicts(events) == [
        ("en.srt", "pass"), ("inside.en.srt", "pass"), ("loop", "refused"), ("out.en.srt", "refused")
    ]  # fmt: skip
    assert events[-1]["said"] == "is a link that leaves the folder; files that lie in it"
    assert code == 3


def test_a_file_that_is_nobodys_asset_is_named_and_not_judged(watch, drop):
    (drop / "대사.txt").write_text("남쪽으로", encoding="utf-8")
    (drop / "a.pdf").write_bytes(b"%PDF-1.7\n")
    (drop / "b.xml").write_bytes(b"\x00\x01")
    code, events = watch().run(*RESTS)
    assert (code, verdicts(events)) == (
        0,
        [("a.pdf", "not judged"), ("b.xml", "not judged"), ("대사.txt", "not judged")],
    )
    assert [event["said"] for event in events][::2] == ["document: PDF", "document: text"]


def test_subtitles_of_another_name_are_told_what_they_should_be_called(drop):
    put(drop / "en.subs")()
    with pytest.raises(NotJudgedError, match=r"subtitles: srt, .*; a name that ends with \.srt would have it judged"):
        target_of(drop / "en.subs", Said(), open_config())


def open_config():
    from assets.catalogue import Config

    return Config()


def test_a_broken_master_is_a_finding_and_not_another_sort_of_file(watch, drop):
    (drop / "영화.mp4").write_bytes(b"no film")
    code, events = watch().run(*RESTS)
    assert (code, verdicts(events)) == (3, [("영화.mp4", "incomplete")])
    assert "master/unreadable" in events[0]["said"]


def test_a_folder_that_is_not_mounted_any_more_has_lost_nothing(watch, drop):
    put(drop / EN)()
    away = drop.with_name("away")
    code, events = watch().run(*RESTS, lambda: drop.rename(away), *RESTS, lambda: away.rename(drop), *RESTS)
    assert verdicts(events) == [(EN, "pass"), (None, "unreadable"), (None, "back")]
    assert code == 0
    watching = watch()
    watching.folder.device += 1
    code, events = watching.run(*RESTS)
    assert (code, verdicts(events)) == (3, [(None, "unreadable")])
    assert "the one that was watched is not mounted" in events[0]["said"]


def test_too_many_files_end_nothing_but_the_first_look(watch, drop, monkeypatch):
    def crowd():
        monkeypatch.setattr(watching, "MOST_FILES", 0)

    put(drop / EN)()
    code, events = watch().run(*RESTS, crowd, *RESTS, monkeypatch.undo, *RESTS)
    assert (code, verdicts(events)) == (0, [(EN, "pass"), (None, "unreadable"), (None, "back")])


def test_reports_are_written_anew_of_all_that_is_there(watch, drop, tmp_path):
    target, seen = tmp_path / "junit.xml", []

    def look():
        seen.append([name for name in (EN, "한국어.ko.srt") if name in target.read_text(encoding="utf-8")])

    put(drop / EN)()
    watching = watch()
    watching.files = (Output("junit", target),)
    watching.run(
        look, *RESTS, look, put(drop / KO, small.OVERLAPPING_SRT), *RESTS, look, (drop / EN).unlink, *RESTS, look
    )
    assert seen == [[], [EN], [EN, "한국어.ko.srt"], ["한국어.ko.srt"]]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["junit.xml"], "no temporary file is left"


def test_a_report_that_cannot_be_written_later_ends_nothing(watch, drop, tmp_path):
    target = tmp_path / "reports/junit.xml"

    def block():
        target.unlink()
        target.mkdir()

    put(drop / EN)()
    watching = watch()
    watching.files = (Output("junit", target),)
    code, events = watching.run(block, *RESTS)
    assert (code, verdicts(events)) == (0, [(EN, "pass")])
    with pytest.raises(UsageError, match="is no regular file"):
        Telling(watching.folder, True, watching.files, lambda *_: Batch(())).begin()


def test_measurements_of_a_folder_in_a_catalogue_are_kept(catalogue, master_file, house, capsys):
    drop = catalogue / "incoming"
    drop.mkdir()
    (drop / "film.mp4").write_bytes(master_file.read_bytes())
    code, events = Watching(drop, house, capsys, catalogue=open_catalogue(catalogue)).run(*RESTS)
    assert verdicts(events)[0][0] == "film.mp4"
    assert code == events[0]["exit_code"] in {0, 1, 3}
    assert (catalogue / ".releaseprint/state.sqlite").is_file()


def test_looking_at_many_files_leaves_the_machine_to_others(watch, monkeypatch):
    operator = Operator(rest, rest)
    waits = []

    def slow_look(*_, **__):
        operator.at += 2
        return {}

    def wait(seconds):
        waits.append(seconds)
        operator.wait(seconds)

    monkeypatch.setattr("cli.watched_folder.marks", slow_look)
    folder = watch().folder
    run(folder, Telling(folder, True, (), lambda *_: Batch(())), 3, Clock(operator.now, wait))
    assert waits == [18.0] * 3


@pytest.mark.slow
def test_a_real_process_watches_a_folder_outside_of_any_catalogue(tmp_path):
    drop = tmp_path / "받은 것"
    drop.mkdir()
    options = ("-p", "svod", "--frame-rate", "25", "--rest", "3", "--output-format", f"csv={tmp_path}/r.csv")
    process = subprocess.Popen(
        [PROGRAM, "check", "--watch", drop, *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    try:
        started = process.stderr.readline()
        with (drop / "영화.ko.srt").open("w", encoding="utf-8") as file:
            for line in small.OVERLAPPING_SRT.splitlines(keepends=True):
                file.write(line)
                file.flush()
                time.sleep(0.3)
        line = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    assert started == f"watching {drop}, by svod; Ctrl-C ends it\n"
    assert line.partition("  ")[2].startswith("FAIL        영화.ko.srt  1 error, ")
    assert (rest, process.returncode) == (("", ""), 1)
    assert "subtitle/overlap" in (tmp_path / "r.csv").read_text(encoding="utf-8")
