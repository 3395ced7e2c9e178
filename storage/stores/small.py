"""Objects that are small by what they are, such as manifests and receipts, in stores that somebody else writes into."""

from assets.errors import PackageError
from storage.stores.store import Store

MAX_BYTES = 64 << 20
"""The longest object that is read into memory: a manifest of some 300,000 files."""


class TooLargeError(PackageError):
    """What lies where a small object should is not small."""


def read(store: Store, key: str) -> bytes:
    """All bytes of an object. Raises StoreError if there is none, TooLargeError as soon as it is too long."""
    data = bytearray()
    for block in store.get(key):
        data += block
        if len(data) > MAX_BYTES:
            raise TooLargeError(f"{store.url}: {key}: has more than {MAX_BYTES} bytes; nothing of the tool's own has")
    return bytes(data)
