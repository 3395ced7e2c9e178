"""Runs a function in a process of its own, so that a file that crashes or hangs a decoder cannot take the tool down."""

import contextlib
import io
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

MEMORY_LIMIT = 8 << 30
"""Address space of a worker, in bytes: far above what a probe needs, far below what an absurd header asks for."""

_CHILD = "from assets.worker import child; child()"


class WorkerError(Exception):
    """The function did not come to an end; the text says what happened: an error, a crash, the time limit."""


def run_isolated(function: Callable[..., Any], *arguments: object, seconds: float) -> Any:  # noqa: ANN401 -- what `function` returns
    """`function(*arguments)` in a new Python process. Function, arguments and result must be picklable.

    Raises WorkerError with one line for a person if the function raises, the process dies or `seconds` have passed.
    """
    command = [sys.executable, "-P", "-c", _CHILD]  # -P: nothing is imported from the current folder
    try:
        done = subprocess.run(
            command, input=pickle.dumps((function, arguments)), capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise WorkerError(f"took longer than {seconds:g} s and was stopped") from None
    if done.returncode < 0:
        raise WorkerError(f"the media library crashed on it ({signal.Signals(-done.returncode).name})")
    if done.returncode or not done.stdout:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise WorkerError(f"the worker stopped with code {done.returncode}: {lines[-1] if lines else 'no message'}")
    ok, result = _Answer(io.BytesIO(done.stdout)).load()
    if not ok:
        raise WorkerError(result)
    return result


class _Answer(pickle.Unpickler):
    """Reads a worker's answer: our own records and exact numbers, and nothing that could run code.

    The worker has run a decoder over a hostile file: its words are data, as the file's are.
    """

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 -- pickle's signature
        """A class that an answer may contain."""
        if (module.startswith("assets.") and name[:1].isupper()) or (module, name) == ("fractions", "Fraction"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in an answer")


def child() -> None:
    """The other side of `run_isolated`: reads the call from standard input, writes its result to standard output."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # no such limit on this system
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    function, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 -- written by our own parent
    try:
        answer = (True, function(*arguments))
    except Exception as error:  # noqa: BLE001 -- over a hostile file any error is a fact about the file
        text = getattr(error, "strerror", None) or str(error)
        answer = (
            False,
            text if isinstance(error, OSError | ValueError) and text else f"{type(error).__name__}: {text}",
        )
    sys.stdout.buffer.write(pickle.dumps(answer))
