"""deliver, redeliver, report, run with workers: media are measured ahead and once; the coordinator keeps the state."""

import errno
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time

import engines
import in_process
import pytest
from planned_runs import DELIVER, HEAD, SCHEMA, copy_title, run, states

from assets.errors import UsageError
from cli.render.run import _is_told
from cli.running.asking import Workers
from cli.running.judging import judge_title
from cli.running.measuring import measure_file, measure_lent
from cli.running.tasks import ClusterError, Done, Task
from cli.running.uploading import send_parts
from cli.runs.record import StepRecord


class Counting(engines.Threads):
    """Threads that count what they are given."""

    given = 0

    def submit(self, function, *arguments):
        type(self).given += 1
        return super().submit(function, *arguments)


@pytest.fixture
def threads(monkeypatch):
    """Whoever asks for workers gets threads, which count what they do."""
    monkeypatch.setattr(Counting, "given", 0)
    monkeypatch.setattr(Workers, "engine", lambda self, _: Counting() if self.jobs != 1 else None)
    return Counting


def test_what_workers_did_is_in_the_report(catalogue, threads):
    copy_title(catalogue, "later-film")
    told = run(catalogue, HEAD + DELIVER + '[[steps]]\ndo = "check"\n', "--jobs", "2")
    deliver, check = told["steps"]
    assert sorted((task["title"], task["task"]) for task in deliver["tasks"]) == [
        ("later-film", "measure_file"),
        ("small-film", "measure_file"),
    ]
    assert {task["task"] for task in check["tasks"]} == {"judge_title"}
    assert all(task["tries"] == 1 and task["worker"].endswith(f":{os.getpid()}") for task in deliver["tasks"])
    assert threads.given == 4
    again = run(catalogue, HEAD + DELIVER, "--jobs", "2")
    assert (again["steps"][0]["tasks"], threads.given) == ([], 4)


def test_a_worker_that_fails_is_in_the_report_and_the_title_is_done_here(catalogue, threads, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cli.running.measuring.measure", full)
    told = run(catalogue, HEAD + DELIVER, "--jobs", "2")
    (task,) = told["steps"][0]["tasks"]
    assert (task["fault"], threads.given) == ("OSError: [Errno 28] No space left on device", 1)
    assert states(told["steps"][0]) == {"small-film": "delivered"}


@pytest.mark.parametrize(
    "command",
    [
        ("deliver", "--territory", "KR"),
        ("report", "small-film", "--output-format", "json=report.json"),
        ("redeliver", "small-film"),
    ],
)
def test_media_are_measured_by_workers_once(catalogue, threads, command):
    if command[0] == "redeliver":
        assert in_process.run("deliver", "--territory", "KR", "-j", "1", cwd=catalogue).returncode == 0
        shutil.rmtree(catalogue / ".releaseprint")
    for _ in range(2):
        done = in_process.run(*command, "--jobs", "2", cwd=catalogue)
        assert done.returncode == 0, done.stderr
        assert threads.given == 1


def test_what_is_not_selected_is_not_measured(catalogue, threads):
    assert in_process.run("deliver", "--territory", "JP", "--jobs", "2", cwd=catalogue).returncode == 1
    assert in_process.run("report", "small-film", "--quick", "--jobs", "2", cwd=catalogue).returncode == 0
    assert in_process.run("redeliver", "small-film", "--jobs", "2", cwd=catalogue).returncode == 2
    assert threads.given == 0


def test_a_cluster_that_is_lost_ends_what_needs_it_and_no_more(catalogue, monkeypatch):
    def lost(_workers, _titles):
        raise ClusterError("tcp://밤:8786: no scheduler answers")

    monkeypatch.setattr(Workers, "engine", lost)
    plan = HEAD + DELIVER + '[[steps]]\ndo = "release"\n' + DELIVER
    told = run(catalogue, plan, "--cluster", "tcp://밤:8786", code=4)
    assert [step["state"] for step in told["steps"]] == ["failed", "done", "not-done"]
    assert told["steps"][2]["reason"] == "its workers were lost before: tcp://밤:8786: no scheduler answers"
    assert told["steps"][0]["to_do"] == ["small-film"]


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    with engines.dask_parts(tmp_path_factory.mktemp("dask")) as parts:
        parts.foreign_worker()
        until = time.monotonic() + 60
        with engines.cluster(parts) as engine:
            while not engine.others() and time.monotonic() < until:
                time.sleep(0.2)
        yield parts


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["local", "dask"])
def test_by_real_workers(engine, catalogue, request):
    where = ("--jobs", "2") if engine == "local" else ("--cluster", request.getfixturevalue("parts").address)
    copy_title(catalogue, "later-film")
    told = run(catalogue, HEAD + DELIVER, *where)
    tasks = told["steps"][0]["tasks"]
    assert sorted(task["title"] for task in tasks if not task["fault"]) == ["later-film", "small-film"]
    assert f":{os.getpid()}" not in "".join(task["worker"] for task in tasks)
    assert states(told["steps"][0]) == {"later-film": "delivered", "small-film": "delivered"}
    if engine == "dask":
        (other,) = told["workers"]["without_work"]
        assert other.endswith("was not started by `releaseprint worker`")
    again = run(catalogue, HEAD + DELIVER, *where)
    assert again["steps"][0]["tasks"] == []


@pytest.mark.slow
def test_a_report_by_a_cluster(catalogue, parts):
    done = in_process.run("report", "small-film", "--cluster", parts.address, "--json", cwd=catalogue)
    assert (done.returncode, json.loads(done.stdout)[0]["verdict"]) == (0, "pass")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_ended_from_outside_is_done_by_the_next(catalogue, number):
    (catalogue / "slow.toml").write_text(HEAD + DELIVER + 'limit = "10k"\n', encoding="utf-8")
    command = [engines.BIN / "releaseprint", "run", "slow.toml", "--report", "told.json", "--jobs", "2"]
    process = subprocess.Popen(command, cwd=catalogue, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    until = time.monotonic() + 60
    while not any((catalogue / "out").rglob("*")) and time.monotonic() < until:
        time.sleep(0.1)
    refused = in_process.run("run", "slow.toml", cwd=catalogue)
    assert (refused.returncode, "another run of this catalogue is at work" in refused.stderr) == (1, True)
    process.send_signal(number)
    process.communicate(timeout=60)
    told = json.loads((catalogue / "told.json").read_text(encoding="utf-8"))
    (step,) = told["steps"]
    if number == signal.SIGKILL:
        assert (process.returncode, told["exit_code"], step["state"]) == (-9, None, "running")
    else:
        assert (process.returncode, told["exit_code"], step["state"]) == (130, 130, "stopped")
    assert step["to_do"] == ["small-film"]
    assert states(run(catalogue, HEAD + DELIVER)["steps"][0]) == {"small-film": "delivered"}


@pytest.mark.parametrize("name", ["storage.index.Index.keep_verdicts", "storage.index.Index.add_delivery"])
def test_a_disk_that_is_full_under_the_state_is_in_the_report(catalogue, monkeypatch, name):
    def full(*_given):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(name, full)
    told = run(catalogue, HEAD + DELIVER + '[[steps]]\ndo = "release"\n', code=3)
    deliver, release = told["steps"]
    assert states(deliver) == {"small-film": "delivered"}
    (trouble,) = deliver["troubles"]
    assert "database or disk is full" in trouble
    assert "The catalogue's state is not used" in trouble
    assert (deliver["state"], deliver["exit_code"], release["troubles"], release["exit_code"]) == ("done", 3, [], 0)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("storage.audit.append", UsageError("audit: cannot be written: No space left on device")),
        ("storage.audit._own_chain", OSError(errno.ENOSPC, "No space left on device")),
    ],
)
def test_an_audit_log_that_cannot_be_written_is_in_the_report(catalogue, monkeypatch, name, error):
    def full(*_given):
        raise error

    monkeypatch.setattr(name, full)
    (step,) = run(catalogue, HEAD + DELIVER, code=3)["steps"]
    assert states(step) == {"small-film": "delivered"}
    assert step["troubles"] == [
        "audit: cannot be written: No space left on device\nWhat was done is not in the audit log."
    ]


def test_a_task_that_straggled_is_told():
    step = StepRecord(1, "check")
    step.task(Done(Task("", "밤", print), 1, worker="slow:1", straggled=True))
    assert (step.tasks[0]["straggled"], step.tasks[0]["tries"]) == (True, 1)
    assert _is_told(step.tasks[0])
    step.task(Done(Task("", "밤", print), 1))
    assert not _is_told(step.tasks[1])


def test_every_kind_of_task_is_in_the_schema():
    kinds = {task.__name__ for task in (judge_title, measure_file, measure_lent, send_parts)}
    assert set(SCHEMA["$defs"]["task"]["properties"]["task"]["enum"]) == kinds
