"""Whether a store keeps the condition of a write: known of its provider, or tried once in a run."""

import secrets
import threading
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from botocore.exceptions import ClientError

from storage.stores.s3_errors import code_of, status_of

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_KEPT = {"PreconditionFailed", "412", "ConditionalRequestConflict"}
_NOT_UNDERSTOOD = {"NotImplemented", "InvalidArgument", "InvalidRequest", "400"}
_NOT_IMPLEMENTED = 501


class Conditions:
    """What is known of a bucket's conditional writes; `known` is None where it has to be tried.

    The trial stores an empty object twice, below `prefix` and under a name that nobody else has, and removes it.
    """

    def __init__(self, client: "S3Client", bucket: str, prefix: str, *, known: bool | None) -> None:
        self._client, self._bucket, self._prefix = client, bucket, prefix
        self._known = True if known is None and _is_amazon(client.meta.endpoint_url) else known
        self._lock = threading.Lock()

    @property
    def known(self) -> bool | None:
        """Whether they are kept, as far as that is known without a trial; None where nobody said."""
        return self._known

    def are_kept(self) -> bool:
        """Whether an object that is to be stored only if there is none never replaces one. Raises ClientError."""
        with self._lock:
            if self._known is None:
                self._known = self._tried()
            return self._known

    def _tried(self) -> bool:
        name = f"{self._prefix}_probe-{secrets.token_hex(8)}"
        try:
            for _ in range(2):
                self._client.put_object(Bucket=self._bucket, Key=name, Body=b"", IfNoneMatch="*")
        except ClientError as error:
            if code_of(error) in _KEPT:
                return True
            if code_of(error) in _NOT_UNDERSTOOD or status_of(error) == _NOT_IMPLEMENTED:
                return False
            raise
        finally:
            with suppress(ClientError):
                self._client.delete_object(Bucket=self._bucket, Key=name)
        return False


def _is_amazon(endpoint: str) -> bool:
    host = urlsplit(endpoint).hostname or ""
    return host.endswith((".amazonaws.com", ".amazonaws.com.cn"))
