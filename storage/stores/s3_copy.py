"""An object is copied by the store itself, and trusted only when the copy is seen to be the right bytes.

What lies at the source may have been changed by somebody who left its metadata as it was. So the copy gets none of it:
its bytes are known by a SHA-256 that the store keeps or makes of the whole object, or they are read once.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from storage.stores.s3_checksums import UNCHECKED
from storage.stores.s3_target import Target

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef, CopyObjectRequestTypeDef

MAX_WHOLE_BYTES = 5 << 30
"""The largest object that S3 copies in one request."""

PART_BYTES = 512 << 20
_MAX_PARTS = 10_000
_CONCURRENT = 4


def part_bytes(size: int) -> int:
    """The size of the parts that an object is copied in."""
    return max(PART_BYTES, -(-size // _MAX_PARTS))


def copy(target: Target, source: str, size: int) -> bool:
    """Copy an object of the same bucket, if it has that size and nobody changes it meanwhile; whether it was copied.

    Any refusal is a no: the bytes can still be sent.
    """
    try:
        found = target.client.head_object(Bucket=target.bucket, Key=source)
        if found["ContentLength"] != size:
            return False
        if size > MAX_WHOLE_BYTES:
            _copy_parts(target, source, size, found["ETag"])
        else:
            _copy_whole(target, source, found["ETag"])
    except ClientError:
        return False
    return True


def _copy_whole(target: Target, source: str, etag: str) -> None:
    request: CopyObjectRequestTypeDef = {
        "Bucket": target.bucket,
        "Key": target.key,
        "CopySource": {"Bucket": target.bucket, "Key": source},
        "CopySourceIfMatch": etag,
        "MetadataDirective": "REPLACE",
        "Metadata": {},
        "ContentType": target.content_type,
    }
    if target.seen.supported:
        request["ChecksumAlgorithm"] = "SHA256"
    target.client.copy_object(**request)


def _copy_parts(target: Target, source: str, size: int, etag: str) -> None:
    part = part_bytes(size)
    upload_id = target.create(UNCHECKED)
    if upload_id is None:
        return

    def copy_part(number: int) -> "CompletedPartTypeDef":
        first = (number - 1) * part
        answer = target.client.upload_part_copy(
            Bucket=target.bucket,
            Key=target.key,
            UploadId=upload_id,
            PartNumber=number,
            CopySource={"Bucket": target.bucket, "Key": source},
            CopySourceIfMatch=etag,
            CopySourceRange=f"bytes={first}-{min(first + part, size) - 1}",
        )
        return {"PartNumber": number, "ETag": answer["CopyPartResult"]["ETag"]}

    try:
        with ThreadPoolExecutor(_CONCURRENT, "s3-copy") as pool:
            parts = list(pool.map(copy_part, range(1, -(-size // part) + 1)))
        target.client.complete_multipart_upload(
            Bucket=target.bucket, Key=target.key, UploadId=upload_id, MultipartUpload={"Parts": parts}
        )
    except ClientError:
        target.abort(upload_id)
        raise
