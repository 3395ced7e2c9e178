"""What vouches for the bytes of an upload, and what it is told as.

S3 knows several checksums and no store knows them all; some take a wrong one without a word. So nothing is believed
that was not seen: an upload in parts begins with one byte and a checksum that is wrong on purpose. A store that refuses
it is trusted with that kind of checksum; one that takes it gets the next kind. The order:

 1. a checksum of the whole object, CRC-64/NVME (or CRC-32, where no library computes the other fast enough);
 2. a SHA-256 of each part;
 3. Content-MD5, and the MD5 that the store gives back as ETag of what has arrived;
 4. none: the object is read back.

A file that is one part goes with its SHA-256 and its Content-MD5 in one request; its ETag, or else reading it back,
says whether it came as it was.
"""

import importlib
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5, sha256
from typing import TYPE_CHECKING, Any

from storage.stores import crc
from storage.stores.store import READ_BACK

if TYPE_CHECKING:
    from mypy_boto3_s3.literals import ChecksumAlgorithmType

REFUSED = frozenset({"BadDigest", "InvalidDigest", "XAmzContentChecksumMismatch", "XAmzContentSHA256Mismatch"})
"""The codes of a store that has compared the bytes with their checksum."""


@dataclass(frozen=True, slots=True)
class Mode:
    """A way to guard the parts of an upload; `told` is its name in a receipt.

    `algorithm` is S3's name of the checksum, None for Content-MD5; `whole` is whether the store keeps one of the whole
    object. Where nothing is `checked` by the store, what was stored is read back.
    """

    told: str
    algorithm: "ChecksumAlgorithmType | None" = None
    whole: bool = False
    checked: bool = True

    def of_part(self, data: bytes, *, damaged: bool = False) -> dict[str, Any]:
        """The guard of a part, as arguments of a request; or a wrong one, to see whether the store compares."""
        seen = data + b"!" if damaged else data
        if self.algorithm is None:
            return {"ContentMD5": base64(md5(seen, usedforsecurity=False).digest())}
        return {f"Checksum{self.algorithm}": base64(_DIGESTS[self.algorithm](seen))}


def of_whole(mode: Mode, parts: Sequence[tuple[Mapping[str, Any], int]]) -> dict[str, Any]:
    """The checksum of a whole object as arguments of the request that ends the upload; none for a mode without one.

    `parts` are the guards of the parts, in their order, and their lengths: no byte is read a second time.
    """
    if not (mode.whole and mode.algorithm):
        return {}
    name, polynomial = f"Checksum{mode.algorithm}", _POLYNOMIALS[mode.algorithm]
    value = polynomial.joined((int.from_bytes(b64decode(guard[name]), "big"), length) for guard, length in parts)
    return {name: base64(value.to_bytes(polynomial.width // 8, "big")), "ChecksumType": "FULL_OBJECT"}


def base64(data: bytes) -> str:
    """Base64 as S3 writes its checksums."""
    return b64encode(data).decode()


def sha256_in_base64(hexadecimal: str) -> str:
    """A SHA-256 as S3 writes it."""
    return base64(bytes.fromhex(hexadecimal))


def _crc64nvme() -> Callable[[bytes, int], int] | None:
    """CRC-64/NVME, where a library is installed that computes it: Python alone would be slower than the network."""
    try:
        library = importlib.import_module("awscrt.checksums")
    except ImportError:
        return None
    computed: Callable[[bytes, int], int] = library.crc64nvme
    return computed


def _crc32() -> Callable[[bytes, int], int]:
    """CRC-32 by the library that uses what processors have for it; zlib's where there is no build of that library."""
    try:
        library = importlib.import_module("isal.isal_zlib")
    except ImportError:
        return zlib.crc32
    computed: Callable[[bytes, int], int] = library.crc32
    return computed


def _crcs() -> "dict[ChecksumAlgorithmType, Callable[[bytes, int], int]]":
    fast = _crc64nvme()
    return {"CRC64NVME": fast, "CRC32": _crc32()} if fast else {"CRC32": _crc32()}


_CRCS = _crcs()
_POLYNOMIALS: "dict[ChecksumAlgorithmType, crc.Polynomial]" = {"CRC64NVME": crc.CRC64NVME, "CRC32": crc.CRC32}


def _crc_digest(algorithm: "ChecksumAlgorithmType") -> Callable[[bytes], bytes]:
    return lambda data: _CRCS[algorithm](data, 0).to_bytes(_POLYNOMIALS[algorithm].width // 8, "big")


_DIGESTS: "dict[ChecksumAlgorithmType, Callable[[bytes], bytes]]" = {
    **{algorithm: _crc_digest(algorithm) for algorithm in _CRCS},
    "SHA256": lambda data: sha256(data).digest(),
}

MD5 = Mode("Content-MD5")
UNCHECKED = Mode(READ_BACK, checked=False)
CHECKSUMS = (
    *(Mode(f"full-object {algorithm}", algorithm, whole=True) for algorithm in _CRCS),
    Mode("composite SHA-256", "SHA256"),
)
"""The kinds that are tried where the store is spoken to with checksums, the best first."""
