"""A store that is a bucket, or a part of one, on anything that speaks S3."""

import hashlib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from assets.catalogue import StoreSettings
from assets.digest import sha256_bytes
from assets.errors import StoreError
from storage.stores.keys import MAX_KEY_BYTES, clean_key, content_type
from storage.stores.promised import PromisedFile, Stream
from storage.stores.s3_errors import code_of, explained
from storage.stores.s3_upload import Upload
from storage.stores.store import Progress, Stored

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import PutObjectRequestTypeDef

_BLOCK = 8 << 20
_ABSENT = {"404", "NoSuchKey", "NotFound"}
_SHA256_DIGITS = 64


class S3Store:
    """Objects below `prefix` of a bucket. Each keeps its SHA-256 as user metadata `sha256`.

    `checksum` says how bytes are guarded on their way. `when_supported`: a CRC-32 with every request, over TLS as a
    trailer of a chunked body. `when_required`, for stores that refuse that (Ceph RGW 16 over TLS is one): the older
    Content-MD5, which costs more time. Either way a store that keeps to S3 refuses a part that was damaged.
    """

    def __init__(self, settings: StoreSettings, bucket: str, prefix: str = "") -> None:
        self._bucket = bucket
        self._prefix = f"{prefix}/" if prefix else ""
        self._checksum = settings.checksum == "when_supported"
        with explained(self.url):
            self._client = _client(settings)

    @property
    def url(self) -> str:
        """Where the store is, for a person: bucket and prefix."""
        return f"s3://{self._bucket}/{self._prefix}".rstrip("/")

    def put_file(self, key: str, path: Path | Stream, sha256: str, progress: Progress) -> None:
        """Store a file's bytes; StoreError, and nothing stored, if they are not those of `sha256`.

        `progress` is called as parts are accepted. A writer that is killed leaves parts that nobody sees; a lifecycle
        rule of the bucket removes them.
        """
        upload = self._upload(key, sha256)
        with explained(self.url, key), PromisedFile(path, sha256) as file:
            upload.send(file, progress)

    def put_bytes(self, key: str, data: bytes, *, only_if_absent: bool = False) -> bool:
        """Store a small object; with `only_if_absent` an existing one stays, and False is returned.

        Of several writers one wins. On a store that does not know conditional writes it is looked up first, and two
        that come in the same instant may both believe they did.
        """
        if only_if_absent and self.head(key) is not None:
            return False
        request = self._upload(key, sha256_bytes(data)).request(data)
        with explained(self.url, key):
            if only_if_absent:
                return self._put_if_absent(key, request)
            self._client.put_object(**request)
        return True

    def get(self, key: str) -> Iterator[bytes]:
        """The bytes of an object, streamed. Raises StoreError if there is none."""
        with explained(self.url, key):
            body = self._client.get_object(Bucket=self._bucket, Key=self._name(key))["Body"]
        return self._blocks(key, body)

    def head(self, key: str) -> Stored | None:
        """The object at a key, or None."""
        name = self._name(key)
        with explained(self.url, key):
            try:
                found = self._client.head_object(Bucket=self._bucket, Key=name)
            except ClientError as error:
                if code_of(error) in _ABSENT:
                    return None
                raise
        sha256 = _kept_sha256(found["Metadata"])
        return Stored(name.removeprefix(self._prefix), found["ContentLength"], sha256)

    def holds(self, key: str, size: int, sha256: str) -> bool:
        """Whether exactly these bytes are stored at the key.

        By size and the SHA-256 the object keeps; one that was stored by other means is read.
        """
        found = self.head(key)
        if found is None or found.size != size:
            return False
        return (found.sha256 or self._read_sha256(key)) == sha256

    def list(self, prefix: str = "") -> Iterator[Stored]:
        """The objects whose keys begin with `prefix`, sorted by key."""
        # Not every store lists in the order of S3: SeaweedFS goes folder by folder.
        yield from sorted(self._found(prefix), key=lambda item: item.key)

    def _found(self, prefix: str) -> Iterator[Stored]:
        start = self._prefix + unicodedata.normalize("NFC", prefix)
        with explained(self.url, prefix):
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=start):
                for item in page.get("Contents", []):
                    if not item["Key"].endswith("/"):  # a folder that another tool has drawn, not an object
                        yield Stored(item["Key"].removeprefix(self._prefix), item["Size"])

    def _upload(self, key: str, sha256: str) -> Upload:
        return Upload(self._client, self._bucket, self._name(key), content_type(key), sha256, self._checksum)

    def _name(self, key: str) -> str:
        """The key as the bucket has it, with the prefix."""
        name = self._prefix + clean_key(key, self.url)
        if len(name.encode()) > MAX_KEY_BYTES:
            raise StoreError(f"{self.url}: {key}: the key is too long; at most {MAX_KEY_BYTES} bytes, prefix included")
        return name

    def _put_if_absent(self, key: str, request: "PutObjectRequestTypeDef") -> bool:
        conditional: PutObjectRequestTypeDef = {**request, "IfNoneMatch": "*"}
        try:
            self._client.put_object(**conditional)
        except ClientError as error:
            code, status = code_of(error), error.response["ResponseMetadata"]["HTTPStatusCode"]
            if code in {"PreconditionFailed", "412"}:
                return self._stored_on_lost_try(key, request, error)
            if code == "ConditionalRequestConflict" and self.head(key) is not None:
                return False
            if code != "NotImplemented" and status != 501:  # noqa: PLR2004 -- Not Implemented
                raise
            self._client.put_object(**request)
        return True

    def _stored_on_lost_try(self, key: str, request: "PutObjectRequestTypeDef", error: ClientError) -> bool:
        """Whether the object that stood in the way is our own, stored by a try whose answer was lost."""
        if not error.response["ResponseMetadata"].get("RetryAttempts"):
            return False
        found = self.head(key)
        return found is not None and found.sha256 == request.get("Metadata", {})["sha256"]

    def _read_sha256(self, key: str) -> str:
        found = hashlib.sha256()
        for block in self.get(key):
            found.update(block)
        return found.hexdigest()

    def _blocks(self, key: str, body: "StreamingBody") -> Iterator[bytes]:
        with explained(self.url, key), body:
            while block := body.read(_BLOCK):
                yield block


def _kept_sha256(metadata: dict[str, str]) -> str | None:
    """The SHA-256 an object keeps; some stores give the names of user metadata back in capitals."""
    kept = {name.lower(): value for name, value in metadata.items()}.get("sha256", "")
    return kept.lower() if len(kept) == _SHA256_DIGITS else None


def _client(settings: StoreSettings) -> "S3Client":
    """A client for a store. Credentials come from the environment, the profile or the machine, never from settings."""
    session = boto3.session.Session(profile_name=settings.profile, region_name=settings.region)
    return session.client(
        "s3",
        endpoint_url=settings.endpoint,
        config=Config(
            request_checksum_calculation=settings.checksum,
            response_checksum_validation=settings.checksum,
            s3={"addressing_style": "path" if settings.path_style else "auto"},
            retries={"mode": "standard", "total_max_attempts": 5},
            connect_timeout=10,
            read_timeout=120,
        ),
    )
