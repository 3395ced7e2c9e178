"""Sending one file to S3 in parts: read once, hashed as it is read, in bounded memory, and gone on with if interrupted.

boto3's own managed transfer is not used. Fed from a stream, it takes more memory and time for the same bytes; and where
awscrt is installed it may choose a client (CRT) that ignores the endpoint and sends the file to AWS, whatever store was
meant.

An upload that fails is left as it is, whatever the cause: the next run finds it and goes on. Only one whose bytes were
not those that were promised is given up.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from assets.errors import StoreError
from storage.stores.promised import BrokenPromiseError, PromisedFile, Stream
from storage.stores.s3_body import body_of
from storage.stores.s3_checksums import of_whole
from storage.stores.s3_errors import code_of
from storage.stores.s3_target import Target, is_md5
from storage.stores.s3_unfinished import MAX_PARTS, Opened, give_up_others, opened
from storage.stores.store import Progress, Transfer

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

PART_BYTES = 16 << 20
BUFFER_BYTES = 128 << 20
"""Memory for the parts of one upload that are being sent or read."""

_MAX_CONCURRENT = 4
_CANNOT_GO_ON = {
    *("NoSuchUpload", "InvalidPart", "InvalidPartOrder", "InvalidRequest", "BadDigest", "InvalidArgument"),
    "NotImplemented",  # a part that is there cannot be sent anew
}
"""What a store says of an upload that was begun in another way than we thought, or that somebody has ended."""


def part_bytes(size: int) -> int:
    """The size of the parts of a file: PART_BYTES, or more where there would be too many of them."""
    return max(PART_BYTES, -(-size // MAX_PARTS))


def concurrent_parts(part: int) -> int:
    """How many parts of a size are sent at a time, while one more is read, within BUFFER_BYTES."""
    return max(1, min(_MAX_CONCURRENT, BUFFER_BYTES // part - 1))


class CannotGoOnError(Exception):
    """An unfinished upload turned out not to be of use; the file has to be sent from its start."""


def nobody(_upload_id: str) -> None:
    """Who need not know which upload it is."""


@dataclass(frozen=True, slots=True)
class PartedUpload:
    """A file of at least one part on its way. `damaged` makes the error that says that the store has other bytes.

    `began` hears of the upload that the parts go to, as soon as there is one.
    """

    target: Target
    source: Path | Stream | bytes
    progress: Progress
    read_back: Callable[[], str]
    damaged: Callable[[], StoreError]
    began: Callable[[str], None] = nobody

    def send(self) -> Transfer:
        """Store the file; if it is not what was promised, its read raises before the object is made visible."""
        try:
            return self.staged().finish()
        except CannotGoOnError:
            return self._parts(resume=False).finish()

    def staged(self) -> "StagedParts":
        """All parts in the store, where nobody sees them; the bytes have been those that were promised."""
        try:
            return self._parts(resume=True)
        except CannotGoOnError:
            return self._parts(resume=False)

    def _parts(self, *, resume: bool) -> "StagedParts":
        with PromisedFile(self.source, self.target.sha256) as file:
            part = part_bytes(file.size)
            upload = opened(self.target, file.size, part, resume=resume)
            self.began(upload.upload_id)
            sending = SendingParts(self.target, upload, file, part, self.progress)
            with sending.ending():
                sending.send_parts()
        return StagedParts(self, sending)


@dataclass(frozen=True, slots=True)
class StagedParts:
    """An upload whose parts are all there. It lacks the one request that makes an object of them."""

    of: PartedUpload
    sending: "SendingParts"

    def finish(self) -> Transfer:
        """Make the object, and see that it is what was sent."""
        upload = self.sending.upload
        with self.sending.ending():
            answer = self.sending.complete()
        self._verify(upload, answer)
        give_up_others(self.of.target, upload.older)
        return Transfer(upload.mode.told, self.sending.resumed, upload.remark)

    def _verify(self, upload: Opened, answer: dict[str, Any]) -> None:
        """See that the object is what was sent; an upload that others may have begun must say of it what we do."""
        target = self.of.target
        for name, value in self.sending.whole.items():
            if answer.get(name, value) != value:
                target.discard()
                raise self.of.damaged()
        if not upload.mode.checked and self.of.read_back() != target.sha256:
            target.discard()
            raise self.of.damaged()
        if upload.parts and upload.mode.checked and self._kept() != target.sha256:
            self.sending.forget()
            raise CannotGoOnError

    def _kept(self) -> str:
        target = self.of.target
        found = target.client.head_object(Bucket=target.bucket, Key=target.key)
        return {name.lower(): value for name, value in found["Metadata"].items()}.get("sha256", "")


@dataclass(slots=True)
class SendingParts:
    """The parts of one file on their way; `done` has their lengths. `told` counts what `progress` has heard of."""

    target: Target
    upload: Opened
    file: PromisedFile
    part: int
    progress: Progress
    done: "list[tuple[CompletedPartTypeDef, int]]" = field(init=False, default_factory=list)
    going: "dict[Future[CompletedPartTypeDef], int]" = field(init=False, default_factory=dict)
    whole: dict[str, Any] = field(init=False, default_factory=dict)
    resumed: int = field(init=False, default=0)
    told: int = field(init=False, default=0)

    @contextmanager
    def ending(self) -> Iterator[None]:
        """Give the upload up if it cannot come to a good end: CannotGoOnError if another one may."""
        try:
            yield
        except BrokenPromiseError:
            self.target.abort(self.upload.upload_id)
            raise
        except ClientError as error:
            if not self.upload.parts or code_of(error) not in _CANNOT_GO_ON:
                raise
            self.target.abort(self.upload.upload_id)
            self.forget()
            raise CannotGoOnError from error

    def forget(self) -> None:
        """Take back what was told of the bytes: they go again."""
        self.progress(-self.told)
        self.told = 0

    def send_parts(self) -> None:
        """Send part after part that is not there, a few at a time, and stop at the first that fails."""
        concurrent = concurrent_parts(self.part)
        with ThreadPoolExecutor(concurrent, "s3-part") as pool:
            try:
                number = 0
                while data := self.file.read(self.part):
                    number += 1
                    if not self._is_there(number, data):
                        self.going[pool.submit(self._send_part, number, data)] = len(data)
                    if len(self.going) == concurrent:
                        self._collect(FIRST_COMPLETED)
                self._collect(ALL_COMPLETED)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def complete(self) -> dict[str, Any]:
        """Make the object visible; the store's answer."""
        done = sorted(self.done, key=lambda item: item[0]["PartNumber"])
        self.whole = of_whole(self.upload.mode, [({**part}, size) for part, size in done])
        answer = self.target.client.complete_multipart_upload(
            Bucket=self.target.bucket,
            Key=self.target.key,
            UploadId=self.upload.upload_id,
            MultipartUpload={"Parts": [part for part, _ in done]},
            **self.whole,
        )
        return {**answer}

    def _is_there(self, number: int, data: bytes) -> bool:
        part = self.upload.has(number, data)
        if part is None:
            return False
        self.done.append((self._named(number, part["ETag"], self.upload.mode.of_part(data)), len(data)))
        self.resumed += len(data)
        self._tell(len(data))
        return True

    def _collect(self, return_when: str) -> None:
        for future in wait(self.going, return_when=return_when).done:
            size = self.going.pop(future)
            self.done.append((future.result(), size))
            self._tell(size)

    def _tell(self, count: int) -> None:
        self.told += count
        self.progress(count)

    def _send_part(self, number: int, data: bytes) -> "CompletedPartTypeDef":
        mode = self.upload.mode
        guard = mode.of_part(data)
        answer = self.target.client.upload_part(
            Bucket=self.target.bucket,
            Key=self.target.key,
            UploadId=self.upload.upload_id,
            PartNumber=number,
            Body=body_of(data),
            **guard,
        )
        if mode.checked and mode.algorithm is None and not is_md5(answer["ETag"], data):
            raise StoreError(f"{self.target.key}: part {number} is not in the store as it was sent; deliver again")
        return self._named(number, answer["ETag"], guard)

    def _named(self, number: int, etag: str, guard: dict[str, Any]) -> "CompletedPartTypeDef":
        """A part as the end of the upload names it, with the checksum that guarded it."""
        part: CompletedPartTypeDef = {"PartNumber": number, "ETag": etag}
        return {**part, **guard} if self.upload.mode.algorithm else part  # type: ignore[typeddict-item]
