"""A store that is a bucket, or a part of one, on anything that speaks S3."""

import hashlib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from assets.catalogue import StoreSettings
from assets.digest import sha256_bytes
from assets.errors import PackageError, StoreError
from storage.stores import lease, s3_copy, s3_known, s3_lending, s3_unfinished, s3_whole
from storage.stores.keys import MAX_KEY_BYTES, clean_key, content_type
from storage.stores.pace import Pace
from storage.stores.promised import PromisedFile, Stream
from storage.stores.s3_ahead import Began, S3Ahead
from storage.stores.s3_client import ONCE, new_client
from storage.stores.s3_conditions import Conditions
from storage.stores.s3_errors import code_of, explained
from storage.stores.s3_handed import S3Place
from storage.stores.s3_leasing import Leasing
from storage.stores.s3_listing import ListVersion, listed
from storage.stores.s3_target import Seen, Target
from storage.stores.s3_upload import PartedUpload, nobody, part_bytes
from storage.stores.store import MAX_LINK_SECONDS, READ_BACK, Progress, Stored, Transfer

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from mypy_boto3_s3 import S3Client

_BLOCK = 8 << 20
_ABSENT = {"404", "NoSuchKey", "NotFound"}


class S3Store:
    """Objects below `prefix` of a bucket. Each keeps its SHA-256, as a checksum or as user metadata `sha256`.

    `checksum` says how bytes are guarded on their way. `when_supported`: with the best of S3's checksums that the store
    is seen to compare (`s3_checksums.py`). `when_required`, for stores that stumble over those: with the older
    Content-MD5 alone, which costs more time. `pace` limits what leaves, `tell` hears what is waited for.
    """

    remarks: tuple[str, ...] = ()

    def __init__(
        self,
        settings: StoreSettings,
        bucket: str,
        prefix: str = "",
        pace: Pace | None = None,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._bucket, self._prefix = bucket, f"{prefix}/" if prefix else ""
        self._settings, self._pace, self._tell = settings, pace, tell
        self._seen = Seen(supported=settings.checksum == "when_supported")
        self.ahead = S3Ahead(self.url, self._upload, None if pace else S3Place(settings, bucket, prefix))
        with explained(self.url):
            self._client = new_client(settings, pace)
        self._conditions = Conditions(self._client, bucket, self._prefix, known=settings.conditional_writes)

    @property
    def url(self) -> str:
        """Where the store is, for a person: bucket and prefix."""
        return f"s3://{self._bucket}/{self._prefix}".rstrip("/")

    @property
    def handle(self) -> "tuple[S3Client, str, str, ListVersion]":
        """Client, bucket, prefix and request for lists, for what is asked of S3 alone and not of every store."""
        return self._client, self._bucket, self._prefix, self._settings.list_version

    @property
    def known_conditions(self) -> bool | None:
        """Whether conditional writes are kept, as far as that is known without a trial; None where nobody said."""
        return self._conditions.known

    def put_file(self, key: str, path: Path | Stream | bytes, sha256: str, progress: Progress) -> Transfer:
        """Store a file's bytes; StoreError, and nothing stored, if they are not those of `sha256`.

        `progress` is called as parts are accepted. A writer that is killed leaves parts that nobody sees, and the next
        one goes on with them. Another deliverer of the same bytes may be faster, and end our upload with his.
        """
        target = self._target(key, sha256)
        with explained(self.url, key):
            with PromisedFile(path, sha256) as file:
                size = file.size
                if size < part_bytes(size):
                    return self._put_small(key, target, file, progress)
            try:
                ahead = self.ahead.finished(key, sha256, progress)
                return ahead or self._upload(key, path, sha256, Began(nobody, progress)).send()
            except ClientError as error:
                if code_of(error) != "NoSuchUpload" or not self.holds(key, size, sha256, path):
                    raise
                return Transfer("sent by another deliverer")

    def put_bytes(self, key: str, data: bytes, *, only_if_absent: bool = False) -> bool:
        """Store a small object; with `only_if_absent` an existing one stays, and False is returned.

        Of several writers one wins: by a conditional write, or under a lease where the store keeps no conditions.
        """
        sha256 = sha256_bytes(data)
        if only_if_absent and self.head(key) is not None:
            return False
        with explained(self.url, key):
            is_leased = only_if_absent and not self._conditions.are_kept()
        if is_leased:
            self.remarks = (lease.REMARK,)
            return lease.put_once(Leasing(self, self._sent_once()), key, data, self._tell)
        target = self._target(key, sha256)
        reading = (lambda: self._read_sha256(key), lambda: self._damaged(key))
        with explained(self.url, key):
            if not only_if_absent:
                s3_whole.put_whole(target, data, *reading)
                return True
            is_ours = s3_whole.put_if_absent(target, data, *reading, lambda: self.head(key) is not None)
        return bool(self.holds(key, len(data), sha256, data)) if is_ours is None else is_ours

    def copy(self, source: str, key: str, size: int, sha256: str) -> Transfer | None:
        """Have the store copy an object of its own; None if it cannot, or the copy is not exactly these bytes."""
        target = self._target(key, sha256)
        try:
            name = self._name(source)
        except StoreError:  # a manifest that somebody wrote may name what cannot be a key
            return None
        with explained(self.url, key):
            if not s3_copy.copy(target, name, size):
                return None
            kept = self.head(key)
            if kept is not None and kept.sha256 == sha256:
                return Transfer(f"copied by the store, {s3_whole.FULL_SHA256}")
            if kept is not None and kept.sha256 is None and self._read_sha256(key) == sha256:
                return Transfer(f"copied by the store, {READ_BACK}")
            target.discard()
        return None

    def get(self, key: str) -> Iterator[bytes]:
        """The bytes of an object, streamed. Raises StoreError if there is none."""
        with explained(self.url, key):
            body = self._client.get_object(Bucket=self._bucket, Key=self._name(key))["Body"]
        return self._blocks(key, body)

    def head(self, key: str) -> Stored | None:
        """The object at a key, or None."""
        found = self._asked(key)
        if found is None:
            return None
        return Stored(self._name(key).removeprefix(self._prefix), found["ContentLength"], self._made_sha256(found))

    def holds(self, key: str, size: int, sha256: str, source: Path | Stream | bytes | None = None) -> str:
        """What vouches for it that exactly these bytes are stored at the key; empty if they are not.

        A SHA-256 or an ETag of the store's own (`s3_known.py`); else the object is read. Metadata can only deny it.
        """
        found = self._asked(key)
        if found is None or found["ContentLength"] != size:
            return ""
        if made := self._made_sha256(found):
            return s3_whole.FULL_SHA256 if made == sha256 else ""
        if s3_known.said_sha256(found) not in {None, sha256}:
            return ""
        if isinstance(source, Path | bytes) and s3_known.has_etag_of(found["ETag"], source, sha256):
            return s3_known.SAME_ETAG
        return READ_BACK if self._read_sha256(key) == sha256 else ""

    def list(self, prefix: str = "") -> Iterator[Stored]:
        """The objects whose keys begin with `prefix`, sorted by key."""
        # Not every store lists in the order of S3: SeaweedFS goes folder by folder.
        yield from sorted(self._found(prefix), key=lambda item: item.key)

    def remove(self, key: str) -> str:
        """Remove an object with its versions; what an object lock keeps is said."""
        with explained(self.url, key):
            return s3_lending.remove(self._client, self._bucket, self._name(key))

    def give_up(self, prefix: str) -> str:
        """Give up unfinished uploads below a prefix; what is said if there may be some that cannot be."""
        with explained(self.url, prefix):
            start = self._prefix + unicodedata.normalize("NFC", prefix)
            return s3_unfinished.give_up_all(self._client, self._bucket, start)

    def link(self, key: str, seconds: int) -> str:
        """A presigned address that holds for so many seconds."""
        with explained(self.url, key):
            return s3_lending.presigned(self._client, self._bucket, self._name(key), min(seconds, MAX_LINK_SECONDS))

    def _found(self, prefix: str) -> Iterator[Stored]:
        start = self._prefix + unicodedata.normalize("NFC", prefix)
        with explained(self.url, prefix):
            for item in listed(self._client, self._bucket, start, self._settings.list_version):
                if not item["Key"].endswith("/"):  # a folder that another tool has drawn, not an object
                    yield Stored(item["Key"].removeprefix(self._prefix), item["Size"])

    def _asked(self, key: str) -> dict[str, Any] | None:
        """What the store says of an object, with the checksums that it keeps; None if there is none."""
        asking: dict[str, Any] = {"ChecksumMode": "ENABLED"} if self._seen.supported else {}
        with explained(self.url, key):
            try:
                return {**self._client.head_object(Bucket=self._bucket, Key=self._name(key), **asking)}
            except ClientError as error:
                if code_of(error) in _ABSENT:
                    return None
                raise

    def _made_sha256(self, found: Mapping[str, Any]) -> str | None:
        """The SHA-256 of an object, if the store has made it and is seen to refuse a wrong one."""
        made = s3_known.made_sha256(found)
        return made if made and self._seen.compares_sha256(self._client, self._bucket, self._prefix) else None

    def _put_small(self, key: str, target: Target, file: PromisedFile, progress: Progress) -> Transfer:
        data = file.read()
        told = s3_whole.put_whole(target, data, lambda: self._read_sha256(key), lambda: self._damaged(key))
        progress(len(data))
        return Transfer(told)

    def _upload(self, key: str, path: Path | Stream | bytes, sha256: str, told: Began) -> PartedUpload:
        target, reading = self._target(key, sha256), lambda: self._read_sha256(key)
        return PartedUpload(target, path, told.progress, reading, lambda: self._damaged(key), told.began)

    def _target(self, key: str, sha256: str) -> Target:
        return Target(self._client, self._bucket, self._name(key), content_type(key), sha256, self._seen)

    def _damaged(self, key: str) -> StoreError:
        return StoreError(f"{self.url}: {key}: the bytes were damaged on their way or in the store; deliver again")

    def _sent_once(self) -> "S3Store":
        """This store by a client that tries nothing again."""
        other = copy(self)
        other._client = new_client(self._settings, self._pace, ONCE)  # noqa: SLF001 -- of this class
        return other

    def _name(self, key: str) -> str:
        """The key as the bucket has it, with the prefix."""
        name = self._prefix + clean_key(key, self.url)
        if len(name.encode()) > MAX_KEY_BYTES:
            raise PackageError(f"{self.url}: {key}: the key is too long; at most {MAX_KEY_BYTES} bytes with prefix")
        return name

    def _read_sha256(self, key: str) -> str:
        found = hashlib.sha256()
        for block in self.get(key):
            found.update(block)
        return found.hexdigest()

    def _blocks(self, key: str, body: "StreamingBody") -> Iterator[bytes]:
        with explained(self.url, key), body:
            while block := body.read(_BLOCK):
                yield block
