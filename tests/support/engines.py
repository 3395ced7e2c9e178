"""The engines that the contract suite of the runner is held against, and the functions that their tasks call."""

import atexit
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import ports

from assets.errors import Fault, InputError
from cli.running.cluster import Cluster
from cli.running.local import LocalProcesses
from cli.running.tasks import EndedError

BIN = Path(sys.executable).parent
HERE = {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])}
"""Where a worker finds this module."""


class Threads:
    """Threads of this process: nothing is pickled, nothing can die."""

    identity = ""
    slots = 2
    is_lost = False

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(self.slots)

    def submit(self, function: Callable[..., Any], *arguments: object) -> Future[Any]:
        return self._pool.submit(function, *arguments)

    def restart(self) -> None:
        raise AssertionError("nothing of it can be lost")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)


def local() -> LocalProcesses:
    return LocalProcesses(2)


class DaskParts:
    """A scheduler and workers, each a process of its own, on loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (self.port,) = ports.free(1)
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def scheduler(self) -> None:
        options = ("--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard")
        self._start("scheduler", [sys.executable, "-m", "distributed.cli.dask_scheduler", *options])

    def worker(self, name: str = "worker", slots: int = 2, env: dict[str, str] | None = None) -> None:
        self._start(name, [str(BIN / "releaseprint"), "worker", self.address, "--slots", str(slots)], env)

    def foreign_worker(self) -> None:
        """One that `dask worker` started: it has no part in our tasks."""
        self._start("foreign", [sys.executable, "-m", "distributed.cli.dask_worker", self.address, "--no-dashboard"])

    def kill(self, name: str) -> None:
        process = self.processes.pop(name)
        process.kill()
        process.wait()

    def said(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(encoding="utf-8")

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, name: str, command: list[str], env: dict[str, str] | None = None) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env={**os.environ, **HERE, **(env or {})}
            )


@contextmanager
def dask_parts(folder: Path) -> Iterator[DaskParts]:
    parts = DaskParts(folder)
    try:
        parts.scheduler()
        parts.worker()
        yield parts
    finally:
        parts.stop()


def cluster(parts: DaskParts) -> Cluster:
    return Cluster(parts.address, 120)  # a busy machine takes longer than a command waits


def doubled(number: int) -> int:
    return number * 2


def late(number: int, seconds: float, marks: str = "") -> int:
    """The number, later; each time that it begins it leaves a mark."""
    if marks:
        (Path(marks) / f"{number}.{time.monotonic_ns()}").touch()
    time.sleep(seconds)
    return number


def leaving_late(seconds: float) -> int:
    """The number of a process, which takes so long to be taken down when it ends."""
    atexit.register(time.sleep, seconds)
    return os.getpid()


def hanging_once(number: int, marks: str) -> int:
    """The number; the first time that it is 0 not before the file `over` is there, as on a disk that hangs."""
    if number == 0:
        try:
            (Path(marks) / "begun").touch(exist_ok=False)
        except FileExistsError:
            return number
        until = time.monotonic() + 60
        while not (Path(marks) / "over").exists() and time.monotonic() < until:
            time.sleep(0.02)
    return number


def lent(times: int) -> int:
    """What it is given, if that is not below 0: so often is there too little."""
    if times < 0:
        raise EndedError("too little", times)
    return times


def failing(text: str) -> None:
    raise ValueError(text)


def unreadable(name: str) -> None:
    raise InputError(Fault(name, "line 1", "is wrong", "what is right"))


def deadly() -> None:
    """What a broken file may do to a process that decodes it."""
    os.kill(os.getpid(), signal.SIGKILL)


def deadly_once(mark: str) -> str:
    """Dies the first time only, as a process does that the system was short of memory for."""
    if Path(mark).exists():
        return "done"
    Path(mark).touch()
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"
