"""Sending one file to S3 in parts: read once, hashed as it is read, in bounded memory.

boto3's own managed transfer is not used. Fed from a stream, it takes more memory and time for the same bytes; and where
awscrt is installed it may choose a client (CRT) that ignores the endpoint and sends the file to AWS, whatever store was
meant.
"""

from base64 import b64encode
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from hashlib import md5
from typing import TYPE_CHECKING

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError

from storage.stores.promised import PromisedFile
from storage.stores.store import Progress

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import (
        CompletedPartTypeDef,
        CreateMultipartUploadRequestTypeDef,
        PutObjectRequestTypeDef,
        UploadPartRequestTypeDef,
    )

PART_BYTES = 16 << 20
BUFFER_BYTES = 128 << 20
"""Memory for the parts of one upload that are being sent or read."""

_MAX_PARTS = 10_000
_MAX_CONCURRENT = 4


def part_bytes(size: int) -> int:
    """The size of the parts of a file: PART_BYTES, or more where there would be too many of them."""
    return max(PART_BYTES, -(-size // _MAX_PARTS))


def concurrent_parts(part: int) -> int:
    """How many parts of a size are sent at a time, while one more is read, within BUFFER_BYTES."""
    return max(1, min(_MAX_CONCURRENT, BUFFER_BYTES // part - 1))


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes on their way to a key. `checksum` is whether their guard is a CRC-32, or else the older Content-MD5."""

    client: "S3Client"
    bucket: str
    key: str
    content_type: str
    sha256: str
    checksum: bool

    def send(self, file: PromisedFile, progress: Progress) -> None:
        """Store the file; if it is not what was promised, its read raises before the object is made visible."""
        part = part_bytes(file.size)
        first = file.read(part)
        if len(first) == part:
            self._send_parts(first, part, file, progress)
            return
        self.client.put_object(**self.request(first))
        progress(len(first))

    def request(self, data: bytes) -> "PutObjectRequestTypeDef":
        """The request that stores these bytes, all there are, in one go."""
        request: PutObjectRequestTypeDef = {
            "Bucket": self.bucket,
            "Key": self.key,
            "Body": data,
            "ContentType": self.content_type,
            "Metadata": {"sha256": self.sha256},
        }
        self._guard(request, data)
        return request

    def _guard(self, request: "PutObjectRequestTypeDef | UploadPartRequestTypeDef", data: bytes) -> None:
        """Have the store compare the bytes that arrive with those that were sent.

        The signature has their SHA-256 too, but not over TLS, and not every store compares it: SeaweedFS does not.
        """
        if self.checksum:
            request["ChecksumAlgorithm"] = "CRC32"
        else:
            request["ContentMD5"] = b64encode(md5(data, usedforsecurity=False).digest()).decode()

    def _send_parts(self, first: bytes, part: int, file: PromisedFile, progress: Progress) -> None:
        upload_id = self._begin()
        try:
            parts = self._all_parts(upload_id, first, part, file, progress)
            self.client.complete_multipart_upload(
                Bucket=self.bucket, Key=self.key, UploadId=upload_id, MultipartUpload={"Parts": parts}
            )
        except BaseException:
            # What went wrong first is what a person must read, also if the store no longer answers.
            with suppress(ClientError, BotoCoreError, Boto3Error):
                self.client.abort_multipart_upload(Bucket=self.bucket, Key=self.key, UploadId=upload_id)
            raise

    def _begin(self) -> str:
        request: CreateMultipartUploadRequestTypeDef = {
            "Bucket": self.bucket,
            "Key": self.key,
            "ContentType": self.content_type,
            "Metadata": {"sha256": self.sha256},
        }
        if self.checksum:
            request["ChecksumAlgorithm"] = "CRC32"
        return self.client.create_multipart_upload(**request)["UploadId"]

    def _all_parts(
        self, upload_id: str, data: bytes, part: int, file: PromisedFile, progress: Progress
    ) -> list["CompletedPartTypeDef"]:
        """Send part after part, a few at a time, and stop at the first that fails."""
        concurrent = concurrent_parts(part)
        sent: list[CompletedPartTypeDef] = []
        going: dict[Future[CompletedPartTypeDef], int] = {}

        def collect(return_when: str) -> None:
            for future in wait(going, return_when=return_when).done:
                size = going.pop(future)
                sent.append(future.result())
                progress(size)

        with ThreadPoolExecutor(concurrent, "s3-part") as pool:
            try:
                while data:
                    number = len(sent) + len(going) + 1
                    going[pool.submit(self._send_part, upload_id, number, data)] = len(data)
                    if len(going) == concurrent:
                        collect(FIRST_COMPLETED)
                    data = file.read(part)
                collect(ALL_COMPLETED)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        return sorted(sent, key=lambda item: item["PartNumber"])

    def _send_part(self, upload_id: str, number: int, data: bytes) -> "CompletedPartTypeDef":
        request: UploadPartRequestTypeDef = {
            "Bucket": self.bucket,
            "Key": self.key,
            "UploadId": upload_id,
            "PartNumber": number,
            "Body": data,
        }
        self._guard(request, data)
        answer = self.client.upload_part(**request)
        part: CompletedPartTypeDef = {"PartNumber": number, "ETag": answer["ETag"]}
        if crc32 := answer.get("ChecksumCRC32"):  # not every store gives back what it was given
            part["ChecksumCRC32"] = crc32
        return part
