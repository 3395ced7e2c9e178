"""A key of a bucket that bytes go to, and what has been seen of how the store checks them."""

import secrets
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import md5, sha256
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from storage.stores.s3_checksums import CHECKSUMS, MD5, REFUSED, UNCHECKED, Mode, base64
from storage.stores.s3_errors import code_of, status_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CreateMultipartUploadRequestTypeDef

_NOT_IMPLEMENTED = 501
_UNKNOWN = {"400", "InvalidArgument", "InvalidRequest", "NotImplemented", "MalformedXML", "UnsupportedArgument"}


class Seen:
    """What a run has seen of a store; every store is asked anew in every run, for it may have another version by then.

    `supported` is whether the settings allow S3's newer checksums at all.
    """

    def __init__(self, *, supported: bool) -> None:
        self.supported = supported
        self.sha256 = supported
        self._modes = (*(CHECKSUMS if supported else ()), MD5, UNCHECKED)
        self._lock = threading.Lock()
        self._compares_sha256: bool | None = None

    @property
    def modes(self) -> tuple[Mode, ...]:
        """The ways to guard an upload in parts that may be tried, the best first; one, as soon as one has been seen."""
        with self._lock:
            return self._modes

    def settle(self, mode: Mode) -> None:
        """This one works."""
        with self._lock:
            self._modes = (mode,)

    def refuses_sha256(self) -> None:
        """The store does not take a SHA-256 beside the bytes."""
        self.sha256 = False

    def compares_sha256(self, client: "S3Client", bucket: str, prefix: str) -> bool:
        """Whether the store refuses a wrong SHA-256, so that one it tells is right: tried once, below `prefix`."""
        with self._lock:
            if self._compares_sha256 is None:
                self._compares_sha256 = _refuses_a_wrong_sha256(client, bucket, prefix)
            return self._compares_sha256


@dataclass(frozen=True, slots=True)
class Target:
    """Where bytes go: an object that keeps their SHA-256 as user metadata `sha256`."""

    client: "S3Client"
    bucket: str
    key: str
    content_type: str
    sha256: str
    seen: Seen = field(repr=False)

    def create(self, mode: Mode) -> str | None:
        """Begin an upload in parts; None if the store does not take this kind of checksum.

        Where the store checks nothing, the object says nothing of its SHA-256 either: it has to be read.
        """
        request: CreateMultipartUploadRequestTypeDef = {
            "Bucket": self.bucket,
            "Key": self.key,
            "ContentType": self.content_type,
            "Metadata": {"sha256": self.sha256} if mode.checked else {},
        }
        if mode.algorithm:
            request["ChecksumAlgorithm"] = mode.algorithm
            request["ChecksumType"] = "FULL_OBJECT" if mode.whole else "COMPOSITE"
        try:
            return self.client.create_multipart_upload(**request)["UploadId"]
        except ClientError as error:
            if mode.algorithm and is_not_understood(error):
                return None
            raise

    def begin(self) -> tuple[str, Mode]:
        """Begin an upload in parts with the best checksum that the store is seen to compare.

        An upload that has kept the part of the trial is not gone on with: there are stores that hand parts on as they
        come, and take none of a number twice.
        """
        modes = self.seen.modes
        for mode in modes:
            upload_id = self.create(mode)
            if upload_id is None:
                continue
            is_tried = len(modes) > 1 and mode.checked
            if not is_tried or self.compares(upload_id, mode, 1):
                self.seen.settle(mode)
                if mode.algorithm or not is_tried:
                    return upload_id, mode
                self.abort(upload_id)
                return self.begin()
            self.abort(upload_id)
        raise AssertionError("the last mode asks nothing of a store")

    def compares_apart(self, mode: Mode) -> bool:
        """As `compares`, in an upload that serves nothing else."""
        upload_id = self.create(mode)
        if upload_id is None:
            return False
        try:
            return self.compares(upload_id, mode, 1)
        finally:
            self.abort(upload_id)

    def compares(self, upload_id: str, mode: Mode, number: int) -> bool:
        """Whether the store notices a wrong checksum of a part, or says which bytes it got.

        The part is one byte; the end of the upload does not name it, or another one has taken its place by then.
        """
        if not mode.checked:
            return True
        try:
            answer = self.client.upload_part(
                Bucket=self.bucket,
                Key=self.key,
                UploadId=upload_id,
                PartNumber=number,
                Body=b"\0",
                **mode.of_part(b"\0", damaged=mode.algorithm is not None),
            )
        except ClientError as error:
            if code_of(error) in REFUSED and mode.algorithm:
                return True
            if is_not_understood(error) and mode.algorithm:
                return False
            raise
        return mode.algorithm is None and is_md5(answer["ETag"], b"\0")

    def abort(self, upload_id: str) -> None:
        """Give an upload up. That it cannot be is no reason to fail: a rule of the bucket removes what is left."""
        with suppress(ClientError):
            self.client.abort_multipart_upload(Bucket=self.bucket, Key=self.key, UploadId=upload_id)

    def discard(self) -> None:
        """Take away an object that is not what it should be, or at least what it says of itself."""
        try:
            self.client.delete_object(Bucket=self.bucket, Key=self.key)
        except ClientError:  # whoever may only write can make it empty
            self.client.put_object(Bucket=self.bucket, Key=self.key, Body=b"")


def _refuses_a_wrong_sha256(client: "S3Client", bucket: str, prefix: str) -> bool:
    """False also where we may not write: bytes are read then, which is never wrong."""
    name = f"{prefix}_probe-{secrets.token_hex(8)}"
    wrong = base64(sha256(b"").digest())
    try:
        client.put_object(Bucket=bucket, Key=name, Body=b"\0", ChecksumSHA256=wrong)
    except ClientError as error:
        return code_of(error) in REFUSED
    with suppress(ClientError):
        client.delete_object(Bucket=bucket, Key=name)
    return False


def is_not_understood(error: ClientError) -> bool:
    """Whether a store refuses what it does not know, and not who asks for it."""
    return status_of(error) == _NOT_IMPLEMENTED or code_of(error) in _UNKNOWN


def is_md5(etag: str | None, data: bytes) -> bool:
    """Whether a store says by an ETag that it got exactly these bytes. Where it encrypts, an ETag is something else."""
    return (etag or "").strip('"') == md5(data, usedforsecurity=False).hexdigest()
