"""The CRC of a whole from the CRCs of its pieces, beside libraries that read all of it."""

import zlib

import pytest
from awscrt.checksums import crc64nvme
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.stores import crc


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=70), max_size=6))
def test_pieces_in_their_order_give_the_crc_of_the_whole(pieces):
    whole = b"".join(pieces)
    assert crc.CRC32.joined([(zlib.crc32(piece), len(piece)) for piece in pieces]) == zlib.crc32(whole)
    assert crc.CRC64NVME.joined([(crc64nvme(piece), len(piece)) for piece in pieces]) == crc64nvme(whole)


@pytest.mark.parametrize("length", [1 << 16, (1 << 20) + 7])
def test_long_pieces(length):
    first, second = bytes(range(256)) * (length // 256), b"\xff" * length
    pieces = [(crc64nvme(first), len(first)), (crc64nvme(second), len(second))]
    assert crc.CRC64NVME.joined(pieces) == crc64nvme(first + second)


def test_another_order_is_another_crc():
    pieces = [(zlib.crc32(b"one"), 3), (zlib.crc32(b"two"), 3)]
    assert crc.CRC32.joined(pieces[::-1]) != crc.CRC32.joined(pieces)
