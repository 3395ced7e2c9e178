"""Runs tasks on an executor: a bounded number at a time, and nothing is lost when a worker dies.

Of several tasks that were under way when a process died nobody can say which was the cause: each is done again alone,
and one that then takes its process with it twice is told as the fault, while the rest go on. What was lost with the
way to a cluster is handed over again. What takes far too long is begun a second time, elsewhere (`straggling.py`).
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, Protocol, Self

from cli.running.straggling import Stragglers
from cli.running.tasks import Answer, Done, Task, fault_text, work

AHEAD = 2
"""Tasks that are handed over for each one that can be worked on: the next one waits where it will be done."""

DEADLY = 2
"""So many processes may die of a task that is done alone, before it is called the cause."""

LOST = 5
"""So often may a task be lost with the way to its worker, before it is given up."""

RENEWED = 3
"""So often is a task handed out again because what it was lent has ended."""

_LOOK_SECONDS = 1.0
"""How often somebody looks whether the engine is still there, while nothing comes back."""


class Engine(Protocol):
    """Where tasks are done: an executor, and how to have another one when it broke."""

    @property
    def identity(self) -> str:
        """What a worker's tool must be; empty where it cannot be another."""

    @property
    def slots(self) -> int:
        """How many tasks can be worked on at once, now; at least 1."""

    @property
    def is_lost(self) -> bool:
        """Whether what was handed over may never come back, though nobody says so."""

    def submit(self, function: Callable[..., Any], *arguments: object) -> "Future[Any]":
        """Hand a call over."""

    def restart(self) -> None:
        """Begin again after workers, or the way to them, were lost. Raises ClusterError if that cannot be."""

    def __enter__(self) -> Self:
        """The engine; leaving it gives up what is under way, and ends what it has started."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def run(engine: Engine, tasks: Iterable[Task | None]) -> Iterator[Done]:
    """Do tasks, and yield each as it is done; whatever their number, a few for each worker are in memory.

    None among them means that there is none before one of those under way is done. Whoever stops asking gives up what
    is under way. Raises ClusterError if the engine is lost for good.
    """
    with running(engine, tasks) as runner:
        while runner.fill():
            yield from runner.finished()


@contextmanager
def running(engine: Engine, tasks: Iterable[Task | None]) -> "Iterator[Runner]":
    """The same for somebody who does something else meanwhile; None among the tasks is: no more of them for now."""
    runner = Runner(engine, iter(tasks))
    try:
        yield runner
    finally:
        for future in runner.going:
            future.cancel()


@dataclass(slots=True)
class Runner:
    """Tasks to come, and those under way, each with how often it was tried. Its methods raise as `run` does."""

    engine: Engine
    todo: Iterator[Task | None]
    going: "dict[Future[Answer], tuple[Task, int]]" = field(default_factory=dict)
    again: deque[tuple[Task, int]] = field(default_factory=deque)
    suspects: deque[tuple[Task, int]] = field(default_factory=deque)
    stragglers: Stragglers = field(default_factory=Stragglers)
    is_idle: bool = False
    """Whether there was room and nothing to hand over."""

    def fill(self) -> bool:
        """Hand over as many tasks as there is room for; whether anything is left to wait for."""
        room = self.engine.slots * AHEAD - len(self.going)
        self.is_idle = False
        while room > 0 and not self.suspects:
            task, tries = self.again.popleft() if self.again else (next(self.todo, None), 1)
            if task is None:
                self.is_idle = True
                break
            self._submit(task, tries)
            room -= 1
        return bool(self.going or self.suspects)

    def finished(self, *, at_once: bool = False) -> Iterator[Done]:
        """What is done by now, and what was found out of tasks that a worker died of; waits a little for the first."""
        seconds = 0.0 if at_once else _LOOK_SECONDS
        done = wait(self.going, seconds, FIRST_COMPLETED).done if self.going else frozenset()
        lost = not done and not at_once and self.engine.is_lost
        for future in done:
            if future not in self.going:  # its twin was faster
                continue
            told, is_lost = self._taken(future)
            lost |= is_lost
            yield from told
        if not done and not lost and self.is_idle:
            self._begin_again()
        if lost:  # beginning again ends all that is under way: what stayed here would be taken for lost a second time
            while self.going:
                yield from self._taken(next(iter(self.going)))[0]
        if self.suspects and not self.going:  # a pool that broke ends all that it had
            self.engine.restart()
            while self.suspects:
                yield self._alone(*self.suspects.popleft())
        elif lost:
            self.engine.restart()

    def untold(self) -> Iterator[Done]:
        """What had come to a good end when nobody asked any more."""
        for future, (task, tries) in self.going.items():
            if future.done() and not future.cancelled() and future.exception() is None:
                done = _done(future.result(), task, tries)
                if not done.fault:
                    yield done

    def _taken(self, future: "Future[Answer]") -> tuple[tuple[Done, ...], bool]:
        """What came of a task that is not under way any more, if that can be told; whether its engine was lost."""
        task, tries = self.going.pop(future)
        future.cancel()  # where nobody answers any more
        twin = self.stragglers.ended(future)
        told: tuple[Done, ...] = ()
        is_lost = False
        try:
            answer = future.result(0)
            if answer.has_ended and (twin is not None or self._lent_anew(answer, task, tries)):
                return (), False
            done = _done(answer, task, tries)
            self.stragglers.done(done)
            told = self._first(done, twin)
        except BrokenExecutor:
            if twin is None:
                self.suspects.append((task, tries))
        except (CancelledError, ConnectionError, TimeoutError) as error:
            is_lost = True
            if twin is None and tries == LOST:
                told = (Done(task, fault=f"its worker was lost {tries} times: {fault_text(error)}", tries=tries),)
            elif twin is None:
                self.again.append((task, tries + 1))
        except Exception as error:  # noqa: BLE001 -- the engine's own: it could not carry the call, or gave it up
            told = self._first(Done(task, fault=fault_text(error), tries=tries), twin)
        return told, is_lost

    def _lent_anew(self, answer: Answer, task: Task, tries: int) -> bool:
        """Have a task done again that was lent too little; whether that is of use."""
        if task.renew is None or tries > RENEWED:
            return False
        self.again.append((replace(task, arguments=task.renew(answer.value)), tries + 1))
        return True

    def _first(self, done: Done, twin: "Future[Answer] | None") -> tuple[Done, ...]:
        """The first answer of a task that is under way twice; a fault that is not of the input may be the machine's."""
        if twin is None:
            return (done,)
        if done.fault and done.error is None:
            return ()
        self.going.pop(twin)
        twin.cancel()
        return (replace(done, straggled=True),)

    def _begin_again(self) -> None:
        """Begin a second time what takes far too long, where there is nothing else to do."""
        room = self.engine.slots - len(self.going)
        for future, (task, tries) in list(self.going.items()):
            if room > 0 and self.stragglers.is_one(future, task):
                with suppress(Exception):  # who cannot take it now will be asked again
                    twin = self._handed(task)
                    self.going[twin] = (task, tries)
                    self.stragglers.begun_again(future, twin)
                    room -= 1

    def _submit(self, task: Task, tries: int) -> None:
        try:
            future = self._handed(task)
            self.going[future] = (task, tries)
            self.stragglers.handed_over(future)
        except BrokenExecutor:
            self.suspects.append((task, tries))
        except Exception as error:  # noqa: BLE001 -- it could not carry the call: told, or done again, as if it had come back
            refused: Future[Answer] = Future()
            refused.set_exception(error)
            self.going[refused] = (task, tries)

    def _handed(self, task: Task) -> "Future[Answer]":
        return self.engine.submit(work, self.engine.identity, task.function, task.arguments)

    def _alone(self, task: Task, tries: int) -> Done:
        """Do a task while nothing else is under way."""
        for died in range(1, DEADLY + 1):
            try:
                return _done(self._handed(task).result(), task, tries + died)
            except BrokenExecutor:
                self.engine.restart()
            except Exception as error:  # noqa: BLE001 -- as above
                return Done(task, fault=fault_text(error), tries=tries + died)
        return Done(task, fault=f"the process that did it died, {DEADLY} times alone", tries=tries + DEADLY)


def _done(answer: Answer, task: Task, tries: int) -> Done:
    fault = answer.fault or (str(answer.error) if answer.error else "")
    return Done(task, answer.value, fault, answer.error, answer.worker, answer.seconds, tries)
