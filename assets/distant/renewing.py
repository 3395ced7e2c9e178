"""Another link for one that ends before the film: whoever has the credentials gives it to the process that reads.

That process is told with its call at which socket to ask. The socket lies in a folder that nobody else may enter, as
long as the measurement takes, and says nothing but links to the one object.
"""

import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from assets.distant.link import Link
from assets.errors import StoreError, UsageError

SECONDS = 60.0
"""How long another link may take: a session's credentials are asked for over the network."""

_MOST_BYTES = 1 << 16


@contextmanager
def renewable(link: Link, again: Callable[[], str]) -> Iterator[Link]:
    """The link, with where to ask for another: its `url` is then what `again` returns, called in a thread.

    Where there can be no such socket the link is only what it is.
    """
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="releaseprint-"))
            ear = stack.enter_context(socket.socket(socket.AF_UNIX))
            place = str(Path(folder, "link"))
            ear.bind(place)
        except OSError:  # such as a name of a folder that is too long for a socket
            yield link
            return
        ear.listen()
        over = threading.Event()
        thread = threading.Thread(target=_answer, args=(ear, again, over), daemon=True)
        thread.start()
        try:
            yield replace(link, renewals=place)
        finally:
            over.set()
            with suppress(OSError), socket.socket(socket.AF_UNIX) as waking:
                waking.connect(place)
            thread.join()


def renewed(link: Link) -> Link | None:
    """Another link to the same object; None if nobody has one."""
    if not link.renewals:
        return None
    said = b""
    with suppress(OSError), socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(SECONDS)
        asking.connect(link.renewals)
        while len(said) < _MOST_BYTES and (more := asking.recv(_MOST_BYTES)):
            said += more
    return replace(link, url=said.decode()) if said else None


def _answer(ear: socket.socket, again: Callable[[], str], over: threading.Event) -> None:
    """Give another link to whoever asks, until it is over."""
    while True:
        asking, _ = ear.accept()
        with asking, suppress(OSError, StoreError, UsageError):  # who is told nothing has no other link
            if over.is_set():
                return
            asking.sendall(again().encode())
