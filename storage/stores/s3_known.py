"""What is known of an object's bytes without reading them in the store.

User metadata says nothing of bytes: whoever may write to a bucket can give any object ours. What counts is what the
store has made of the bytes by itself: their SHA-256, where it was seen to refuse a wrong one; or an ETag that is the
MD5 of these bytes, or of the MD5s of their parts, which takes the file that the object should be.
"""

from base64 import b64decode
from collections.abc import Mapping
from contextlib import suppress
from hashlib import md5
from pathlib import Path
from typing import Any

from storage.stores import s3_copy, s3_upload
from storage.stores.promised import PromisedFile

SAME_ETAG = "ETag of the same bytes"
_BLOCK = 8 << 20
_SHA256_DIGITS = 64


def made_sha256(found: Mapping[str, Any]) -> str | None:
    """The SHA-256 of a whole object that its store says it has made; None for an object of parts, or of no checksum."""
    checksum = found.get("ChecksumSHA256", "")
    if checksum and "-" not in checksum and "-" not in found.get("ETag", ""):
        with suppress(ValueError):
            return b64decode(checksum, validate=True).hex()
    return None


def said_sha256(found: Mapping[str, Any]) -> str | None:
    """The SHA-256 that user metadata says. Some stores give the names of metadata back in capitals."""
    said = {name.lower(): value for name, value in found["Metadata"].items()}.get("sha256", "")
    return said.lower() if len(said) == _SHA256_DIGITS else None


def has_etag_of(etag: str, source: Path | bytes, sha256: str) -> bool:
    """Whether an ETag is that of the bytes of a source, in one piece or in parts as we send or copy them.

    The source is read, unless no parts of ours give so many. Raises StoreError if it has other bytes than promised.
    """
    digits, _, count = etag.strip('"').partition("-")
    with PromisedFile(source, sha256) as file:
        sizes = {s3_upload.part_bytes(file.size), s3_copy.part_bytes(file.size)} if count else {max(1, file.size)}
        sizes = {size for size in sizes if not count or str(-(-file.size // size)) == count}
        made = _etags(file, sizes, whole=not count) if sizes else set()
    return digits in made


def _etags(file: PromisedFile, sizes: set[int], *, whole: bool) -> set[str]:
    """The MD5 of a file, or that of the MD5s of its parts for each size of parts."""
    running = {size: _Parts(size) for size in sizes}
    while block := file.read(_BLOCK):
        for parts in running.values():
            parts.update(block)
    return {parts.digits(whole=whole) for parts in running.values()}


class _Parts:
    """The MD5s of the parts of one size that bytes fall into."""

    def __init__(self, size: int) -> None:
        self._size, self._left = size, size
        self._part = md5(usedforsecurity=False)
        self._done: list[bytes] = []

    def update(self, block: bytes) -> None:
        """Go on with the next bytes."""
        view = memoryview(block)
        while view:
            if not self._left:
                self._done.append(self._part.digest())
                self._part, self._left = md5(usedforsecurity=False), self._size
            piece, view = view[: self._left], view[self._left :]
            self._part.update(piece)
            self._left -= len(piece)

    def digits(self, *, whole: bool) -> str:
        """The hexadecimal digits of an ETag: of one piece, or of parts."""
        if whole:
            return self._part.hexdigest()
        return md5(b"".join([*self._done, self._part.digest()]), usedforsecurity=False).hexdigest()
