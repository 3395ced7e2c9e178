"""An S3 store as a lease needs it: patient where it reads, and writing with requests that are sent once."""

from collections.abc import Iterator
from dataclasses import dataclass

from storage.stores.lease import Leased
from storage.stores.store import Stored


@dataclass(frozen=True, slots=True)
class Leasing:
    """One store by two clients. What `writes` is not tried again again: it might come after the lease is over."""

    reads: Leased
    writes: Leased

    @property
    def url(self) -> str:
        """As Store.url."""
        return self.reads.url

    def put_bytes(self, key: str, data: bytes) -> bool:
        """As Leased.put_bytes."""
        return self.writes.put_bytes(key, data)

    def get(self, key: str) -> Iterator[bytes]:
        """As Store.get."""
        return self.reads.get(key)

    def head(self, key: str) -> Stored | None:
        """As Store.head."""
        return self.reads.head(key)

    def remove(self, key: str) -> str:
        """As Store.remove."""
        return self.writes.remove(key)
