"""The objects of a bucket, page by page, by either of the two requests that S3 has for it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from assets.errors import StoreError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectTypeDef, PaginatorConfigTypeDef

ListVersion = Literal[1, 2]

MAX_PAGE = 1000
"""As many objects as S3 lists in one answer."""


def listed(
    client: "S3Client", bucket: str, prefix: str, version: ListVersion, page_size: int = MAX_PAGE
) -> "Iterator[ObjectTypeDef]":
    """Every object whose key begins with `prefix`, as the store orders them; `version` 1 is the older request.

    Raises ClientError, and StoreError where the store answers the newer request as if it were the older one: what comes
    after its first page could not be seen.
    """
    sized: PaginatorConfigTypeDef = {"PageSize": page_size}
    if version == 1:
        older = client.get_paginator("list_objects").paginate(Bucket=bucket, Prefix=prefix, PaginationConfig=sized)
        for page in older:
            yield from page.get("Contents", [])
        return
    newer = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix, PaginationConfig=sized)
    for each in newer:
        if each.get("IsTruncated") and not each.get("NextContinuationToken"):
            raise StoreError(
                f"s3://{bucket}/{prefix}: the list is cut and cannot be gone on with; set list_version = 1"
            )
        yield from each.get("Contents", [])
