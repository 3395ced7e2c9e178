"""Large files whose parts go to S3 before anybody may see them: an upload without its last request is no object.

A thread stages a file, which takes as long as its bytes do. Whoever stores the same bytes at the same key then, by
`S3Store.put_file`, takes the upload over, waits for its end and completes it; whoever may not, has it given up. The
bytes were hashed as they left: a file that is changed while it is staged is given up by the read that meets its end,
and one that is changed later has left as it was.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from storage.stores.s3_errors import explained
from storage.stores.s3_handed import S3Place, SentParts, sent_parts, taken
from storage.stores.s3_upload import CannotGoOnError, PartedUpload, StagedParts, part_bytes
from storage.stores.store import Progress, StagingStoppedError, ToStage, Transfer


class Began(NamedTuple):
    """Who hears of an upload: of its id, and of its bytes."""

    began: Callable[[str], None]
    progress: Progress


MakeUpload = Callable[[str, Path | bytes, str, Began], PartedUpload]
"""Makes the upload of a file with a SHA-256 to a key."""


class S3Ahead:
    """What of a store is staged, by key; `place` is how another process may open it."""

    def __init__(self, url: str, make: MakeUpload, place: S3Place | None = None) -> None:
        self.place = place
        self._url = url
        self._make = make
        self._lock = threading.Lock()
        self._going: dict[str, _Going] = {}

    def takes(self, size: int) -> bool:
        """Whether a file of so many bytes goes in parts."""
        return size >= part_bytes(size)

    def stage(self, key: str, file: ToStage, wanted: Callable[[], bool], progress: Progress) -> None:
        """Send the parts of a file, if it is wanted still. Raises StoreError."""
        going = _Going(file.sha256, progress)
        with self._lock:  # what is stored to or given up from now on is found, what was before is not wanted
            if key in self._going or not wanted():
                return
            self._going[key] = going
        with explained(self._url, key):
            going.send(lambda: self._make(key, file.path, file.sha256, Began(going.begin, going.tell)))

    def unstage(self, key: str) -> int:
        """Give up what nobody has taken over; the bytes that went for nothing. Raises StoreError."""
        going = self._taken(key)
        with explained(self._url, key):
            return going.give_up() if going is not None else 0

    def hand_over(self, key: str) -> SentParts | None:
        """What another process needs to make the object of what was staged here; None if it is not all there."""
        going = self._taken(key)
        return None if going is None or going.parts is None else sent_parts(key, going.parts)

    def take(self, sent: SentParts) -> None:
        """What another process has staged counts as staged here."""
        going = _Going(sent.sha256, lambda _count: None)
        upload = self._make(sent.key, b"", sent.sha256, Began(going.begin, going.tell))
        going.take(sent, upload)
        with self._lock:
            self._going[sent.key] = going

    def finished(self, key: str, sha256: str, progress: Progress) -> Transfer | None:
        """Make the object of what was staged, once it is all there; None if there is nothing of use.

        Raises botocore's errors, as any upload does.
        """
        going = self._taken(key)
        if going is None:
            return None
        if going.sha256 != sha256:
            going.give_up()
            return None
        return going.finish(progress)

    def _taken(self, key: str) -> "_Going | None":
        with self._lock:
            return self._going.pop(key, None)


class _Going:
    """A file on its way, between the thread that sends it and whoever takes it over."""

    def __init__(self, sha256: str, progress: Progress) -> None:
        self.sha256 = sha256
        self._progress = progress
        self._count = 0
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._ended = threading.Event()
        self._upload: PartedUpload | None = None
        self._upload_id = ""
        self._parts: StagedParts | None = None

    @property
    def parts(self) -> StagedParts | None:
        """The parts, once they are all there."""
        return self._parts

    def begin(self, upload_id: str) -> None:
        """The parts go to this upload."""
        self._upload_id = upload_id

    def take(self, sent: SentParts, upload: PartedUpload) -> None:
        """All parts are there: another process has sent them."""
        self._upload, self._upload_id = upload, sent.upload_id
        self._parts, self._count = taken(upload, sent), sent.size
        self._ended.set()

    def tell(self, count: int) -> None:
        """So many bytes are there. Raises StagingStoppedError if nobody wants the next ones."""
        if self._stopped.is_set():
            raise StagingStoppedError("stopped")
        with self._lock:
            self._count += count
            self._progress(count)

    def send(self, make: Callable[[], PartedUpload]) -> None:
        """Send all parts; an upload that fails is left as it is, for whoever stores the file."""
        try:
            self._upload = make()
            with suppress(StagingStoppedError):
                self._parts = self._upload.staged()
        finally:
            self._ended.set()

    def finish(self, progress: Progress) -> Transfer | None:
        """Wait for the parts and make the object; `progress` hears of all bytes. None if they have to go again."""
        with self._lock:
            self._progress = progress
            progress(self._count)
        try:
            self._ended.wait()
        except BaseException:  # somebody wants to stop: what is there stays for the next run
            self._stopped.set()
            raise
        if self._parts is not None:
            with suppress(CannotGoOnError):
                return self._parts.finish()
        progress(-self._count)
        return None

    def give_up(self) -> int:
        """Stop, and have the store forget it; the bytes that went for nothing."""
        self._stopped.set()
        self._ended.wait()
        if self._upload is not None and self._upload_id:
            self._upload.target.abort(self._upload_id)
        return self._count
