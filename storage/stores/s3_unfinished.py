"""Uploads that were begun and never completed: the one that can be gone on with, and those that nobody needs.

Nothing is kept here about them. The store knows which parts it has, and what they are is seen while the file is read: a
part whose bytes are there already does not go again.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import md5
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from storage.stores.s3_checksums import Mode
from storage.stores.s3_errors import code_of
from storage.stores.s3_target import Target

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import MultipartUploadTypeDef, PartTypeDef

_STRONG = ("CRC64NVME", "SHA256")
"""Checksums that alone tell whether a part is the same: of a CRC-32, one in four thousand million is by chance."""

MAX_PARTS = 10_000
_NONE = {"NoSuchUpload"}
"""How rclone lists the uploads of a bucket that has none."""

NOT_LISTED = "the store does not list unfinished uploads: a large file is sent from its start after an interruption"


@dataclass(frozen=True, slots=True)
class Opened:
    """An upload that parts can be sent to, those that are there, and older uploads of the same key, by their ids."""

    upload_id: str
    mode: Mode
    parts: "Mapping[int, PartTypeDef]" = field(default_factory=dict)
    older: tuple[str, ...] = ()
    remark: str = ""

    def has(self, number: int, data: bytes) -> "PartTypeDef | None":
        """The part of a number, if its bytes are these."""
        part = self.parts.get(number)
        if part is None or part.get("Size") != len(data):
            return None
        if part.get("ETag", "").strip('"') == md5(data, usedforsecurity=False).hexdigest():
            return part
        known: dict[str, Any] = {**part}
        strong = self.mode.algorithm in _STRONG and known.get(f"Checksum{self.mode.algorithm}")
        return part if strong and self.mode.of_part(data) == {f"Checksum{self.mode.algorithm}": strong} else None


@dataclass(frozen=True, slots=True)
class _Found:
    upload_id: str
    begun: datetime
    modes: tuple[Mode, ...]
    parts: "Mapping[int, PartTypeDef]"


def opened(target: Target, size: int, part: int, *, resume: bool) -> Opened:
    """The upload to send a file of `size` bytes with, in parts of `part`: one that was begun, or a new one.

    Of several that were begun the one that has most is taken. Two deliverers of the same bytes may take the same one.
    """
    try:
        found = [_looked_at(target, item, size, part) for item in _listed(target)]
        remark = ""
    except ClientError:
        found, remark = [], NOT_LISTED
    if resume:
        for each in sorted(found, key=lambda one: len(one.parts), reverse=True):
            mode = _usable(target, each, -(-size // part))
            if mode is not None:
                older = tuple(one.upload_id for one in found if one is not each and one.begun <= each.begun)
                return Opened(each.upload_id, mode, each.parts, older, remark)
    upload_id, mode = target.begin()
    return Opened(upload_id, mode, {}, tuple(one.upload_id for one in found), remark)


def give_up_others(target: Target, older: tuple[str, ...]) -> None:
    """Once an object is there: give up older uploads of its key, and those that have no part.

    Of these the beginning was answered and the answer lost, so that nobody knows of them; whoever does, and has sent
    nothing yet, finds the object instead.
    """
    for upload_id in older:
        target.abort(upload_id)
    with suppress(ClientError):
        for item in _listed(target):
            if not any(_pages_of_parts(target, item["UploadId"])):
                target.abort(item["UploadId"])


def give_up_all(client: "S3Client", bucket: str, prefix: str) -> str:
    """Give up every unfinished upload of a key that begins with `prefix`; what is said if that cannot be done."""
    try:
        pages = client.get_paginator("list_multipart_uploads").paginate(Bucket=bucket, Prefix=prefix)
        for item in [item for page in pages for item in page.get("Uploads", []) if item["Key"].startswith(prefix)]:
            client.abort_multipart_upload(Bucket=bucket, Key=item["Key"], UploadId=item["UploadId"])
    except ClientError as error:
        if code_of(error) in _NONE:
            return ""
        return (
            f"the store does not list unfinished uploads ({code_of(error)}): some may lie there, which nobody can read"
        )
    return ""


def _pages_of_parts(target: Target, upload_id: str) -> "Iterator[list[PartTypeDef]]":
    pages = target.client.get_paginator("list_parts").paginate(Bucket=target.bucket, Key=target.key, UploadId=upload_id)
    return (page.get("Parts", []) for page in pages)


def _listed(target: Target) -> "list[MultipartUploadTypeDef]":
    pages = target.client.get_paginator("list_multipart_uploads").paginate(Bucket=target.bucket, Prefix=target.key)
    try:
        return [item for page in pages for item in page.get("Uploads", []) if item["Key"] == target.key]
    except ClientError as error:
        if code_of(error) in _NONE:
            return []
        raise


def _looked_at(target: Target, item: "MultipartUploadTypeDef", size: int, part: int) -> _Found:
    """An upload with those of its parts that have the length which theirs should have."""
    count = -(-size // part)
    parts = {each["PartNumber"]: each for page in _pages_of_parts(target, item["UploadId"]) for each in page}
    last = size - (count - 1) * part
    fitting = {number: each for number, each in parts.items() if each["Size"] == (last if number == count else part)}
    return _Found(item["UploadId"], item["Initiated"], _modes_of(target, item), fitting)


def _modes_of(target: Target, item: "MultipartUploadTypeDef") -> tuple[Mode, ...]:
    """How an upload may be guarded: as the store says, or, where it does not say, in any way not yet ruled out."""
    algorithm, whole = item.get("ChecksumAlgorithm"), item.get("ChecksumType") == "FULL_OBJECT"
    modes = target.seen.modes
    return tuple(mode for mode in modes if algorithm is None or (mode.algorithm, mode.whole) == (algorithm, whole))


def _usable(target: Target, found: _Found, count: int) -> Mode | None:
    """The mode in which an upload can be gone on with, or None."""
    if not found.parts or not found.modes:
        return None
    if len(target.seen.modes) == 1:
        return found.modes[0]
    if count == MAX_PARTS:  # there is no number left to try
        return None
    for mode in found.modes:
        compares = target.compares(found.upload_id, mode, count + 1) if mode.algorithm else target.compares_apart(mode)
        if compares:
            target.seen.settle(mode)
            return mode
    return None
