"""Trials of checksums: which ones a store keeps, and which of them it compares with the bytes."""

import hashlib
import zlib
from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import partial

from storage.trials.core import Bench, Outcome, Trial, no, refused, yes

_DATA = b"trial"
_CRC32C = (0x82F63B78, 32)
_CRC64NVME = (0x9A6C9329AC4BC9B5, 64)


def reflected_crc(data: bytes, polynomial: int, bits: int) -> bytes:
    """A CRC that starts with ones, ends inverted and takes the lowest bit first; slow, and for a few bytes only."""
    ones = (1 << bits) - 1
    value = ones
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (polynomial if value & 1 else 0)
    return (value ^ ones).to_bytes(bits // 8, "big")


DIGESTS: Mapping[str, Callable[[bytes], bytes]] = {
    "CRC64NVME": lambda data: reflected_crc(data, *_CRC64NVME),
    "SHA256": lambda data: hashlib.sha256(data).digest(),
    "SHA1": lambda data: hashlib.sha1(data, usedforsecurity=False).digest(),
    "CRC32C": lambda data: reflected_crc(data, *_CRC32C),
    "CRC32": lambda data: zlib.crc32(data).to_bytes(4, "big"),
}
"""S3's checksums by the names of its API."""


def checksum(algorithm: str, data: bytes) -> str:
    """A checksum as S3 writes it."""
    return b64encode(DIGESTS[algorithm](data)).decode()


def _kept(algorithm: str, bench: Bench) -> Outcome:
    field, value = f"Checksum{algorithm}", checksum(algorithm, _DATA)
    bench.put(f"kept-{algorithm}", _DATA, **{field: value})
    answer = bench.client.head_object(
        Bucket=bench.bucket, Key=f"{bench.folder}kept-{algorithm}", ChecksumMode="ENABLED"
    )
    return yes() if answer.get(field) == value else no("not told")


def _compared(algorithm: str, bench: Bench) -> Outcome:
    bench.put(f"right-{algorithm}", _DATA, **{f"Checksum{algorithm}": checksum(algorithm, _DATA)})
    wrong = checksum(algorithm, _DATA + b"!")
    return refused(lambda: bench.put(f"wrong-{algorithm}", _DATA, **{f"Checksum{algorithm}": wrong}))


def _md5(bench: Bench) -> Outcome:
    wrong = b64encode(hashlib.md5(b"other", usedforsecurity=False).digest()).decode()
    return refused(lambda: bench.put("wrong-md5", _DATA, ContentMD5=wrong))


def _etag(bench: Bench) -> Outcome:
    found = bench.put("etag", _DATA)["ETag"].strip('"')
    return yes() if found == hashlib.md5(_DATA, usedforsecurity=False).hexdigest() else no()


def _trials_of(algorithm: str) -> tuple[Trial, Trial]:
    return (
        Trial(
            "checksums",
            f"{algorithm} is kept and told",
            partial(_kept, algorithm),
            "a receiver can ask for it",
            "the SHA-256 of the metadata and of SHA256SUMS has to do",
        ),
        Trial(
            "checksums",
            f"a wrong {algorithm} is refused",
            partial(_compared, algorithm),
            "damage on the way is refused where it is sent",
            "it is not relied on: another kind is taken, or bytes are read back",
        ),
    )


TRIALS = (
    *(trial for algorithm in DIGESTS for trial in _trials_of(algorithm)),
    Trial(
        "checksums",
        "a wrong Content-MD5 is refused",
        _md5,
        "it guards uploads where newer checksums do not",
        "what arrived is seen by its ETag, or read back",
    ),
    Trial(
        "checksums",
        "the ETag is the MD5",
        _etag,
        "it is compared after each upload",
        "what nothing else vouches for is read back",
    ),
)
