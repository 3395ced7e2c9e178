"""SHA-256 of a file beside its decode: what the decoder is about to read is read a little before it, and only once."""

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

CHUNK = 4 << 20
AHEAD = 64 << 20
"""How far the hash may run before the decoder: what lies between is in the system's cache when the decoder wants it."""

TOLD_EVERY_SECONDS = 1.0


class Hashing(Protocol):
    """The digest of a file that a decoder reads."""

    def reached(self, position: int) -> None:
        """The decoder has come to this byte."""

    def abandon(self) -> None:
        """Nobody asks for the digest any more."""

    def result(self, goes_on: Callable[[], None]) -> tuple[str, int]:
        """Digest and size, when the decoder needs no more; `goes_on` is called while that takes its time."""


class HashBeside:
    """Hashes a file in a thread of its own, never far ahead of the decoder. `result` gives the digest at the end."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._moved = threading.Condition()
        self._position = 0
        self._let_go = self._abandoned = False
        self._digest = ""
        self._size = 0
        self._error: OSError | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def reached(self, position: int) -> None:
        """The decoder has come to this byte."""
        if position > self._position:
            with self._moved:
                self._position = position
                self._moved.notify()

    def abandon(self) -> None:
        """Nobody asks for the digest any more."""
        self._abandoned = True
        self._finish(lambda: None)

    def result(self, goes_on: Callable[[], None] = lambda: None) -> tuple[str, int]:
        """Digest and size, when the decoder needs no more; what it has not reached of the file is read now.

        `goes_on` is called again and again while that goes on. Raises OSError if the file could not be read.
        """
        self._finish(goes_on)
        if self._error is not None:
            raise self._error
        return self._digest, self._size

    def _finish(self, goes_on: Callable[[], None]) -> None:
        with self._moved:
            self._let_go = True
            self._moved.notify()
        size = -1
        while self._thread.is_alive():
            self._thread.join(TOLD_EVERY_SECONDS)
            if self._size > size:  # a disk that gives no more hangs, and must not look alive
                size = self._size
                goes_on()

    def _run(self) -> None:
        state = hashlib.sha256()
        try:
            with Path(self._name).open("rb", buffering=0) as file:
                while not self._abandoned and (chunk := file.read(CHUNK)):
                    state.update(chunk)
                    self._size += len(chunk)
                    with self._moved:
                        self._moved.wait_for(lambda: self._let_go or self._size < self._position + AHEAD)
        except OSError as error:
            self._error = error
        self._digest = state.hexdigest()
