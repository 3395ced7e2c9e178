"""Two and three deliverers on a store without conditional writes: in whatever order their requests come, one wins."""

import random

import pytest

from assets.errors import StoreError
from storage.stores import lease
from storage.stores.lease import HOLDS_SECONDS, MOST_SECONDS, NAME, SETTLE_SECONDS, Writer
from storage.stores.store import Stored

KEY = "film/svod/main/0123456789abcdef/manifest.json"
LEASE = f"film/svod/main/0123456789abcdef/{NAME}"


class Register:
    """A store that does one request after the other and knows no conditions. `written` are the writes of objects."""

    url = "s3://model"

    def __init__(self):
        self.objects = {}
        self.written = []
        self.may_remove = True

    def put_bytes(self, key, data):
        self.objects[key] = data
        if key != LEASE:
            self.written.append(data)
        return True

    def get(self, key):
        return iter([self.objects[key]])

    def head(self, key):
        return Stored(key, len(self.objects[key])) if key in self.objects else None

    def remove(self, key):
        if not self.may_remove:
            raise StoreError("s3://model: access denied")
        self.objects.pop(key, None)
        return ""


class Race:
    """Writers that take turns as a schedule says; a request takes `request_seconds`, and waiting is skipped over.

    The schedule chooses among the writers that could go on now, and those that wait for the next instant: to choose one
    of these leaves all others where they are until then, however long that is.
    """

    def __init__(self, count, request_seconds):
        self.store, self.now, self.request_seconds = Register(), 0.0, request_seconds
        self.steps = [Writer(self.store, KEY, b"%d" % n, lambda: self.now).steps() for n in range(count)]
        self.ready_at = dict.fromkeys(range(count), 0.0)
        self.stored = {}
        self.stalls = 0

    def choices(self, max_stalls):
        ready = [n for n, at in self.ready_at.items() if at <= self.now]
        waiting = sorted((at, n) for n, at in self.ready_at.items() if at > self.now)
        if waiting and (not ready or self.stalls < max_stalls):
            ready.append(waiting[0][1])
        return ready

    def go_on(self, number):
        if self.ready_at[number] > self.now:
            self.stalls += len([at for at in self.ready_at.values() if at <= self.now]) > 0
            self.now = self.ready_at[number]
        try:
            self.ready_at[number] = self.now + next(self.steps[number])
        except StopIteration as done:
            self.stored[number] = done.value
            del self.ready_at[number]
        self.now += self.request_seconds

    def require_one_winner(self, schedule):
        assert len(self.store.written) == 1, schedule
        assert sum(self.stored.values()) == 1, schedule
        winner = next(number for number, is_ours in self.stored.items() if is_ours)
        assert self.store.objects[KEY] == b"%d" % winner, schedule


def _every_order(count, request_seconds, max_stalls):
    """Run every schedule, each from its start: the next one differs in the last choice that has another way to go."""
    schedule, races = [], 0
    while True:
        race, ways = Race(count, request_seconds), []
        while race.ready_at:
            choices = race.choices(max_stalls)
            if len(ways) == len(schedule):
                schedule.append(0)
            ways.append(len(choices))
            race.go_on(choices[schedule[len(ways) - 1]])
        race.require_one_winner(schedule)
        races += 1
        while schedule and schedule[-1] + 1 == ways[len(schedule) - 1]:
            schedule.pop()
        if not schedule:
            return races
        schedule[-1] += 1


def test_two_deliverers_in_every_order_of_their_requests_end_with_one_object():
    assert _every_order(2, request_seconds=0.05, max_stalls=0) > 700


@pytest.mark.slow
@pytest.mark.parametrize("request_seconds", [0.05, 0.4])
def test_two_deliverers_that_also_stall_for_as_long_as_they_like_end_with_one_object(request_seconds):
    assert _every_order(2, request_seconds, max_stalls=1) > 5_000


@pytest.mark.parametrize("seed", range(60))
def test_two_and_three_deliverers_in_orders_drawn_by_lot_end_with_one_object(seed):
    chance = random.Random(seed)  # noqa: S311 -- a schedule, not a secret
    race, schedule = Race(2 + seed % 2, chance.choice([0.01, 0.3, 1.0])), []
    while race.ready_at:
        schedule.append(chance.choice(race.choices(max_stalls=3)))
        race.go_on(schedule[-1])
    race.require_one_winner(schedule)


def _run(writer, clock):
    """Run a writer alone, on a clock that only its waiting moves; how long it took and what it returned."""
    steps, began = writer.steps(), clock[0]
    while True:
        try:
            seconds = next(steps)
        except StopIteration as done:
            return clock[0] - began, done.value
        clock[0] += seconds


def test_one_deliverer_alone_waits_once_and_leaves_no_lease():
    store, clock = Register(), [0.0]
    assert _run(Writer(store, KEY, b"mine", lambda: clock[0]), clock) == (SETTLE_SECONDS, True)
    assert store.objects == {KEY: b"mine"}


def test_an_object_that_is_there_stays_and_nobody_waits():
    store, clock = Register(), [0.0]
    store.objects[KEY] = b"first"
    assert _run(Writer(store, KEY, b"second", lambda: clock[0]), clock) == (0.0, False)
    assert store.objects == {KEY: b"first"}


def test_a_deliverer_killed_at_any_step_holds_the_next_one_up_no_longer_than_its_lease():
    for killed_after in range(20):
        store, clock = Register(), [0.0]
        killed = Writer(store, KEY, b"killed", lambda clock=clock: clock[0]).steps()
        for _ in range(killed_after):
            clock[0] += next(killed, 0.0)
        took, is_ours = _run(Writer(store, KEY, b"next", lambda clock=clock: clock[0]), clock)
        assert took <= HOLDS_SECONDS + SETTLE_SECONDS + 10
        assert is_ours == (store.written == [b"next"])
        assert len(store.written) == 1


def test_where_nothing_may_be_removed_the_lease_is_given_back_all_the_same():
    store, clock = Register(), [0.0]
    store.may_remove = False
    _run(Writer(store, KEY, b"mine", lambda: clock[0]), clock)
    assert _run(Writer(store, KEY.replace("manifest", "other"), b"mine", lambda: clock[0]), clock)[0] == SETTLE_SECONDS


def test_what_somebody_else_put_there_is_not_read_to_its_end():
    store, clock, read = Register(), [0.0], []

    def endless():
        while True:
            read.append(1)
            yield b"x" * 3000

    store.objects[LEASE] = b"stands"
    store.get = lambda key: endless() if store.objects[key] == b"stands" else iter([store.objects[key]])
    took, is_ours = _run(Writer(store, KEY, b"mine", lambda: clock[0]), clock)
    assert is_ours
    assert MOST_SECONDS < took < MOST_SECONDS + SETTLE_SECONDS + 10
    assert len(read) < MOST_SECONDS * 3


def test_a_lease_that_came_too_late_does_not_count():
    store, clock = Register(), [0.0]
    slow = Writer(store, KEY, b"slow", lambda: clock[0]).steps()
    for _ in range(3):  # it has seen that there is neither a lease nor the object
        next(slow)
    assert store.objects == {}
    clock[0] += 60
    assert next(slow) == 0  # it has written its lease, and does not wait for it to count
    assert list(store.objects) == [LEASE]
    took, is_ours = _run(Writer(store, KEY, b"third", lambda: clock[0]), clock)
    assert is_ours
    assert took >= HOLDS_SECONDS


def test_a_store_on_which_no_lease_can_be_had_is_said_to_be():
    store, clock = Register(), [0.0]

    def slowly():
        clock[0] += lease.SLOW_SECONDS + 1
        return clock[0]

    with pytest.raises(StoreError, match="the store is too slow for a lease; deliver again later"):
        _run(Writer(store, KEY, b"slow", slowly), clock)
    assert store.written == []


@pytest.mark.parametrize(
    ("standing", "seconds"),
    [
        (b'{"schema": "releaseprint/lease/1", "owner": "a", "seconds": 90}', 90),
        (b'{"seconds": 1}', HOLDS_SECONDS),
        (b'{"seconds": -60}', HOLDS_SECONDS),
        (b'{"seconds": 100000}', MOST_SECONDS),
        (b'{"seconds": true}', MOST_SECONDS),
        (b'{"seconds": 60.5}', MOST_SECONDS),
        (b'{"schema": "releaseprint/lease/1", "owner": "of an older deliverer"}', MOST_SECONDS),
        (b"[" * 4000, MOST_SECONDS),
        ("빌린 것".encode("cp949"), MOST_SECONDS),
        (b"", MOST_SECONDS),
    ],
)
def test_a_lease_is_heeded_as_long_as_it_says_within_bounds(standing, seconds):
    assert lease.heeded_seconds(standing) == seconds


def test_what_took_longer_to_store_than_its_lease_held_is_not_said_to_be_ours():
    store, clock, took = Register(), [0.0], [HOLDS_SECONDS - 11]

    def put(key, data, put_bytes=store.put_bytes):
        clock[0] += 0 if key == LEASE else took[0]
        return put_bytes(key, data)

    store.put_bytes = put
    assert _run(Writer(store, KEY, b"in time", lambda: clock[0]), clock)[1]
    store.objects.clear()
    took[0] = HOLDS_SECONDS
    with pytest.raises(StoreError, match=r"took 70 s to store, longer than its lease held \(60 s\); deliver again"):
        _run(Writer(store, KEY, b"too late", lambda: clock[0]), clock)


@pytest.mark.parametrize(("failures", "is_ours"), [(1, True), (2, True), (3, None)])
def test_a_write_that_fails_is_done_again_as_long_as_the_lease_holds(failures, is_ours):
    store, clock, left = Register(), [0.0], [failures]

    def put(key, data, put_bytes=store.put_bytes):
        if key == KEY and left[0]:
            left[0] -= 1
            raise StoreError("s3://model: the connection broke")
        return put_bytes(key, data)

    store.put_bytes = put
    if is_ours:
        assert _run(Writer(store, KEY, b"mine", lambda: clock[0]), clock)[1] is is_ours
        assert store.objects == {KEY: b"mine"}
    else:
        with pytest.raises(StoreError, match="the connection broke"):
            _run(Writer(store, KEY, b"mine", lambda: clock[0]), clock)
        assert list(store.objects) == [LEASE], "whoever comes next waits: the write may still be on its way"


def test_a_lease_that_cannot_be_written_is_tried_three_times_and_nothing_else_is_written():
    store, clock, tried = Register(), [0.0], []

    def refuse(key, _):
        tried.append(key)
        raise StoreError("s3://model: access denied")

    store.put_bytes = refuse
    with pytest.raises(StoreError, match="access denied"):
        _run(Writer(store, KEY, b"mine", lambda: clock[0]), clock)
    assert tried == [LEASE] * 3


def test_what_is_waited_for_and_how_long_is_said_before_the_wait(monkeypatch):
    store, clock, told = Register(), [0.0], []
    store.objects[LEASE] = b'{"schema": "releaseprint/lease/1", "owner": "killed", "seconds": 60}'
    monkeypatch.setattr(lease, "_now", lambda: clock[0])
    monkeypatch.setattr("time.sleep", lambda seconds: clock.__setitem__(0, clock[0] + seconds))
    assert lease.put_once(store, KEY, b"mine", lambda text: told.append((clock[0], text)))
    (first, why), (second, how) = told
    assert first == 0.0
    assert "or for 60 s: if it has not changed by then, he was killed" in why
    assert HOLDS_SECONDS <= second <= HOLDS_SECONDS + 5
    assert how == f"s3://model: {KEY}: the store keeps no conditions of writes; a lease is held for 10 s instead"
