"""Lending an object of S3 to somebody: a link that ends by itself, and taking the object back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from assets.errors import StoreError
from assets.rights import utc
from storage.stores.s3_errors import code_of
from storage.stores.store import KEEPS

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_UNKNOWN = {"501", "NotImplemented", "405", "MethodNotAllowed", "AccessDenied", "403", "InvalidArgument", "400"}
"""How stores answer that keep no versions, or do not show them."""

_FORBIDDEN = {"AccessDenied", "403", "MethodNotAllowed", "405", "InvalidRequest", "ObjectLocked"}
"""How stores answer who may not remove a version, now and when it is asked again."""


def presigned(client: "S3Client", bucket: str, name: str, seconds: int) -> str:
    """An address that gets an object without credentials, for so many seconds from now. It asks nothing of the store.

    Raises StoreError if the client did not sign it with version 4: older signatures are not held to seven days.
    """
    client.meta.events.register_last("before-endpoint-resolution.s3", _in_its_region(client), "releaseprint-region")
    url = client.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": name}, ExpiresIn=seconds)
    if "X-Amz-Algorithm=AWS4-HMAC-SHA256" not in url:
        raise StoreError(f"s3://{bucket}/{name}: the link was not signed with version 4; it is not given away")
    return url


def _in_its_region(client: "S3Client") -> Callable[..., None]:
    """Have a link name the host of the bucket's region, as all requests do.

    botocore would name the host of all regions, which sends a new bucket's readers elsewhere, where the signature does
    not hold, and does not know the regions that were opened since 2019.
    """

    def set_region(builtins: dict[str, Any], **_: object) -> None:
        if builtins.get("AWS::Region") == "aws-global" and client.meta.region_name:
            builtins["AWS::Region"] = client.meta.region_name

    return set_region


def remove(client: "S3Client", bucket: str, name: str) -> str:
    """Remove an object with all of its versions; what a lock keeps is said, and nothing is bypassed.

    The plain removal comes first: from then on no link opens anything, since a link names no version. Markers of
    removal stay, for without them a version that is locked would be the object again. What fails for another reason
    than a lock or a permission is raised, for it can be done later.
    """
    client.delete_object(Bucket=bucket, Key=name)
    try:
        pages = client.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=name)
        versions = [item["VersionId"] for page in pages for item in page.get("Versions", []) if item["Key"] == name]
    except ClientError as error:
        if code_of(error) not in _UNKNOWN:
            raise
        return "whether the store keeps older versions is not known; no link opens them"
    kept: list[str] = []
    for version in versions:
        try:
            client.delete_object(Bucket=bucket, Key=name, VersionId=version)
        except ClientError as error:
            lock = _lock(client, bucket, name, version)
            if not lock and code_of(error) not in _FORBIDDEN:
                raise
            kept.append(lock or f"may not be removed ({code_of(error)})")
    told = ", ".join(dict.fromkeys(kept))
    return f"{KEEPS}{len(kept)} version(s): {told}; no link opens them" if kept else ""


def _lock(client: "S3Client", bucket: str, name: str, version: str) -> str:
    """What keeps a version: a legal hold, a retention with its end, or both; empty if neither is known."""
    try:
        found: dict[str, Any] = {**client.head_object(Bucket=bucket, Key=name, VersionId=version)}
    except ClientError:
        return ""
    kept = ["legal hold"] if found.get("ObjectLockLegalHoldStatus") == "ON" else []
    if "ObjectLockMode" in found and "ObjectLockRetainUntilDate" in found:
        kept.append(f"{found['ObjectLockMode']} retention until {utc(found['ObjectLockRetainUntilDate'])}")
    return " and ".join(kept)
