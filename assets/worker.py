"""Runs a function in a process of its own, so that a file that crashes or hangs a decoder cannot take the tool down."""

import contextlib
import dataclasses
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from assets import nursery
from assets.nursery import NurseryLostError, Nursling

MEMORY_LIMIT = 8 << 30
"""Address space of a worker, in bytes: far above what a film needs, far below what an absurd header asks for."""

_CHILD = "from assets.worker import child; child()"


class WorkerError(Exception):
    """The function did not come to an end; the text says what happened: an error, a crash, the time limit."""


def _nobody_listens(_: float) -> None:
    """Where a function runs that no parent watches."""


tell: Callable[[float], None] = _nobody_listens
"""Called by a function that takes long: how much of it is done, from 0 to 1. Its parent is told, if it has one."""


def run_isolated(
    function: Callable[..., Any],
    *arguments: object,
    seconds: float,
    progress: Callable[[float], None] = _nobody_listens,
    stall_seconds: float | None = None,
) -> Any:  # noqa: ANN401 -- what `function` returns
    """`function(*arguments)` in a process of its own. Function, arguments and result must be picklable.

    `progress` is called with what the function says by `tell`; a function that says nothing for `stall_seconds` hangs.
    Raises WorkerError with one line for a person if the function raises, the process dies, hangs, or `seconds` have
    passed.
    """
    call, limits = pickle.dumps((function, arguments)), (seconds, stall_seconds)
    if (known := nursery.nursery()) is not None:
        with contextlib.suppress(NurseryLostError):  # then as if there had been none: the call is done anew
            return _answered(lambda words: known.begin(function.__module__, words), call, limits, progress)
    return _answered(_new_python, call, limits, progress)


_Process = subprocess.Popen[bytes] | Nursling


def _new_python(words: IO[bytes]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _CHILD],  # -P: nothing is imported from the current folder
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=words,
        start_new_session=True,  # ^C is for us, who stop it
        env=nursery.worker_environment(),
    )


def _answered(
    begin: Callable[[IO[bytes]], _Process],
    call: bytes,
    limits: tuple[float, float | None],
    progress: Callable[[float], None],
) -> Any:  # noqa: ANN401
    """The function's result. Raises WorkerError; and NurseryLostError if nobody knows what became of the process."""
    with _for_words() as words:
        with begin(words) as process:
            watch = _Watch(process, *limits)
            try:
                answer = _talk(process, call, watch, progress)
            finally:
                watch.end()
        if answer is None:
            if watch.reason:
                raise WorkerError(watch.reason)
            if process.returncode is None:
                raise NurseryLostError
            raise WorkerError(_last_words(process.returncode, words))
    ok, result = answer
    if not ok:
        raise WorkerError(result)
    return result


def _for_words() -> IO[bytes]:
    """A file for what a process says of its errors; where no disk has room for one, nobody hears it."""
    try:
        return tempfile.TemporaryFile()
    except OSError:
        return Path(os.devnull).open("r+b")


class _Watch:
    """Kills a process that takes too long or says nothing for too long, and knows why it did."""

    def __init__(self, process: _Process, seconds: float, stall_seconds: float | None) -> None:
        self.process = process
        self.reason = ""
        self._limit = time.monotonic() + seconds
        self._seconds = seconds
        self._stall = stall_seconds
        self.heard()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def heard(self) -> None:
        """The process said something."""
        self._last = time.monotonic()

    def end(self) -> None:
        """The process is not needed any more, or has ended."""
        self._over.set()
        self.process.kill()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(max(0.01, min(self._left(), 1.0))):
            if self._left() <= 0:
                self.process.kill()
                return

    def _left(self) -> float:
        now = time.monotonic()
        if now >= self._limit:
            self.reason = f"took longer than {self._seconds:g} s and was stopped"
            return 0.0
        if self._stall is not None and now - self._last >= self._stall:
            self.reason = f"made no progress for {self._stall:g} s and was stopped"
            return 0.0
        return self._limit - now if self._stall is None else min(self._limit - now, self._last + self._stall - now)


def _talk(process: _Process, call: bytes, watch: _Watch, progress: Callable[[float], None]) -> tuple[bool, Any] | None:
    """Sends the call and listens until the answer; None if there is none."""
    if process.stdin is None or process.stdout is None:
        raise TypeError(process)
    with contextlib.suppress(BrokenPipeError), process.stdin as to:
        to.write(call)
    try:
        while True:
            message = _Answer(process.stdout).load()
            watch.heard()
            if isinstance(message, float):
                progress(message)
                continue
            process.wait()
            ok, result = message
            return bool(ok), result
    except EOFError:
        process.wait()
        return None
    except (pickle.UnpicklingError, ValueError, TypeError, AttributeError, ImportError) as error:
        raise WorkerError(f"the worker's answer cannot be read: {error}") from error


def _last_words(code: int, words: IO[bytes]) -> str:
    if code < 0:
        return f"the media library crashed on it ({signal.Signals(-code).name})"
    words.seek(0)
    lines = words.read().decode("utf-8", "replace").strip().splitlines()
    return f"the worker stopped with code {code}: {lines[-1] if lines else 'no message'}"


class _Answer(pickle.Unpickler):
    """Reads a worker's answer: our own records and exact numbers, and nothing that could run code.

    The worker has run a decoder over a hostile file: its words are data, as the file's are.
    """

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 -- pickle's signature
        """A record, where it is made: a name with a dot, or an import of another module, would reach functions too."""
        if (module, name) == ("fractions", "Fraction"):
            return super().find_class(module, name)
        if module.startswith("assets.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and dataclasses.is_dataclass(found) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place in an answer")


def child() -> None:
    """The other side of `run_isolated`: reads the call from standard input, writes its words to standard output."""
    global tell  # noqa: PLW0603 -- a process runs one function, and this is its parent's ear
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limit on this system
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    function, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 -- written by our own parent
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # a library that prints must not write between our words

        def say(message: object) -> None:
            pickle.dump(message, out)
            out.flush()

        tell = say
        say(_outcome(function, arguments))


def _outcome(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return True, function(*arguments)
    except Exception as error:  # noqa: BLE001 -- over a hostile file any error is a fact about the file
        text = getattr(error, "strerror", None) or str(error)
        return False, text if isinstance(error, OSError | ValueError) and text else f"{type(error).__name__}: {text}"
