"""Whatever stops `add` and `submit`, and whoever else adds at the same time: titles stay whole and nothing is lost."""

import hashlib
import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from drops import history_of, snapshot, srt, toml, write_drop
from small import TITLE

from assets.catalogue import open_catalogue
from assets.intake import arriving, staging, storing
from cli import intake, submitting

STEPS = ("fsync", "link", "replace")
"""The calls by which something becomes lasting; between two of them nothing does."""

CHILD = """\
import os, signal, sys
left = int(sys.argv[1])
def counted(call):
    def instead(*arguments, **words):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **words)
    return instead
for name in ("fsync", "link", "replace"):
    setattr(os, name, counted(getattr(os, name)))
from click.testing import CliRunner
from cli.main import group
CliRunner().invoke(group, sys.argv[2:], standalone_mode=False)
"""


class StopError(BaseException):
    """What a person's ^C is, and no error that anybody catches."""


def options(catalogue):
    return submitting.Options(None, None, True, False, None, "A Person", False, catalogue)


def require_whole(catalogue):
    """Every file that title.toml names is there with the bytes of its newest revision; no half file has a name."""
    title = open_catalogue(catalogue).title("small-film")
    newest = {line["name"]: line["sha256"] for line in history_of(catalogue)}
    for file in title.files():
        data = file.path.read_bytes()
        assert newest.get(file.name, hashlib.sha256(data).hexdigest()) == hashlib.sha256(data).hexdigest()
    for path in (catalogue / "titles").rglob("*.srt"):
        assert path.read_bytes().endswith(b"\n"), path


@pytest.fixture
def drop(tmp_path):
    return write_drop(tmp_path / "drop")


def test_stopped_before_any_step(catalogue, drop, monkeypatch, capsys):
    (drop / "Small Film.png").unlink()
    (drop / "junk.bin").unlink()
    before = snapshot(catalogue)
    for stop in count():
        left = iter(range(stop))
        for name in STEPS:
            monkeypatch.setattr(os, name, _stopping(getattr(os, name), left))
        try:
            submitting.run(drop, options(catalogue))
        except StopError:
            monkeypatch.undo()
            require_whole(catalogue)
            if toml(catalogue).read_text(encoding="utf-8") == TITLE:
                after = snapshot(catalogue)
                assert {name: after[name] for name in before} == before
                assert set(after) == set(before), "what was made is taken away again"
            assert not list((catalogue / "titles").rglob(".releaseprint-incoming-*"))
            continue
        monkeypatch.undo()
        break
    assert stop > 10, "there are so many steps"
    submitting.run(drop, options(catalogue))
    require_whole(catalogue)
    assert {line["revision"] for line in history_of(catalogue)} == {1}
    assert len(history_of(catalogue)) == 3
    assert capsys.readouterr().out


def _stopping(call, left):
    def instead(*arguments, **words):
        if next(left, None) is None:
            raise StopError
        return call(*arguments, **words)

    return instead


def test_a_second_title_that_cannot_be_written_leaves_the_first_as_it_was(catalogue, tmp_path, monkeypatch):
    other = catalogue / "titles/other-film/title.toml"
    other.parent.mkdir()
    other.write_text(TITLE.replace("Small Film", "Other Film").replace("작은 영화", "다른 영화"), encoding="utf-8")
    (other.parent / "masters").mkdir()
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "Small Film.ko.srt").write_bytes(srt("ko"))
    (drop / "Other Film.ko.srt").write_bytes(srt("ko", "!"))
    before = snapshot(catalogue)
    replace = Path.replace

    def failing(path, target):
        if str(target) == str(toml(catalogue).resolve()):
            raise OSError(28, "No space left on device", str(target))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(storing.InputError, match="No space left"):
        submitting.run(drop, options(catalogue))
    monkeypatch.undo()
    assert snapshot(catalogue) == before
    submitting.run(drop, options(catalogue))
    assert (other.parent / "subtitles/ko.srt").is_file()


def test_a_file_that_changes_while_it_is_added(catalogue, tmp_path):
    path = tmp_path / "Small Film.ko.srt"
    path.write_bytes(srt("ko"))
    read = intake.read(open_catalogue(catalogue), [arriving.one(path)], None, {})
    path.write_bytes(srt("ko", "!"))
    before = snapshot(catalogue)
    with pytest.raises(storing.InputError, match="was changed while it was added"):
        intake.take_in(read, intake.require_all, "A Person", "")
    assert snapshot(catalogue) == before


def test_a_title_that_changes_meanwhile_is_proposed_for_anew(catalogue, tmp_path):
    path = tmp_path / "Small Film.ko.srt"
    path.write_bytes(srt("ko"))
    read = intake.read(open_catalogue(catalogue), [arriving.one(path)], None, {})
    asked = []

    def agreed(made):
        asked.append(made)
        if len(asked) == 1:
            toml(catalogue).write_text(TITLE + "# by another\n", encoding="utf-8")
        return made.proposals

    intake.take_in(read, agreed, "A Person", "")
    assert len(asked) == 2
    assert "# by another" in toml(catalogue).read_text(encoding="utf-8")


def test_a_full_disk_is_said_before_anything_is_copied(catalogue, drop, monkeypatch):
    monkeypatch.setattr(staging.shutil, "disk_usage", lambda _: _Usage)
    with pytest.raises(storing.InputError, match="and 0 are free"):
        submitting.run(drop, options(catalogue))


class _Usage:
    free = 0


def _child(*arguments):
    command = [sys.executable, "-c", CHILD, *(str(item) for item in arguments)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=Path(__file__).parents[1])


def test_two_processes_at_once_lose_nothing(catalogue, tmp_path):
    files = []
    for tag, language in (("ko", "ko"), ("ja", "ja")):
        path = tmp_path / f"Small Film.{tag}.sdh.srt"
        path.write_bytes(srt(language))
        files.append(path)
    words = ("add", "-C", catalogue, "--yes", "--kind", "sdh", "--who", "A Person")
    running = [_child(10_000, *words, path) for path in files]
    assert [process.wait(60) for process in running] == [0, 0]
    tracks = open_catalogue(catalogue).title("small-film").versions[0].subtitles[1:]
    assert {track.language for track in tracks} == {"ko", "ja"}
    assert len(history_of(catalogue)) == 2


@pytest.mark.slow
def test_killed_before_any_step(catalogue, drop):
    for stop in count():
        process = _child(stop, "submit", drop, "-C", catalogue, "--accept", "--who", "A Person")
        if process.wait(60) == 0:
            break
        require_whole(catalogue)
    assert stop > 10
    assert _child(10_000, "submit", drop, "-C", catalogue, "--accept", "--who", "A Person").wait(60) == 0
    require_whole(catalogue)
    title = open_catalogue(catalogue).title("small-film")
    assert len({file.name for file in title.files()}) == len(title.files()) == 6
    assert len(history_of(catalogue)) == 4
