"""A replacement that is stopped anywhere leaves one file or the other, loses no bytes, and can be repeated."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import histories
import pytest

from assets import history
from assets.history import keeping

HERE = Path(__file__).parent
STEPS = ((os, "link"), (os, "fsync"), (os, "write"), (os, "ftruncate"), (Path, "replace"), (Path, "chmod"))


class Stopped(BaseException):
    """Stands for a kill: nothing that handles errors handles it."""


def stop_at(number, monkeypatch, *, after):
    """Stop at the call of that number among all that write; `after` it has done its work, or before."""
    calls = []
    for place, name in STEPS:
        original = getattr(place, name)

        def step(*arguments, original=original, **how):
            calls.append(original)
            if len(calls) == number and not after:
                raise Stopped
            result = original(*arguments, **how)
            if len(calls) == number:
                raise Stopped
            return result

        monkeypatch.setattr(place, name, step)
    return calls


def recoverable(title):
    """Every revision's bytes can be had."""
    return all(history.find_kept(title.folder.parent.parent, item) for item in history.revisions(title))


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at_once", [0, 1000])
@pytest.mark.parametrize("is_known", [False, True])
def test_stopped_at_each_step_and_repeated(tmp_path, monkeypatch, after, at_once, is_known):
    monkeypatch.setattr(keeping, "AT_ONCE_BYTES", at_once)
    stops = 0
    for number in range(1, 100):
        title = histories.write(tmp_path / str(number))
        if is_known:
            histories.record(title)
        with monkeypatch.context() as patch:
            calls = stop_at(number, patch, after=after)
            try:
                histories.replace(title, b"two")
            except Stopped:
                stops += 1
        assert histories.track(title).path.read_bytes() in {b"one", b"two"}
        history.revisions(title)
        made = histories.replace(title, b"two")
        found = history.revisions(title)
        assert [item.revision for item in found] == [1, 2]
        assert (found[1], made.why) == (made, "better")
        assert found[1].was == found[0].sha256
        assert history.find_kept(tmp_path / str(number), found[0]).read_bytes() == b"one"
        assert histories.track(title).path.read_bytes() == b"two"
        assert [item.name for item in histories.track(title).path.parent.iterdir()] == ["한국어.srt"]
        if len(calls) < number:
            break
    assert stops >= 6


def _work(root, number, turns):
    title = histories.read(root)
    folder = root / f"source-{number}"
    folder.mkdir()
    for turn in range(turns):
        source = folder / str(turn)
        source.write_bytes(f"{number} {turn}".encode())
        history.replace_file(
            root,
            title,
            histories.ROLE,
            histories.track(title),
            source,
            who=str(number),
            why=str(turn),
            note="",
            at=histories.WHEN,
        )


def test_processes_at_once_lose_nothing(tmp_path):
    title = histories.write(tmp_path)
    histories.record(title)
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_work, args=(tmp_path, number, 8)) for number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    found = history.revisions(title)
    assert [item.revision for item in found] == list(range(1, 26))
    assert {(item.who, item.why) for item in found[1:]} == {(str(n), str(turn)) for n in range(3) for turn in range(8)}
    assert [item.was for item in found[1:]] == [item.sha256 for item in found[:-1]], "each knows the one before"
    assert recoverable(title)


KILLED = """\
import sys
from itertools import count
from pathlib import Path
import histories
title = histories.read(Path(sys.argv[1]))
for number in count():
    histories.replace(title, f"{sys.argv[2]} {number}".encode() * 50_000)
    print(number, flush=True)
"""


@pytest.mark.slow
def test_killed_at_twenty_times(tmp_path):
    title = histories.write(tmp_path)
    chance = random.Random(20261122)  # noqa: S311 -- repeatable, not secret
    announced = 0
    for turn in range(20):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path), str(turn)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join((str(HERE.parent), str(HERE / "support")))},
        )
        process.stdout.readline()  # the first replacement is made
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        announced += 1 + process.communicate()[0].count(b"\n")
        assert recoverable(title)
    found = history.revisions(title)
    assert len(found) > announced, "the first one was found, and every announced one is there"
    assert [item.revision for item in found] == list(range(1, len(found) + 1))
    assert histories.replace(title, b"end").revision in {len(found) + 1, len(found) + 2}
    assert recoverable(title)
