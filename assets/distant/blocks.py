"""The blocks of an object: the next one comes while this one is read, and each is hashed in its order as it comes.

A decoder that looks at the index at the end of a film, and then reads it from the beginning, finds the index still here
when it comes to it: what has yet to be hashed is kept longest. So of a film that is read from its beginning to its end
each byte is fetched once; of one whose picture and sound lie far apart, some are fetched twice.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from assets.distant.link import LinkError

BLOCK_BYTES = 8 << 20
"""What one request asks for."""

KEPT = 12
"""How many blocks are kept: with the one that comes the most memory that a film takes."""

UNHASHED_KEPT = 8
"""How many of them may wait until they are hashed; the others are near where it is read."""


class Parts(Protocol):
    """What blocks are read from."""

    def read(self, begin: int, end: int) -> bytearray:
        """The bytes from `begin` to before `end`. Raises LinkError."""

    def stop(self) -> None:
        """End what is under way."""

    def close(self) -> None:
        """Nothing more is asked for."""


class Blocks:
    """The blocks of an object of `size` bytes. One thread fetches and hashes them, another one asks."""

    def __init__(self, parts: Parts, size: int, block_bytes: int = BLOCK_BYTES) -> None:
        self.size, self.block_bytes = size, block_bytes
        self.count = -(-size // block_bytes)
        self.trouble: LinkError | None = None
        self._parts = parts
        self._hash = hashlib.sha256()
        self._next = 0
        self._hashed: OrderedDict[int, bytearray] = OrderedDict()
        self._unhashed: OrderedDict[int, bytearray] = OrderedDict()
        self._coming: dict[int, Future[bytearray]] = {}
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(1, "distant")

    def block(self, number: int) -> bytearray:
        """A block; the one after it is fetched ahead if this one follows another, or is the first. Raises LinkError."""
        if self.trouble is not None:
            raise self.trouble
        with self._lock:
            kept = self._kept(number)
            coming = self._asked(number) if kept is None else None
            follows = number == 0 or self._kept(number - 1) is not None
            if follows and number + 1 < self.count and self._kept(number + 1) is None:
                self._asked(number + 1)
        return coming.result() if coming is not None else kept or bytearray()

    def digest(self, goes_on: Callable[[], None]) -> str:
        """The SHA-256 of the object. What nobody has asked for is fetched now; for each block `goes_on` is called.

        Raises LinkError.
        """
        self._pool.submit(self._rest, goes_on).result()
        if self.trouble is not None:
            raise self.trouble
        return self._hash.hexdigest()

    def close(self) -> None:
        """Nobody asks for more."""
        self._parts.stop()
        self._pool.shutdown(cancel_futures=True)
        self._parts.close()

    def _kept(self, number: int) -> bytearray | None:
        """A block that is here, which is then the last to go of its kind."""
        for kind in (self._hashed, self._unhashed):
            if number in kind:
                kind.move_to_end(number)
                return kind[number]
        return None

    def _asked(self, number: int) -> "Future[bytearray]":
        if number not in self._coming:
            self._coming[number] = self._pool.submit(self._fetch, number)
        return self._coming[number]

    def _fetch(self, number: int) -> bytearray:
        """Fetch a block and hash what can be hashed by now. Raises LinkError, from then on for every block."""
        if self.trouble is not None:  # it was asked for before that
            raise self.trouble
        begin = number * self.block_bytes
        try:
            data = self._parts.read(begin, min(begin + self.block_bytes, self.size))
        except LinkError as error:
            self.trouble = error
            raise
        with self._lock:
            self._unhashed[number] = data
        self._hash_on()
        with self._lock:
            while len(self._unhashed) > UNHASHED_KEPT:
                self._unhashed.popitem(last=False)
            while len(self._unhashed) + len(self._hashed) > KEPT:
                self._hashed.popitem(last=False)
            self._coming.pop(number, None)
        return data

    def _hash_on(self) -> None:
        """Hash the blocks that follow in order; the pool's thread alone does."""
        while (data := self._unhashed.get(self._next)) is not None:
            self._hash.update(data)
            with self._lock:
                self._hashed[self._next] = self._unhashed.pop(self._next)
            self._next += 1

    def _rest(self, goes_on: Callable[[], None]) -> None:
        while self._next < self.count and self.trouble is None:
            self._fetch(self._next)
            goes_on()
