"""Sending an object to S3 in one request, and seeing that it came as it was sent."""

import time
from collections.abc import Callable, Mapping
from hashlib import md5
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from assets.errors import StoreError
from storage.stores.s3_body import body_of
from storage.stores.s3_checksums import MD5, base64, sha256_in_base64
from storage.stores.s3_errors import code_of, status_of
from storage.stores.s3_target import Target, is_md5, is_not_understood
from storage.stores.store import READ_BACK

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import PutObjectRequestTypeDef

FULL_SHA256 = "full-object SHA-256"
_NOT_IMPLEMENTED = 501
_CONFLICTS = {"ConditionalRequestConflict", "409"}
_CONFLICT_WAITS_SECONDS = (0.25, 0.5, 1.0, 2.0, 4.0)


def put_whole(target: Target, data: bytes, read_back: Callable[[], str], damaged: Callable[[], StoreError]) -> str:
    """Store these bytes; what vouches for them there. Raises what `damaged` makes if other bytes arrived.

    They go with their SHA-256 and their Content-MD5, which a store that keeps to S3 compares; the ETag tells that it
    did, and where it is not their MD5 they are read back.
    """
    return _seen(target, data, _put(target, data), read_back, damaged)


def put_if_absent(
    target: Target,
    data: bytes,
    read_back: Callable[[], str],
    damaged: Callable[[], StoreError],
    is_there: Callable[[], bool],
) -> bool | None:
    """Store these bytes if nothing is at the key; whether they were. None where only a look at the key can tell.

    Where another writer is at the key, it is tried again for some seconds, as S3 asks for; `is_there` says whether he
    has stored something. Raises ClientError if he has not ended by then.
    """
    waits = iter(_CONFLICT_WAITS_SECONDS)
    while True:
        try:
            return _put_if_absent(target, data, read_back, damaged)
        except ClientError as error:
            if code_of(error) not in _CONFLICTS:
                raise
            if is_there():
                return _lost(error)
            if (seconds := next(waits, None)) is None:
                raise
        time.sleep(seconds)


def _lost(error: ClientError) -> bool | None:
    """False, or None if a try whose answer was lost may have stored what now stands in the way."""
    return None if error.response["ResponseMetadata"].get("RetryAttempts") else False


def _put_if_absent(
    target: Target, data: bytes, read_back: Callable[[], str], damaged: Callable[[], StoreError]
) -> bool | None:
    try:
        answer = _put(target, data, only_if_absent=True)
    except ClientError as error:
        code, status = code_of(error), status_of(error)
        if code in {"PreconditionFailed", "412"}:
            return _lost(error)
        if code != "NotImplemented" and status != _NOT_IMPLEMENTED:
            raise
        answer = _put(target, data)
    _seen(target, data, answer, read_back, damaged)
    return True


def _put(target: Target, data: bytes, *, only_if_absent: bool = False) -> Mapping[str, Any]:
    request: PutObjectRequestTypeDef = {
        "Bucket": target.bucket,
        "Key": target.key,
        "Body": body_of(data),
        "ContentType": target.content_type,
        "Metadata": {"sha256": target.sha256},
        "ContentMD5": base64(md5(data, usedforsecurity=False).digest()),
    }
    if only_if_absent:
        request["IfNoneMatch"] = "*"
    if target.seen.sha256:
        guarded: PutObjectRequestTypeDef = {**request, "ChecksumSHA256": sha256_in_base64(target.sha256)}
        try:
            return target.client.put_object(**guarded)
        except ClientError as error:
            if not is_not_understood(error):
                raise
            target.seen.refuses_sha256()
    return target.client.put_object(**request)


def _seen(
    target: Target,
    data: bytes,
    answer: Mapping[str, Any],
    read_back: Callable[[], str],
    damaged: Callable[[], StoreError],
) -> str:
    """What is seen to vouch for the bytes that were stored."""
    if is_md5(answer.get("ETag"), data):
        told = answer.get("ChecksumSHA256") == sha256_in_base64(target.sha256)
        return FULL_SHA256 if told else MD5.told
    if read_back() != target.sha256:
        target.discard()
        raise damaged()
    return READ_BACK
