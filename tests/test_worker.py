"""A function in a process of its own: its answer, its progress, and how it may end."""

import io
import os
import pickle
import signal
import stat
import sys
import threading
import time
from pathlib import Path

import isolated
import pytest

from assets import worker
from assets.worker import WorkerError, _Answer, run_isolated

NEW = "a new Python"
WAYS = ["from a nursery", pytest.param(NEW, marks=pytest.mark.slow)] if sys.platform == "linux" else [NEW]


@pytest.fixture(autouse=True, params=WAYS)
def _begun(request, monkeypatch):
    """However a worker is begun, the same holds for it."""
    monkeypatch.setenv("PYTHONPATH", str(Path(isolated.__file__).parent))
    if request.param == NEW:
        monkeypatch.setattr("assets.nursery.nursery", lambda: None)


def test_progress_is_told_before_the_answer():
    told = []
    assert run_isolated(isolated.counts, 3, seconds=30, progress=told.append) == 3
    assert told == [0.0, 1 / 3, 2 / 3]


def test_what_a_library_prints_is_no_answer():
    assert run_isolated(isolated.prints, seconds=30) == 1


def test_a_function_that_says_nothing_hangs():
    begun = time.monotonic()
    with pytest.raises(WorkerError, match=r"made no progress for 0\.5 s"):
        run_isolated(isolated.hangs, seconds=60, stall_seconds=0.5)
    assert time.monotonic() - begun < 50


def test_progress_keeps_it_alive(request):
    run_isolated(isolated.takes, b"", seconds=60)  # its nursery has begun: that is no part of the time
    rounds, stall = (30, 5) if NEW in request.node.name else (12, 2)  # Python, which a busy machine begins slowly
    assert run_isolated(isolated.slow, rounds, seconds=60, stall_seconds=stall) == rounds


def test_the_time_limit_holds_for_the_busy_too():
    with pytest.raises(WorkerError, match="took longer than 1 s"):
        run_isolated(isolated.slow, 1000, seconds=1, stall_seconds=30)


def test_it_has_a_session_of_its_own_and_no_descriptor_beside_its_streams():
    own, _, session = run_isolated(isolated.family, seconds=30)
    assert own == session != os.getpid()
    opened = run_isolated(isolated.descriptors, seconds=30)
    assert opened.keys() == {0, 1, 2, 3}
    assert opened[1] == opened[2]  # what a library prints is no answer
    assert [opened[number][0] for number in (0, 2, 3)] == [stat.S_IFIFO, stat.S_IFREG, stat.S_IFIFO]


def test_it_may_take_so_much_memory_and_leaves_no_core():
    memory = (worker.MEMORY_LIMIT, worker.MEMORY_LIMIT)
    assert run_isolated(isolated.limits, seconds=30) == (memory, (0, 0))


def test_a_crash_has_its_name_and_an_end_its_last_words():
    with pytest.raises(WorkerError, match=r"crashed on it \(SIGSEGV\)"):
        run_isolated(signal.raise_signal, signal.SIGSEGV, seconds=30)
    with pytest.raises(WorkerError, match="stopped with code 7: the last words"):
        run_isolated(isolated.says_and_ends, 7, seconds=30)


def test_where_no_disk_has_room_for_its_last_words_it_works_without(monkeypatch):
    def full(*_given):
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    assert run_isolated(isolated.prints, seconds=30) == 1
    with pytest.raises(WorkerError, match="stopped with code 7: no message"):
        run_isolated(isolated.says_and_ends, 7, seconds=30)


def test_a_call_may_be_larger_than_a_pipe_takes_at_once():
    assert run_isolated(isolated.takes, bytes(1 << 20), seconds=30) == 1 << 20


def test_its_variables_and_folder_are_those_of_the_caller(tmp_path, monkeypatch):
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        monkeypatch.setenv("PLACE", name)
        assert run_isolated(isolated.environment, "PLACE", seconds=30) == (name, str(tmp_path / name))


def test_an_interruption_leaves_no_process():
    def interrupt(_):
        raise KeyboardInterrupt

    before = set(threading.enumerate())
    with pytest.raises(KeyboardInterrupt):
        run_isolated(isolated.slow, 1000, seconds=60, progress=interrupt)
    assert set(threading.enumerate()) <= before


def test_an_answer_that_would_run_code_is_refused():
    with pytest.raises(WorkerError, match="no place in an answer"):
        run_isolated(isolated.answers_with_code, seconds=30)


@pytest.mark.parametrize("name", ["Path", "Path.unlink", "Measured.__init__", "Callable", "MEASUREMENT"])
def test_an_answer_reaches_nothing_but_the_records_of_a_module(name):
    text = name.encode()
    asked = b"\x80\x04\x8c\x10assets.measuring\x8c" + bytes([len(text)]) + text + b"\x93."
    with pytest.raises((pickle.UnpicklingError, AttributeError)):
        _Answer(io.BytesIO(asked)).load()
