"""SHA-256 of a file beside its decode: what the decoder is about to read is read a little before it, and only once."""

import hashlib
import threading
from pathlib import Path

CHUNK = 4 << 20
AHEAD = 64 << 20
"""How far the hash may run before the decoder: what lies between is in the system's cache when the decoder wants it."""


class HashBeside:
    """Hashes a file in a thread of its own, never far ahead of the decoder. `of` gives the digest at the end."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._moved = threading.Condition()
        self._position = 0
        self._let_go = False
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

    def result(self) -> tuple[str, int]:
        """Digest and size, when the decoder needs no more. Raises OSError if the file could not be read."""
        with self._moved:
            self._let_go = True
            self._moved.notify()
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._digest, self._size

    def _run(self) -> None:
        state = hashlib.sha256()
        try:
            with Path(self._name).open("rb", buffering=0) as file:
                while chunk := file.read(CHUNK):
                    state.update(chunk)
                    self._size += len(chunk)
                    with self._moved:
                        self._moved.wait_for(lambda: self._let_go or self._size < self._position + AHEAD)
        except OSError as error:
            self._error = error
        self._digest = state.hexdigest()
