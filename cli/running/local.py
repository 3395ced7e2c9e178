"""The default engine: processes of this machine."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from types import FrameType, TracebackType
from typing import Any, Self

_STOPPED = 143
_KEY = frozenset({signal.SIGINT})

_END_SECONDS = 10.0
"""So long processes that were told to end may take to end what they have started."""


class LocalProcesses:
    """So many processes of this machine; see `cli.running.runner.Engine`.

    Each is a new Python, because a copy of this one would share its threads' locks and its open files.
    """

    identity = ""
    is_lost = False

    def __init__(self, slots: int) -> None:
        self._slots = slots
        self._pool = _pool(slots)

    @property
    def slots(self) -> int:
        """As many as were asked for."""
        return self._slots

    def submit(self, function: Callable[..., Any], *arguments: object) -> "Future[Any]":
        """Hand a call over. Raises BrokenExecutor after a process died."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _KEY)
        try:  # this may begin a process, which hears no key from its first moment on: it has the mask of who begins it
            return self._pool.submit(_unless_stopped, function, *arguments)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def restart(self) -> None:
        """New processes for those of a pool that broke."""
        self._end()
        self._pool = _pool(self._slots)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        """End the processes now, whatever they are doing; one that does not hear of it is killed."""
        processes = list((self._pool._processes or {}).values())  # noqa: SLF001 -- only Python 3.14 has a way to end them
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        until = time.monotonic() + _END_SECONDS
        for process in processes:
            process.join(max(0.0, until - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()


def _pool(slots: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(slots, multiprocessing.get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Ctrl-C is the coordinator's to hear; a worker that is told to end unwinds, and ends what it has started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _KEY)
    signal.signal(signal.SIGTERM, _end_now)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """A coordinator that was killed tells nobody; its pipes stay open, because each worker has both of their ends."""
    if coordinator := multiprocessing.parent_process():
        coordinator.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _end_now(_number: int, _frame: FrameType | None) -> None:
    """Between two calls nothing is under way; a Python that is taken down in order would be told to end once more."""
    os._exit(_STOPPED)


def _unwind(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # who is told twice would leave what it is ending
    sys.exit(_STOPPED)


def _unless_stopped(function: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 -- what it returns
    """The function's result; a process that was told to end goes at once, and does not take the next call."""
    try:
        signal.signal(signal.SIGTERM, _unwind)
        try:
            return function(*arguments)
        finally:
            signal.signal(signal.SIGTERM, _end_now)
    except SystemExit:
        os._exit(_STOPPED)
