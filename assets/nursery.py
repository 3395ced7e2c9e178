"""Where worker processes come from that need not start Python and import libraries anew: the tool's side.

A nursery is a process that has imported what workers need and reads no file. It forks one process for each call;
`assets.nursery_keeper` is its other side. It keeps the tool alive by nothing and ends with it, however that ends. Linux
alone has one: a copy of a process that has opened the system's frameworks on macOS may hang.
"""

import atexit
import contextlib
import os
import select
import socket
import subprocess
import sys
import threading
from typing import IO, Self

_KEEPER = "from assets.nursery_keeper import keep; keep()"
_CODE_BYTES = 16

_ANSWER_SECONDS = 10.0
"""So long a nursery may take to end a process, before it is ended itself."""

_END_SECONDS = 5.0
"""So long a nursery that is left may take to end by itself."""


class NurseryLostError(Exception):
    """The nursery is gone, and with it whatever it had begun."""


def worker_environment() -> dict[str, str]:
    """The environment of a worker: numpy's library of matrices gets no threads, which a worker has no use for."""
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1"}


class Nursling:
    """A process that a nursery has begun, with as much of `subprocess.Popen` as is needed."""

    def __init__(self, nursery: "Nursery", lifeline: socket.socket, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self.stdin = stdin
        self.stdout = stdout
        self.returncode: int | None = None
        """As of `subprocess.Popen`; None while it runs, and where the nursery went before it could tell."""
        self._nursery = nursery
        self._lifeline = lifeline

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):  # what was not taken of the call
            self.stdin.close()
        self.stdout.close()
        self._lifeline.close()

    def kill(self) -> None:
        """End the process, and see that it has ended."""
        with contextlib.suppress(OSError):  # the nursery is gone
            self._lifeline.shutdown(socket.SHUT_WR)
        watch = select.poll()
        watch.register(self._lifeline, select.POLLIN)
        if not watch.poll(_ANSWER_SECONDS * 1000):
            self._nursery.lose()

    def wait(self) -> int | None:
        """Wait until the process has ended; its `returncode`."""
        with contextlib.suppress(OSError):
            code = self._lifeline.recv(_CODE_BYTES)
            self.returncode = int(code) if code else self.returncode
        if self.returncode is None:
            self._nursery.lose()
        return self.returncode


class Nursery:
    """A process that forks others; begun at once, and ready when it has imported what its first call needs."""

    def __init__(self) -> None:
        self.asked_by = _asking()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._ending = threading.Lock()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _KEEPER],  # -P: nothing is imported from the current folder
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # ^C is for the tool
                env=worker_environment(),
            )

    @property
    def is_lost(self) -> bool:
        """Whether nothing more can come of it."""
        return self._control.fileno() < 0

    def begin(self, module: str, words: IO[bytes]) -> Nursling:
        """A process for a function of that module, which reads its call from `stdin`, and writes errors to `words`.

        Raises NurseryLostError.
        """
        ours, lifeline = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        call, stdin = os.pipe()
        stdout, answer = os.pipe()
        nursling = Nursling(self, ours, os.fdopen(stdin, "wb"), os.fdopen(stdout, "rb"))
        try:
            socket.send_fds(self._control, [module.encode()], [call, answer, words.fileno(), lifeline.fileno()])
        except OSError as error:
            nursling.__exit__()
            self.lose()
            raise NurseryLostError from error
        finally:
            lifeline.close()
            os.close(call)
            os.close(answer)
        return nursling

    def leave(self) -> None:
        """Ask for nothing more: it ends after what it has begun, if that is soon."""
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)
        self.lose()

    def lose(self) -> None:
        """End it now, and all that it has begun."""
        with self._ending:
            self._control.close()
            self._process.kill()
            self._process.wait()


_current: Nursery | None = None
_one_at_a_time = threading.Lock()


def nursery() -> Nursery | None:
    """The nursery of this process, begun when it is first asked for; None where there can be none, or it was lost.

    Another current folder or other variables need another one: its processes have those that it began with.
    """
    global _current  # noqa: PLW0603 -- a process has one, whoever reads files in it
    if sys.platform != "linux":
        return None
    with _one_at_a_time:
        if _current is None or _current.asked_by != _asking():
            if _current is not None:
                _current.leave()
            else:
                atexit.register(_end)
            try:
                _current = Nursery()
            except OSError:  # whoever begins a process now says why
                return None
        return None if _current.is_lost else _current


def _end() -> None:
    """The tool ends, and waits for nothing: a nursery that is left would end by itself, a little later."""
    if _current is not None and _current.asked_by[0] == os.getpid():
        _current.lose()


def _asking() -> tuple[int, str, dict[str, str]]:
    """Who asks: this process, its folder and its variables."""
    try:
        folder = os.getcwd()  # noqa: PTH109 -- compared, and nothing else
    except FileNotFoundError:  # somebody removed it
        folder = ""
    return os.getpid(), folder, dict(os.environ)
