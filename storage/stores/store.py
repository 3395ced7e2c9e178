"""The protocol every store keeps, and what it promises."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from assets.errors import StoreError
from storage.stores.promised import Stream

if TYPE_CHECKING:
    from storage.stores.s3_handed import S3Place, SentParts

MAX_LINK_SECONDS = 7 * 24 * 60 * 60
"""The longest that a link holds: seven days, as long as S3 lets a signature hold."""

KEEPS = "the store keeps "
"""How a note of `Store.remove` begins that says that bytes stay."""

READ_BACK = "read back"
"""What vouches for bytes that were read in the store and hashed."""

Progress = Callable[[int], None]
"""Called with the number of bytes that went since the last call; never by two threads of a store at once."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An object that is whole and in the store. `sha256` is None where only reading it would tell."""

    key: str
    size: int
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """How an object came into a store.

    `integrity` is what vouches for its bytes there, `resumed` the bytes that an earlier run had sent and that did not
    go again, `remark` what the store could not do.
    """

    integrity: str
    resumed: int = 0
    remark: str = ""


class StagingStoppedError(StoreError):
    """Nobody wants the bytes any more that were on their way."""


class Store(Protocol):
    """Objects by key. A key is a relative path with `/`, in NFC. Every method raises StoreError and nothing else.

    An object is either absent or whole: no reader ever sees a part of one, whenever the writer is killed. All methods
    may be called by several threads.
    """

    @property
    def url(self) -> str:
        """Where the store is, for a person; never with credentials."""

    @property
    def remarks(self) -> Sequence[str]:
        """What the store could not do in this run, and what was done instead; a receipt says it."""

    def put_file(self, key: str, path: Path | Stream | bytes, sha256: str, progress: Progress) -> Transfer:
        """Store the bytes of a file, of an object in another store, or of memory, streamed in bounded memory.

        The bytes are hashed as they leave; if they are not those of `sha256` nothing is stored and StoreError is
        raised. An object that is already there is replaced. After any other failure, what the store has taken of a
        large file stays where nobody sees it, and is not sent again.
        """

    def put_bytes(self, key: str, data: bytes, *, only_if_absent: bool = False) -> bool:
        """Store a small object; with `only_if_absent` an existing one stays, and False is returned.

        Of several writers that come at once with `only_if_absent` one wins.
        """

    def copy(self, source: str, key: str, size: int, sha256: str) -> Transfer | None:
        """Have the store copy an object that should be exactly these bytes, without their passing here.

        None, if the store cannot, or what lies at `source` is something else: then nothing that counts is at the key.
        """

    def get(self, key: str) -> Iterator[bytes]:
        """The bytes of an object, streamed. Raises StoreError if there is none."""

    def head(self, key: str) -> Stored | None:
        """The object at a key, or None."""

    def holds(self, key: str, size: int, sha256: str, source: Path | Stream | bytes | None = None) -> str:
        """What vouches for it that exactly these bytes are stored at the key; empty if they are not.

        What a store has made of the bytes by itself is compared, if need be with what the `source` has that they came
        from; else the object is read. Raises StoreError also for a source that has other bytes by now.
        """

    def list(self, prefix: str = "") -> Iterator[Stored]:
        """The objects whose keys begin with `prefix`, sorted by key; `sha256` is None."""

    def remove(self, key: str) -> str:
        """Remove an object; one that is not there is removed already. What the store keeps of it all the same is said.

        What was delivered stays: only what is lent (screeners), or lives for a moment, is removed.
        """

    def give_up(self, prefix: str) -> str:
        """Forget what was begun below a prefix, never completed, and is seen by nobody; what cannot be is said."""

    def link(self, key: str, seconds: int) -> str | None:
        """An address that opens the object to whoever has it for so many seconds, at most `MAX_LINK_SECONDS`.

        None if the store has no such links. It is a secret: it is told to one person and kept nowhere.
        """


@dataclass(frozen=True, slots=True)
class ToStage:
    """A file that may be sent ahead, and the SHA-256 that its bytes are promised to have."""

    path: Path
    sha256: str


class Ahead(Protocol):
    """What a store takes of large files before anybody may see them; `Store.put_file` of the same bytes takes it over.

    Nothing is stored by it. All methods may be called by several threads.
    """

    place: "S3Place | None"
    """How another process opens the store, to stage there; None if it must not: one process keeps a pace."""

    def takes(self, size: int) -> bool:
        """Whether a file of so many bytes can be staged."""

    def stage(self, key: str, file: ToStage, wanted: Callable[[], bool], progress: Progress) -> None:
        """Send the bytes of a file, unseen; it returns when they are there, or have been given up.

        Nothing is begun that is not `wanted` any more: who stores to a key, or gives it up, says so before. What has
        begun ends as soon as `progress` raises StagingStoppedError. Raises StoreError, and then what is there stays,
        for whoever stores the file.
        """

    def unstage(self, key: str) -> int:
        """Give up what no `put_file` has taken over, and stop it if it is on its way; the bytes that were there.

        Raises StoreError if the store cannot be told.
        """

    def hand_over(self, key: str) -> "SentParts | None":
        """What was staged, for another process that may make an object of it; None if it is not all there."""

    def take(self, sent: "SentParts") -> None:
        """What another process has staged is from now on as if it had been staged here."""


@runtime_checkable
class TakesAhead(Protocol):
    """A store to which files can be sent before they may be seen."""

    ahead: Ahead
