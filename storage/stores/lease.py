"""Storing an object only if there is none, on a store that cannot do that in one step: under a lease.

`_lease.json` beside the object is the lease. Whoever wants to write:

 1. waits until no lease is there, or until one has stood unchanged for as long as it says: its owner was killed;
 2. writes a lease of its own, within SLOW_SECONDS of having seen that there was none; one that came later is void;
 3. waits for SETTLE_SECONDS and reads it again: of several that wrote at once, the last is there, and it alone goes on;
 4. looks for the object, stores it if it is not there, and takes the lease away.

A lease says for how many seconds it holds. They are the same for all: one that is void may have replaced one that
counts. Its owner begins no write in the second half of them, and his client tries none again by itself: whoever was
killed holds others up for a minute, and nothing of his is still on its way when they go on.

This needs of a store that what was written is read by the next request; lists may lag, for none is asked. It needs of
the deliverers that a second is about as long for all of them; their clocks may show what they like. What is left to
trust is that a request which was begun in time does not arrive half a minute later. No order of steps but that one ends
with two writers (`tests/test_lease.py` goes through them).
"""

import json
import secrets
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from typing import Protocol

from assets.errors import StoreError
from storage.stores.store import Stored

NAME = "_lease.json"

SETTLE_SECONDS = 10.0
"""How long a lease stands before it counts: longer than another deliverer may take from its look to its write."""

SLOW_SECONDS = 4.0
"""The longest from seeing that no lease is there to having written one."""

HOLDS_SECONDS = 60
"""How long a lease has to stand unchanged before others take it that its owner is dead."""

MOST_SECONDS = 300
"""The longest that a lease is heeded, and how long one that says nothing."""

_POLL_SECONDS = 2.0
_MAX_TRIES = 3
_MAX_VOID = 3
"""After so many leases that came too late a deliverer gives up."""

_NO_CONDITIONS = "the store keeps no conditions of writes"
REMARK = f"{_NO_CONDITIONS}: a lease guarded what is written only if absent"

_MAX_BYTES = 4096
"""More than any lease has."""

_GIVEN_BACK = b"{}\n"
"""What a lease is replaced with where it may not be removed."""


class Leased(Protocol):
    """What a lease needs of a store. A write is one request: one that fails is not sent again behind its back."""

    @property
    def url(self) -> str:
        """As Store.url."""

    def put_bytes(self, key: str, data: bytes) -> bool:
        """As Store.put_bytes, without a condition."""

    def get(self, key: str) -> Iterator[bytes]:
        """As Store.get."""

    def head(self, key: str) -> Stored | None:
        """As Store.head."""

    def remove(self, key: str) -> str:
        """As Store.remove."""


def put_once(store: Leased, key: str, data: bytes, tell: Callable[[str], None]) -> bool:
    """Store a small object unless there is one; whether it was stored. Raises StoreError.

    It takes SETTLE_SECONDS, and as long as a lease says where another deliverer was killed in the midst of this.
    `tell` is told what is waited for, each thing once, before the wait.
    """
    writer = Writer(store, key, data, _now)
    steps = writer.steps()
    told = {""}
    while True:
        try:
            seconds = next(steps)
        except StopIteration as done:
            return bool(done.value)
        if writer.waits_for not in told:
            told.add(writer.waits_for)
            tell(f"{store.url}: {key}: {writer.waits_for}")
        time.sleep(seconds)


def heeded_seconds(standing: bytes) -> int:
    """How long a lease has to stand unchanged before its owner is taken for dead, as it says within our bounds."""
    try:
        said = json.loads(standing)["seconds"]
    except (ValueError, KeyError, TypeError, RecursionError):  # of an older deliverer, or somebody else's object
        return MOST_SECONDS
    return min(max(said, HOLDS_SECONDS), MOST_SECONDS) if type(said) is int else MOST_SECONDS


def _now() -> float:
    """Seconds that also pass while the machine sleeps, where the system counts them."""
    boot: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class Writer:
    """One that wants to store an object. `clock` is in seconds."""

    def __init__(self, store: Leased, key: str, data: bytes, clock: Callable[[], float]) -> None:
        self._store, self._key, self._data, self._clock = store, key, data, clock
        folder, slash, _ = key.rpartition("/")
        self._lease = f"{folder}{slash}{NAME}"
        self._began = 0.0
        self._seen: tuple[bytes, float] | None = None
        self.waits_for = ""
        """Why the last step waits, in words; empty where there is nothing to say."""

    def steps(self) -> Generator[float, None, bool]:
        """Go on by one request at a time; each yield is a time to wait in seconds, 0 where others may come between.

        Returns whether the object was stored.
        """
        mine = yield from self._leased()
        if mine is None:
            return False
        yield 0.0
        is_ours = self._store.head(self._key) is None
        if is_ours:
            yield 0.0
            yield from self._write()
        yield 0.0
        if self._standing() == mine:
            yield 0.0
            self._give_back()
        return is_ours

    def _leased(self) -> Generator[float, None, bytes | None]:
        """Wait for the lease; returns it, or None once the object is there."""
        void = 0
        while void < _MAX_VOID:
            yield 0.0
            if self._store.head(self._key) is not None:
                return None
            if not (yield from self._is_free()):
                yield _POLL_SECONDS
                continue
            said = {"schema": "releaseprint/lease/1", "owner": secrets.token_hex(16), "seconds": HOLDS_SECONDS}
            mine = json.dumps(said).encode()
            yield 0.0
            if not self._has_put_lease(mine, void):
                self._seen = mine, self._clock()  # it may have replaced one that somebody holds
                void += 1
                continue
            self.waits_for = f"{_NO_CONDITIONS}; a lease is held for {SETTLE_SECONDS:.0f} s instead"
            yield SETTLE_SECONDS
            if self._standing() == mine:
                return mine
        raise StoreError(f"{self._store.url}: {self._lease}: the store is too slow for a lease; deliver again later")

    def _is_free(self) -> Generator[float, None, bool]:
        """Whether there is no lease, or one that was seen unchanged for too long."""
        yield 0.0
        self._began = self._clock()
        standing = self._standing()
        if standing is None:
            return True
        if self._seen is None or self._seen[0] != standing:
            self._seen = standing, self._clock()
        seconds = heeded_seconds(standing)
        self.waits_for = (
            f"{_NO_CONDITIONS}, and the lease of another deliverer stands there; it is waited for until he gives it"
            f" back, or for {seconds} s: if it has not changed by then, he was killed and this delivery goes on"
        )
        return self._began - self._seen[1] > seconds

    def _standing(self) -> bytes | None:
        """The lease that stands, or None."""
        if self._store.head(self._lease) is None:
            return None
        try:
            found = self._beginning()
        except StoreError:
            if self._store.head(self._lease) is None:  # given back in between
                return None
            raise
        return None if found == _GIVEN_BACK else found

    def _beginning(self) -> bytes:
        """As much of the lease as tells one from another: somebody else may have put anything of any size there."""
        found = bytearray()
        for block in self._store.get(self._lease):
            found += block[:_MAX_BYTES]
            if len(found) >= _MAX_BYTES:
                break
        return bytes(found)

    def _has_put_lease(self, mine: bytes, void: int) -> bool:
        """Store our lease; False if it came too late, or nobody knows whether it came. Raises the last such error."""
        try:
            self._store.put_bytes(self._lease, mine)
        except StoreError:
            if void + 1 == _MAX_VOID:
                raise
            return False
        return self._clock() - self._began <= SLOW_SECONDS

    def _write(self) -> Generator[float, None, None]:
        """Store the object, again if that fails and there is time: nobody else writes while the lease holds."""
        for tries_left in reversed(range(_MAX_TRIES)):
            self._require_time()
            try:
                self._store.put_bytes(self._key, self._data)
                break
            except StoreError:
                if not tries_left:
                    raise
            yield _POLL_SECONDS
        if (took := self._clock() - self._began) > HOLDS_SECONDS:
            wrong = f"took {took:.0f} s to store, longer than its lease held ({HOLDS_SECONDS} s)"
            raise StoreError(f"{self._store.url}: {self._key}: {wrong}; deliver again, to see what stands")

    def _require_time(self) -> None:
        """Nothing may be written under a lease that others take for a dead one's, or soon will."""
        if self._clock() - self._began > HOLDS_SECONDS / 2:
            raise StoreError(
                f"{self._store.url}: {self._key}: the store took too long; nothing was stored, deliver again"
            )

    def _give_back(self) -> None:
        """Take our lease away, if there is time: later it may be another's by the time that the request arrives."""
        if self._clock() - self._began > HOLDS_SECONDS / 2:
            return
        try:
            self._store.remove(self._lease)
        except StoreError:  # these credentials may not remove
            with suppress(StoreError):
                self._store.put_bytes(self._lease, _GIVEN_BACK)
