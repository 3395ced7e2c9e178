"""Server-side encryption: the store is asked for it with every object that comes into being.

Keys of ours never leave: SSE-C, where the client sends one with each request, is not used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_CREATING = ("PutObject", "CreateMultipartUpload", "CopyObject")
_KMS = "aws:kms"


def ask_for(client: "S3Client", encryption: str) -> None:
    """Have everything that the client stores be encrypted: `AES256`, `aws:kms`, or `aws:kms:` and a key's id."""
    asked = {"ServerSideEncryption": encryption}
    if encryption.startswith(f"{_KMS}:"):
        asked = {"ServerSideEncryption": _KMS, "SSEKMSKeyId": encryption.removeprefix(f"{_KMS}:")}

    def add(params: dict[str, Any], **_: object) -> None:
        params.update(asked)

    for operation in _CREATING:
        client.meta.events.register(f"provide-client-params.s3.{operation}", add)
