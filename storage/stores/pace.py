"""How fast bytes may leave: one limit over everything that a run sends at a time."""

import io
import threading
import time
from collections.abc import Callable

_BURST_SECONDS = 0.25
"""What may leave at once after a silence, in seconds' worth of the limit."""


class Pace:
    """A limit in bytes a second, kept over all threads together (a token bucket).

    Whoever asks for more than there is waits for its own share, and those that come later wait behind it.
    """

    def __init__(
        self,
        bytes_per_second: int,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.bytes_per_second = bytes_per_second
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._free_at = clock()

    def take(self, count: int) -> None:
        """Wait until `count` bytes may leave."""
        with self._lock:
            now = self._clock()
            self._free_at = max(self._free_at, now - _BURST_SECONDS) + count / self.bytes_per_second
            wait = self._free_at - now
        if wait > 0:
            self._sleep(wait)


class PacedBody:
    """The body of a request that is read no faster than a pace allows."""

    def __init__(self, data: bytes | io.BufferedIOBase | io.BytesIO, pace: Pace) -> None:
        self._file = io.BytesIO(data) if isinstance(data, bytes | bytearray) else data
        self._pace = pace

    def read(self, size: int = -1, /) -> bytes:
        """As a file's."""
        data = self._file.read(size)
        self._pace.take(len(data))
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """As a file's: a request that is made again begins anew."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """As a file's."""
        return self._file.tell()
