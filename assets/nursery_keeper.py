"""Where worker processes come from that need not start Python and import libraries anew: the nursery's own side.

The nursery reads no file and no call. It is told which module the next call is of, and given four descriptors: the
call, the answer, what is written of errors, and a lifeline. Whoever is forked has the first three as its standard
streams and no other: nothing that it writes reaches the nursery. The lifeline tells how it ended; when the other end of
it is closed, which the system does for a tool that was killed, the process is killed, too.
"""

import contextlib
import ctypes
import gc
import importlib
import os
import selectors
import signal
import socket
import traceback
from collections.abc import Callable
from typing import NoReturn

from assets.worker import child

_MEDIA = ("av.filter", "av.logging", "av.subtitles.stream", "fast_vad", "numpy.fft", "numpy.ma")
_PICTURES = ("PIL.ImageChops", "PIL.ImageCms", "PIL.ImageOps")
_PLUGINS = tuple(f"PIL.{name}ImagePlugin" for name in ("Bmp", "Gif", "Jpeg", "Png", "Ppm"))
_LIBRARIES = {
    "assets.signals.one_pass": _MEDIA,
    "assets.distant.measuring": _MEDIA,
    "assets.probe": ("av", "av.subtitles.stream"),
    "assets.artwork_reading": (*_PICTURES, *_PLUGINS),
    "assets.portfolio.pictures": (*_PICTURES, *_PLUGINS),
}
"""What is imported before a process is forked for a function of a module, beside the module."""

_MESSAGE_BYTES = 256
_DESCRIPTORS = 4
_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


def keep() -> NoReturn:
    """Fork a process for each message on standard input, until nobody can send one and all have ended."""
    keeper = _Keeper(socket.socket(fileno=0))
    with contextlib.suppress(_CannotForkError):
        keeper.run()
    os._exit(0)  # nothing is left to be done, and taking libraries down takes long


class _CannotForkError(Exception):
    """This process must not be copied, or cannot be."""


class _Keeper:
    """The processes that were forked and have not ended, and the socket on which more are asked for."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._prctl = ctypes.CDLL(None).prctl
        self._events = selectors.DefaultSelector()
        self._warm: set[str] = set()

    def run(self) -> None:
        """Raises _CannotForkError."""
        self._events.register(self._control, selectors.EVENT_READ, self._take)
        while self._events.get_map():
            for key, _ in self._events.select():
                event: Callable[[], None] = key.data
                event()

    def _take(self) -> None:
        """What is asked for on the socket: one more process; or that nobody will ask again."""
        message, descriptors, _, _ = socket.recv_fds(self._control, _MESSAGE_BYTES, _DESCRIPTORS)
        if not message:
            self._events.unregister(self._control)
            return
        if len(descriptors) != _DESCRIPTORS:  # there is no room for more
            raise _CannotForkError
        self._import(message.decode())
        *streams, lifeline = descriptors
        own = os.getpid()
        if len(os.listdir("/proc/self/task")) > 1:  # noqa: PTH208 -- a copy has the locks of threads, and not the threads
            raise _CannotForkError
        try:
            process = os.fork()
        except OSError as error:
            raise _CannotForkError from error
        if not process:
            self._grow_up(own, streams)
        for stream in streams:
            os.close(stream)
        self._watch(process, socket.socket(fileno=lifeline))

    def _import(self, module: str) -> None:
        """What functions of that module need, before the first of them is called."""
        if module in self._warm or module not in _LIBRARIES:
            return
        self._warm.add(module)
        for name in (module, *_LIBRARIES[module]):
            with contextlib.suppress(ImportError):  # the process that needs it says so
                importlib.import_module(name)
        gc.collect()
        gc.freeze()  # a copy's garbage collector need not write on pages that both have

    def _watch(self, process: int, lifeline: socket.socket) -> None:
        try:
            ended = os.pidfd_open(process)
        except (OSError, AttributeError) as error:  # an old kernel
            os.kill(process, signal.SIGKILL)
            raise _CannotForkError from error
        self._events.register(ended, selectors.EVENT_READ, lambda: self._tell(process, ended, lifeline))
        self._events.register(lifeline, selectors.EVENT_READ, lambda: self._end(process, lifeline))

    def _end(self, process: int, lifeline: socket.socket) -> None:
        """Nobody wants a process any more; it may have ended a moment ago, and its number be another's."""
        if lifeline in self._events.get_map():
            self._events.unregister(lifeline)
            os.kill(process, signal.SIGKILL)

    def _tell(self, process: int, ended: int, lifeline: socket.socket) -> None:
        """A process has ended: take its status and hand it on."""
        _, status = os.waitpid(process, 0)
        with contextlib.suppress(OSError):  # nobody listens
            lifeline.send(str(os.waitstatus_to_exitcode(status)).encode())
        for each in (ended, lifeline):
            with contextlib.suppress(KeyError):  # a lifeline whose other end was closed
                self._events.unregister(each)
        os.close(ended)
        lifeline.close()

    def _grow_up(self, keeper: int, streams: list[int]) -> NoReturn:
        """What a process does that was forked: it answers one call and ends."""
        code = 1
        try:
            self._prctl(_DIE_WITH_PARENT, signal.SIGKILL)
            if os.getppid() == keeper:  # else it died before that
                _leave_home(streams)
                child()
                code = 0
        except BaseException:  # noqa: BLE001 -- nothing may go back to where the nursery goes on
            traceback.print_exc()
        finally:
            os._exit(code)


def _leave_home(streams: list[int]) -> None:
    """Have a session of one's own, `streams` as one's standard streams, and nothing else of the nursery."""
    os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 -- numbers, not paths
        if int(name) >= len(streams):
            with contextlib.suppress(OSError):  # that of the list itself
                os.close(int(name))
