"""Files that are away are lent to workers: each by a link to its object, or by its place if the store is a folder.

A link opens one object, for reading, as long as one measurement may take. Whoever asks again gets another one: that of
a role or a session ends with its credentials, which may be before the film does.
"""

from functools import lru_cache
from urllib.parse import urlsplit

from assets.catalogue import Catalogue
from assets.distant.link import Link, Place
from assets.errors import StoreError
from assets.title import Away
from storage.stores.diagnosis import endpoint
from storage.stores.folder import FolderStore
from storage.stores.objects import store_and_key
from storage.stores.opening import open_store
from storage.stores.store import Store

_OPEN_STORES = 8


class Lending:
    """Where the files of a catalogue's titles are read that are away; an `assets.measuring.Sources`."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._seconds = catalogue.config.measure_timeout_seconds
        self._store = lru_cache(_OPEN_STORES)(lambda name: open_store(name, catalogue))

    def __call__(self, away: Away) -> Link | Place:
        """Where the bytes of a reference are read. Raises UsageError for what is no store, StoreError."""
        name, key = store_and_key(away.url, self._catalogue)
        store = self._store(name)
        if isinstance(store, FolderStore):
            return Place(store.place(key), away.url, away.size, away.sha256)
        url = store.link(key, self._seconds)
        if url is None or not _is_of(url, store):
            raise StoreError(f"{away.url}: its store gives no links to what it holds")
        return Link(url, away.url, away.size, away.sha256)


def _is_of(url: str, store: Store) -> bool:
    """Whether a link leads to the host that a store is spoken to at, or to the name of a bucket there."""
    host, own = (urlsplit(address).hostname or "" for address in (url, endpoint(store) or ""))
    return bool(own) and (host == own or host.endswith(f".{own}"))
