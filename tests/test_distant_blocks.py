"""The blocks of an object: fetched once, hashed in order whatever order they are read in, and few of them held."""

import hashlib
import os
from contextlib import closing

import pytest
import range_server
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.distant import blocks as module
from assets.distant.blocks import KEPT, UNHASHED_KEPT, Blocks
from assets.distant.link import LinkError, Trouble
from assets.distant.ranged_file import RangedFile

BLOCK = 100
DATA = os.urandom(50 * BLOCK + 7)


class Memory:
    """An object in memory; `fetched` are the numbers of the blocks that were asked for, in order."""

    def __init__(self, data=DATA, broken=None):
        self.data, self.broken, self.fetched = data, broken, []

    def read(self, begin, end):
        self.fetched.append(begin // BLOCK)
        if begin // BLOCK == self.broken:
            raise LinkError(Trouble("s3://films/a: gone"))
        return bytearray(self.data[begin:end])

    def stop(self):
        """Nothing is under way."""

    def close(self):
        """Nothing is open."""


@pytest.fixture
def memory():
    return Memory()


def blocks(memory):
    return closing(Blocks(memory, len(memory.data), BLOCK))


def digest(data=DATA):
    return hashlib.sha256(data).hexdigest()


def nobody():
    """Who need not be told."""


def test_from_the_beginning_to_the_end_each_block_is_fetched_once(memory):
    with blocks(memory) as found:
        assert b"".join(found.block(number) for number in range(found.count)) == DATA
        assert found.digest(nobody) == digest()
    assert memory.fetched == list(range(51))


def test_an_index_at_the_end_is_fetched_once(memory):
    """Of as many blocks as are held until their turn comes."""
    tail = range(51 - UNHASHED_KEPT + 2, 51)
    with blocks(memory) as found:
        for number in (0, *tail, *range(51)):
            assert found.block(number) == DATA[number * BLOCK : (number + 1) * BLOCK]
        assert found.digest(nobody) == digest()
    assert sorted(memory.fetched) == list(range(51))


def test_a_long_index_is_fetched_twice_at_most(memory):
    with blocks(memory) as found:
        for number in (0, *range(31, 51), *range(51)):
            found.block(number)
        assert found.digest(nobody) == digest()
    assert len(memory.fetched) <= 51 + 20


def test_sound_a_little_before_its_picture_is_fetched_once(memory):
    with blocks(memory) as found:
        for number in range(47):
            found.block(number + 4)
            found.block(number)
        assert found.digest(nobody) == digest()
    assert sorted(memory.fetched) == list(range(51))


def test_what_nobody_reads_is_hashed_all_the_same(memory):
    told = []
    with blocks(memory) as found:
        found.block(50)
        assert found.digest(lambda: told.append(1)) == digest()
        assert found.digest(nobody) == digest(), "asked again, it is the same"
    assert len(told) >= 50
    assert set(memory.fetched) == set(range(51))


@given(st.lists(st.integers(0, 50), max_size=80))
@settings(max_examples=50)
def test_in_any_order_the_bytes_are_right_and_few_are_held(order):
    memory = Memory()
    with blocks(memory) as found:
        for number in order:
            assert found.block(number) == DATA[number * BLOCK : (number + 1) * BLOCK]
            assert len(found._hashed) + len(found._unhashed) <= KEPT + 1
        assert found.digest(nobody) == digest()


def test_trouble_is_told_to_whoever_asks_next_and_to_whoever_wants_the_digest():
    memory = Memory(broken=3)
    with blocks(memory) as found:
        for number in range(3):
            found.block(number)
        for _ in range(2):
            with pytest.raises(LinkError, match="gone"):
                found.block(3)
        with pytest.raises(LinkError, match="gone"):
            found.digest(nobody)
        assert found.trouble
    assert memory.fetched.count(3) == 1, "it is not tried for ever"


def test_an_empty_object_has_a_digest():
    with blocks(Memory(b"")) as found:
        assert found.digest(nobody) == digest(b"")


@pytest.fixture(scope="module")
def shelf():
    with range_server.serving(DATA) as running:
        yield running


@given(st.lists(st.tuples(st.integers(0, len(DATA) + 50), st.integers(-1, 3 * BLOCK)), min_size=1, max_size=15))
@settings(max_examples=25)
def test_a_file_is_read_like_any_other(shelf, reads):
    with RangedFile(shelf.link(), "masters/영화.mov", BLOCK) as file:
        assert (file.name, file.readable(), file.seekable()) == ("masters/영화.mov", True, True)
        for place, size in reads:
            assert file.seek(place) == place
            assert file.read(size) == (DATA[place:] if size < 0 else DATA[place : place + size])
            assert file.tell() == (max(place, len(DATA)) if size < 0 else max(place, min(place + size, len(DATA))))
        assert file.result() == (digest(), len(DATA))
        assert file.trouble is None


def test_places_are_counted_from_everywhere(shelf):
    with RangedFile(shelf.link(), "a", BLOCK) as file:
        assert file.seek(-7, os.SEEK_END) == len(DATA) - 7
        assert file.seek(3, os.SEEK_CUR) == len(DATA) - 4
        assert file.read() == DATA[-4:]
        with pytest.raises(OSError, match="before the beginning"):
            file.seek(-1)


def test_one_request_is_for_eight_mebibytes():
    assert module.BLOCK_BYTES == 8 << 20
    assert (KEPT + 2) * module.BLOCK_BYTES < 128 << 20, "the most that a film takes of memory"
