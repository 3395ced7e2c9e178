"""Each task is told exactly once, whatever becomes of the engine; the engines here fail as they are told to."""

import threading
from collections import Counter
from concurrent.futures import BrokenExecutor, Future
from dataclasses import replace

import pytest
from engines import doubled
from titles import NOW

from assets.title import AssetFile, Away
from cli.running.runner import AHEAD, DEADLY, LOST, run
from cli.running.straggling import weight_of
from cli.running.tasks import ClusterError, Task

MANY = 9


class Scripted:
    """An engine that does each call at once, but for what `script` says of the calls of that number, from 1 on.

    `broken` breaks the pool, which takes calls no more until it begins again; `refused` cannot carry the call; `lost`
    answers that the way there is lost, and so does everything else that is under way when it begins again; `silent`
    never answers.
    """

    identity = ""
    slots = 2

    def __init__(self, script):
        self.script = script
        self.calls = 0
        self.restarts = 0
        self.is_lost = False
        self.is_broken = False
        self.under_way = []

    def submit(self, function, *arguments):
        self.calls += 1
        said = self.script.get(self.calls, "")
        if self.is_broken:
            raise BrokenExecutor("broken before")
        if said == "refused":
            raise TypeError("cannot pickle")
        if said == "cut":
            raise ConnectionError("closed")
        found = Future()
        if said == "broken":
            self.is_broken = True
            for other in [*self.under_way, found]:
                other.set_exception(BrokenExecutor("died"))
            self.under_way = []
        elif said == "lost":
            found.cancel()
            found.set_running_or_notify_cancel()
        elif said in {"later", "silent"}:
            self.under_way.append(found)
            self.is_lost = self.is_lost or said == "silent"
        else:
            found.set_result(function(*arguments))
        return found

    def restart(self):
        self.restarts += 1
        self.is_lost = self.is_broken = False
        for future in self.under_way:
            if future.cancel():
                future.set_running_or_notify_cancel()
        self.under_way = []


def numbered():
    for number in range(1, MANY + 1):
        yield Task(f"key {number}", f"title {number}", doubled, (number,), number)


def told(engine):
    done = list(run(engine, numbered()))
    assert Counter(item.task.number for item in done) == Counter(range(1, MANY + 1))
    assert all(item.fault or item.value == item.task.number * 2 for item in done)
    return {item.task.number: (item.tries, item.fault) for item in done if item.fault or item.tries > 1}


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr("cli.running.runner._LOOK_SECONDS", 0.01)


def test_what_stays_under_way_when_the_way_is_lost_is_lost_once():
    engine = Scripted({1: "later", 2: "lost", 3: "later"})
    assert told(engine) == dict.fromkeys((1, 2, 3), (2, ""))
    assert engine.restarts == 1


def test_who_never_answers_is_asked_again():
    engine = Scripted({1: "silent", 4: "silent"})
    assert told(engine) == {1: (2, ""), 4: (2, "")}


def test_what_is_lost_each_time_is_given_up():
    engine = Scripted(dict.fromkeys(range(1, LOST * MANY * 2), "lost"))
    assert told(engine) == dict.fromkeys(
        range(1, MANY + 1), (LOST, f"its worker was lost {LOST} times: CancelledError")
    )


def test_a_call_that_cannot_be_carried_is_told_and_the_others_go_on():
    assert told(Scripted({2: "refused"})) == {2: (1, "TypeError: cannot pickle")}


def test_a_way_that_is_cut_while_something_is_handed_over():
    engine = Scripted({1: "later", 2: "cut"})
    assert told(engine) == {1: (2, ""), 2: (2, "")}


def test_a_pool_that_breaks_while_more_is_handed_over():
    engine = Scripted({1: "later", 2: "broken"})
    assert told(engine) == {1: (2, ""), 2: (2, ""), 3: (2, "")}


def test_a_task_that_breaks_each_pool_is_told_as_the_fault():
    engine = Scripted({1: "broken", **dict.fromkeys(range(3, 3 + DEADLY), "broken")})
    (fault,) = [fault for _, fault in told(engine).values() if fault]
    assert fault == f"the process that did it died, {DEADLY} times alone"


def test_tasks_that_cannot_be_made_end_the_run_and_give_up_the_rest():
    engine = Scripted({1: "later"})

    def failing():
        yield next(numbered())
        raise ClusterError("밤")

    with pytest.raises(ClusterError, match="밤"):
        list(run(engine, failing()))
    assert all(future.cancelled() for future in engine.under_way)


def test_an_engine_that_is_lost_for_good_ends_the_run():
    engine = Scripted({1: "later", 2: "lost"})

    def no_more():
        raise ClusterError("no scheduler answers")

    engine.restart = no_more
    with pytest.raises(ClusterError, match="no scheduler answers"):
        list(run(engine, numbered()))
    assert all(future.cancelled() for future in engine.under_way)


def test_whoever_stops_asking_gives_up_what_is_under_way():
    engine = Scripted(dict.fromkeys(range(2, 2 + 2 * AHEAD), "later"))
    asked = run(engine, numbered())
    assert next(asked).value == 2
    asked.close()
    assert engine.under_way
    assert all(future.cancelled() for future in engine.under_way)


class Hanging(Scripted):
    """The first call comes back when it is answered by hand, and so does the one after all others; the rest at once."""

    slots = 3

    def __init__(self):
        super().__init__({})
        self.given = []

    def submit(self, function, *arguments):
        self.calls += 1
        found = Future()
        self.given.append((found, function, arguments))
        if self.calls not in {1, MANY + 1}:
            found.set_result(function(*arguments))
        return found

    def answer(self, number):
        found, function, arguments = self.given[number - 1]
        if not found.cancelled():
            found.set_result(function(*arguments))


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr("cli.running.straggling.LEAST_SECONDS", 0.0)


@pytest.mark.usefixtures("at_once")
def test_the_one_that_was_slow_may_still_be_the_first():
    engine = Hanging()
    submit = engine.submit

    def submitting(*given):
        found = submit(*given)
        if engine.calls == MANY + 1:
            engine.answer(1)
        return found

    engine.submit = submitting
    done = list(run(engine, numbered()))
    assert Counter(item.task.number for item in done) == Counter(range(1, MANY + 1))
    assert [item.task.number for item in done if item.straggled] == [1]
    assert engine.given[-1][0].cancelled()


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("error", [OSError("a disk is full"), BrokenExecutor("died"), ConnectionError("lost")])
def test_a_machine_that_fails_leaves_it_to_the_other_one(error):
    engine = Hanging()
    submit = engine.submit

    def submitting(*given):
        found = submit(*given)
        if engine.calls == MANY + 1:
            found.set_exception(error)
            threading.Timer(0.05, engine.answer, (1,)).start()
        return found

    engine.submit = submitting
    engine.restart = lambda: None
    done = list(run(engine, numbered()))
    assert Counter(item.task.number for item in done) == Counter(range(1, MANY + 1))
    assert {item.fault for item in done} == {""}


@pytest.mark.usefixtures("at_once")
def test_what_must_not_be_done_twice_is_waited_for():
    engine = Hanging()
    threading.Timer(0.2, engine.answer, (1,)).start()
    done = list(run(engine, (replace(task, is_repeatable=False) for task in numbered())))
    assert engine.calls == MANY == len(done)
    assert not any(item.straggled for item in done)


def test_what_takes_a_little_longer_is_waited_for():
    engine = Hanging()
    threading.Timer(0.2, engine.answer, (1,)).start()
    assert len(list(run(engine, numbered()))) == engine.calls == MANY


@pytest.mark.usefixtures("at_once")
def test_what_has_more_to_do_may_take_longer():
    engine = Hanging()
    threading.Timer(0.2, engine.answer, (1,)).start()
    weights = {1: 10**9}
    done = list(run(engine, (replace(task, weight=weights.get(task.number, 1)) for task in numbered())))
    assert engine.calls == MANY == len(done)
    assert not any(item.straggled for item in done)


def test_a_weight_goes_by_bytes(tmp_path):
    path = tmp_path / "ko.mov"
    path.write_bytes(b"x" * 100)
    here = AssetFile("ko.mov", path, "title.toml:1")
    gone = replace(here, path=tmp_path / "none")
    away = replace(gone, away=Away("film", "ko.mov", "0" * 64, 10**10, "s3://films/x", NOW))
    least = weight_of([gone])
    assert [weight_of([here]) - least, weight_of([away]) - least, weight_of([here, away]) - least] == [
        100,
        10**10,
        10**10 + 100,
    ]
