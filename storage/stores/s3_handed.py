"""Parts that another process has sent: what it hands over, so that this one can make the object of them.

They lie in an unfinished upload, which nobody sees. Whoever sent them has hashed the file as it left, and says how each
part was guarded; the store compares that with what it has when the upload is completed, and whoever completes it sees
by the object's own SHA-256 that the upload was begun for these bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from assets.catalogue import StoreSettings
from assets.digest import sha256_bytes
from storage.stores.promised import PromisedFile
from storage.stores.s3_checksums import Mode
from storage.stores.s3_unfinished import Opened
from storage.stores.s3_upload import PartedUpload, SendingParts, StagedParts, part_bytes
from storage.stores.store import Store

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef, PartTypeDef


@dataclass(frozen=True, slots=True)
class S3Place:
    """How another process opens the same store, with the credentials of its own environment: nothing here is secret."""

    settings: StoreSettings
    bucket: str
    prefix: str

    def open(self) -> Store:
        """The store. Raises StoreError, UsageError."""
        from storage.stores.opening import reopened

        return reopened(self)


@dataclass(frozen=True, slots=True)
class SentParts:
    """An upload that has all parts of a file, and what its completion needs to know.

    `parts` are those of S3, each with its length in bytes; `resumed` counts the bytes that an earlier run had sent.
    """

    key: str
    sha256: str
    upload_id: str
    mode: Mode
    parts: tuple[tuple[Mapping[str, Any], int], ...]
    older: tuple[str, ...] = ()
    remark: str = ""
    resumed: int = 0

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return sum(length for _, length in self.parts)


def sent_parts(key: str, staged: StagedParts) -> SentParts:
    """What of an upload goes to another process."""
    sending, upload = staged.sending, staged.sending.upload
    parts = tuple(({**part}, length) for part, length in sending.done)
    sha256 = staged.of.target.sha256
    return SentParts(key, sha256, upload.upload_id, upload.mode, parts, upload.older, upload.remark, sending.resumed)


def taken(upload: PartedUpload, sent: SentParts) -> StagedParts:
    """What another process has sent, as if it had been sent here: its upload is one that somebody else has begun."""
    known = {part["PartNumber"]: cast("PartTypeDef", {**part, "Size": length}) for part, length in sent.parts}
    opened = Opened(sent.upload_id, sent.mode, known, sent.older, sent.remark)
    nothing = PromisedFile(b"", sha256_bytes(b""))  # all that is to be read has been read
    sending = SendingParts(upload.target, opened, nothing, part_bytes(sent.size), upload.progress)
    sending.done = [(cast("CompletedPartTypeDef", {**part}), length) for part, length in sent.parts]
    sending.resumed = sent.resumed
    return StagedParts(upload, sending)
