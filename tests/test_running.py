"""The runner's contract, over threads, local processes and a real Dask cluster."""

import asyncio
import os
import signal
import sys
import time
from dataclasses import replace

import engines
import pytest
from engines import deadly, deadly_once, doubled, failing, hanging_once, late, leaving_late, lent, unreadable

from assets.errors import InputError, UsageError
from cli.running.cluster import Cluster
from cli.running.local import _END_SECONDS
from cli.running.runner import AHEAD, RENEWED, run
from cli.running.tasks import ClusterError, Task, work
from cli.running.worker import _slot, serve


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    with engines.dask_parts(tmp_path_factory.mktemp("dask")) as parts:
        yield parts


@pytest.fixture(
    params=[
        "threads",
        pytest.param("local", marks=pytest.mark.slow),
        pytest.param("dask", marks=pytest.mark.slow),
    ]
)
def engine(request):
    made = {
        "threads": engines.Threads,
        "local": engines.local,
        "dask": lambda: engines.cluster(request.getfixturevalue("parts")),
    }[request.param]()
    with made as engine:
        yield engine


def tasks(function, *each):
    return [
        Task(f"key {number}", f"task {number}", function, arguments) for number, arguments in enumerate(each, start=1)
    ]


def test_every_task_is_done_once(engine):
    done = list(run(engine, tasks(doubled, *((number,) for number in range(25)))))
    assert sorted(item.value for item in done) == [number * 2 for number in range(25)]
    assert not any(item.fault for item in done)
    assert {item.tries for item in done} == {1}
    assert all(item.worker for item in done)


def test_nothing_to_do(engine):
    assert list(run(engine, [])) == []


def test_a_task_that_fails_is_told_and_the_others_go_on(engine):
    mixed = [*tasks(failing, ("제목이\n없다",)), *tasks(doubled, (1,), (2,))]
    done = {item.task.function: item for item in run(engine, mixed)}
    assert done[failing].fault == "ValueError: 제목이 없다"
    assert done[failing].error is None
    assert done[doubled].fault == ""


def test_a_fault_of_the_input_stays_one(engine):
    (done,) = run(engine, tasks(unreadable, ("title.toml",)))
    assert isinstance(done.error, InputError)
    assert [str(fault) for fault in done.error.faults] == ["title.toml: line 1: is wrong; what is right"]


def test_a_task_whose_loan_has_ended_is_lent_more_some_times(engine):
    def more(times):
        return (times + 1,)

    loans = [replace(task, renew=more) for task in tasks(lent, (0,), (-2,), (-RENEWED - 2,))]
    done = sorted((item.value, item.tries, item.fault) for item in run(engine, loans))
    assert done == [(-2, 1 + RENEWED, ""), (0, 1, ""), (0, 3, "")]
    (alone,) = run(engine, tasks(lent, (-1,)))
    assert (alone.value, alone.tries) == (-1, 1)


def test_tasks_are_taken_as_there_is_room(engine):
    taken = []

    def coming():
        for task in tasks(doubled, *((number,) for number in range(60))):
            taken.append(task)
            yield task

    room = engine.slots * AHEAD
    for number, _ in enumerate(run(engine, coming()), start=1):
        assert len(taken) <= number + 2 * room
    assert len(taken) == 60


def test_whoever_stops_asking_gives_up_the_rest(engine, tmp_path):
    for _ in run(engine, tasks(late, *((number, 0.05, str(tmp_path)) for number in range(500)))):
        break
    begun, before = len(list(tmp_path.iterdir())), -1
    while begun != before:  # a busy machine is told later; all of them take more than ten seconds
        time.sleep(0.5)
        begun, before = len(list(tmp_path.iterdir())), begun
    assert begun < 250


def test_a_task_that_hangs_is_begun_again_elsewhere(engine, tmp_path, monkeypatch):
    monkeypatch.setattr("cli.running.straggling.LEAST_SECONDS", 0.1)
    monkeypatch.setattr("cli.running.runner._LOOK_SECONDS", 0.02)
    done = {item.value: item for item in run(engine, tasks(hanging_once, *((one, str(tmp_path)) for one in range(6))))}
    assert not (tmp_path / "over").exists(), "it was not waited for"
    (tmp_path / "over").touch()
    assert sorted(done) == list(range(6))
    assert done[0].straggled  # on a busy machine others may be, too
    assert {item.fault for item in done.values()} == {""}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["local", "dask"])
def test_a_task_that_kills_its_worker_is_told_and_the_others_are_done(name, request):
    made = engines.local() if name == "local" else engines.cluster(request.getfixturevalue("parts"))
    mixed = [*tasks(late, *((number, 0.1) for number in range(6))), *tasks(deadly, ()), *tasks(doubled, (21,), (22,))]
    with made as engine:
        done = list(run(engine, mixed))
    assert len(done) == len(mixed)
    (killer,) = (item for item in done if item.task.function is deadly)
    assert "died" in killer.fault
    assert sorted(item.value for item in done if item.task.function is not deadly) == [0, 1, 2, 3, 4, 5, 42, 44]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["local", "dask"])
def test_a_worker_that_dies_by_chance_costs_nothing(name, request, tmp_path):
    made = engines.local() if name == "local" else engines.cluster(request.getfixturevalue("parts"))
    with made as engine:
        done = list(run(engine, [*tasks(deadly_once, (str(tmp_path / "mark"),)), *tasks(doubled, (1,), (2,), (3,))]))
    assert sorted(str(item.value) for item in done) == ["2", "4", "6", "done"]
    assert not any(item.fault for item in done)


@pytest.mark.slow
def test_local_workers_end_with_what_they_do():
    with engines.local() as engine:
        for _ in run(engine, [*tasks(doubled, (1,)), *tasks(late, *((number, 30.0) for number in range(2)))]):
            break
        begun = time.monotonic()
    assert time.monotonic() - begun < 20


@pytest.mark.slow
def test_local_workers_that_end_by_themselves_are_told_to_end_all_the_same(capfd):
    with engines.local() as engine:
        for _ in range(2):
            assert engine.submit(leaving_late, 60.0).result(60) > 0
        begun = time.monotonic()
    assert time.monotonic() - begun < _END_SECONDS
    assert capfd.readouterr().err == ""


@pytest.mark.slow
def test_a_key_is_not_heard_by_a_local_process_that_begins():
    with engines.local() as engine:
        found = [engine.submit(doubled, number) for number in range(4)]
        for process in list(engine._pool._processes.values()):
            os.kill(process.pid, signal.SIGINT)  # as a terminal does: to each process of the group
        assert [future.result(30) for future in found] == [0, 2, 4, 6]


@pytest.mark.slow
def test_a_lost_scheduler_costs_time_and_nothing_else(tmp_path, capfd):
    with engines.dask_parts(tmp_path) as parts, engines.cluster(parts) as engine:
        done = []
        for item in run(engine, tasks(late, *((number, 0.3) for number in range(12)))):
            done.append(item)
            if len(done) == 3:
                parts.kill("scheduler")
                parts.scheduler()
        assert [item.fault for item in done if item.fault] == []
        assert sorted(item.value for item in done) == list(range(12))
        assert max(item.tries for item in done) > 1
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.slow
def test_a_worker_killed_in_the_middle(tmp_path):
    with engines.dask_parts(tmp_path) as parts, engines.cluster(parts) as engine:
        done = []
        for item in run(engine, tasks(late, *((number, 0.4) for number in range(10)))):
            done.append(item)
            if len(done) == 2:
                parts.kill("worker")
                parts.worker("another")
        assert [item.fault for item in done if item.fault] == []
        assert sorted(item.value for item in done) == list(range(10))


@pytest.mark.slow
def test_a_worker_of_another_tool_gets_no_task(tmp_path):
    from distributed import Client

    parts = engines.DaskParts(tmp_path)
    try:
        parts.scheduler()
        parts.foreign_worker()
        with Client(parts.address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(1, timeout=60)
        with pytest.raises(ClusterError, match="no worker has releaseprint"):
            Cluster(parts.address, 5)
        parts.worker("ours", 1)
        with engines.cluster(parts) as engine:
            assert {item.value for item in run(engine, tasks(doubled, (1,), (2,)))} == {2, 4}
            assert engine.slots == 1
            (other,) = engine.others()
            assert "was not started by `releaseprint worker`" in other
    finally:
        parts.stop()


def test_a_worker_of_another_tool_refuses():
    with pytest.raises(Exception, match="is asked for") as raised:
        work("releaseprint 0.0.0", doubled, (1,))
    assert type(raised.value).__name__ == "WrongToolError"


@pytest.mark.parametrize(
    "address",
    ["http://localhost:1", "localhost:8786", "tcp://", "tcp://:8786", "tcp://밤:팔", "tcp://밤:65536", "tls://밤"],
)
def test_an_address_that_is_none(address):
    with pytest.raises(UsageError, match="tcp://HOST:PORT"):
        Cluster(address)
    with pytest.raises(UsageError, match="tcp://HOST:PORT"):
        serve(address, 1, "1GB", print)


@pytest.mark.parametrize("memory", ["banana", "", "0", "-8GB", "0.5"])
def test_a_size_that_is_none(memory):
    with pytest.raises(UsageError, match=r"--memory: .* such as 8GB"):
        serve("tcp://127.0.0.1:9", 1, memory, print)


def test_without_certificates_there_is_no_tls():
    with pytest.raises(UsageError, match="there are no certificates"):
        Cluster("tls://127.0.0.1:9")
    with pytest.raises(UsageError, match="there are no certificates"):
        serve("tls://127.0.0.1:9", 1, "1GB", print)


def test_a_worker_ends_with_a_fault_that_nobody_foresaw(monkeypatch):
    async def failing(*_):
        raise LookupError("밤")

    monkeypatch.setattr("cli.running.worker._slot", failing)
    with pytest.raises(LookupError, match="밤"):
        serve("tcp://127.0.0.1:9", 2, "1GB", print)


def test_a_local_process_that_does_not_hear_is_killed(monkeypatch):
    class Deaf:
        """A process that goes on until it is killed."""

        is_killed = False

        def terminate(self):
            """Nothing comes of it."""

        def join(self, timeout=None):
            assert timeout is not None or self.is_killed, "waits for ever"

        def is_alive(self):
            return not self.is_killed

        def kill(self):
            self.is_killed = True

    deaf = Deaf()
    with engines.local() as engine:
        monkeypatch.setattr(engine._pool, "_processes", {1: deaf})
    assert deaf.is_killed


@pytest.mark.slow
def test_nobody_answers():
    with pytest.raises(ClusterError, match="no scheduler answers"):
        Cluster("tcp://127.0.0.1:9", 2)


def test_without_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install '.\[cluster\]'"):
        Cluster("tcp://127.0.0.1:9")


def test_a_process_of_a_worker_that_does_not_begin_in_time_is_begun_again(monkeypatch):
    class Slow:
        """A nanny whose process takes too long: Dask ends it by an assertion of its own."""

        def __init__(self, *_given, **_options):
            """Nothing is begun."""

        async def __aenter__(self):
            raise AssertionError("Status.starting")

        async def __aexit__(self, *_error):
            raise AssertionError("was never entered")

    async def over(_seconds):
        raise LookupError("the next try")

    monkeypatch.setattr("distributed.Nanny", Slow)
    monkeypatch.setattr("cli.running.worker.asyncio.sleep", over)
    said = []
    with pytest.raises(LookupError, match="the next try"):
        asyncio.run(_slot("tcp://127.0.0.1:9", 10**9, said.append))
    assert said == ["tcp://127.0.0.1:9: a process did not begin within 60 s; trying again"]
