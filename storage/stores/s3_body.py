"""The bodies of requests, so that the bytes of a file pass through the client as seldom as can be.

boto3 makes a file of every body. It then asks the store by `Expect: 100-continue` whether the body may come, which is
one more round trip, and sends it 16 KiB at a time. So small bodies stay bytes, which go in one piece behind the
headers; large ones hand out larger blocks. A block has to leave before its connection counts as dead, after 10 s when
it is new: so it cannot be as large as one likes.
"""

import io
from typing import TYPE_CHECKING

from botocore import handlers

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_BLOCK = 256 << 10
_SENDING = ("PutObject", "UploadPart")


class _Body(io.BytesIO):
    """Bytes as a file that hands out blocks of at least `_BLOCK`, whatever it is asked for."""

    def read(self, size: int | None = -1, /) -> bytes:
        """As a file's; more than `size` where that is little: who sends a body sends all of it anyway."""
        return super().read(size if size is None or size < 0 else max(size, _BLOCK))


def body_of(data: bytes) -> bytes | io.BytesIO:
    """Bytes as the body of a request."""
    return data if len(data) <= _BLOCK else _Body(data)


def leave_bodies_alone(client: "S3Client") -> None:
    """Have the client send bodies as they are given to it."""
    for operation in _SENDING:
        client.meta.events.unregister(
            f"before-parameter-build.s3.{operation}", handlers.convert_body_to_file_like_object
        )
