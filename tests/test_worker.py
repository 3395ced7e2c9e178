"""A function in a process of its own: its answer, its progress, and how it may end."""

import io
import pickle
import threading
import time
from pathlib import Path

import isolated
import pytest

from assets.worker import WorkerError, _Answer, run_isolated


@pytest.fixture(autouse=True)
def _importable_by_the_worker(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(isolated.__file__).parent))


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
    assert time.monotonic() - begun < 20


def test_progress_keeps_it_alive():
    assert run_isolated(isolated.slow, 8, seconds=60, stall_seconds=1.5) == 8


def test_the_time_limit_holds_for_the_busy_too():
    with pytest.raises(WorkerError, match="took longer than 1 s"):
        run_isolated(isolated.slow, 1000, seconds=1, stall_seconds=30)


def test_an_interruption_leaves_no_process():
    def interrupt(_):
        raise KeyboardInterrupt

    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        run_isolated(isolated.slow, 1000, seconds=60, progress=interrupt)
    assert threading.active_count() == before


def test_an_answer_that_would_run_code_is_refused():
    with pytest.raises(WorkerError, match="no place in an answer"):
        run_isolated(isolated.answers_with_code, seconds=30)


@pytest.mark.parametrize("name", ["Path", "Path.unlink", "Measured.__init__", "Callable", "MEASUREMENT"])
def test_an_answer_reaches_nothing_but_the_records_of_a_module(name):
    text = name.encode()
    asked = b"\x80\x04\x8c\x10assets.measuring\x8c" + bytes([len(text)]) + text + b"\x93."
    with pytest.raises((pickle.UnpicklingError, AttributeError)):
        _Answer(io.BytesIO(asked)).load()
