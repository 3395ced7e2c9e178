"""Screeners in a store: a marked copy goes in, links are made, and it is taken out again.

The order, and why a kill between any two steps is harmless:

 1. the grant is recorded, with the digest of the copy that was made;
 2. the copy is stored below the folder of the grant, at a key that nobody can guess;
 3. it is recorded as stored; only then is a link made. A grant that was killed before has no link, `list` says that
    nothing was stored, and `revoke` takes away what arrived.

To take it back:

 1. the revocation is recorded: from now on no further link is made;
 2. everything in the folder of the grant is removed, which ends all links at once;
 3. that is recorded. What a kill leaves is said by `list`, and the same command again finishes it.

Where the copy lies is not recorded beyond its folder: the rest of the key is found by listing, by whoever may list the
store. A folder of a grant that no record knows, as after a record was put back to an older state, is found so as well.
"""

import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assets.errors import StoreError
from assets.screeners.model import Grant
from storage.stores.store import MAX_LINK_SECONDS, Progress, Store, Stored

_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of a grant, or of all grants of a title, in a store; `key` has no slash at its end."""

    store: Store
    key: str

    def objects(self) -> list[Stored]:
        """What lies there."""
        return list(self.store.list(f"{self.key}/"))


@dataclass(frozen=True, slots=True)
class Link:
    """How a copy is opened: by an address that is a secret, or, in a store that has no links, by its key there.

    `ends` is when the address ends, None where nothing ends by itself.
    """

    address: str
    ends: datetime | None


def put(place: Place, path: Path, name: str, sha256: str, progress: Progress) -> None:
    """Store a copy in the folder of its grant; `name` is what somebody who saves it sees. Raises StoreError."""
    place.store.put_file(f"{place.key}/{secrets.token_urlsafe(_TOKEN_BYTES)}/{name}", path, sha256, progress)


def link(place: Place, grant: Grant, seconds: int, ends: datetime) -> Link:
    """A link to the copy of a grant, for so many seconds. Raises StoreError if the copy is not there as it was made."""
    for item in place.objects():
        if place.store.holds(item.key, grant.copy.size, grant.copy.sha256):
            address = place.store.link(item.key, seconds)
            if address is None:
                return Link(f"{place.store.url}/{item.key}", None)
            return Link(address, ends)
    raise StoreError(f"{place.store.url}: the copy of grant {grant.id} is not there; revoke it and grant anew")


def link_seconds(at: datetime, until: datetime) -> int:
    """How long a link may hold that is made at an instant: until the grant ends, and no longer than links can."""
    return max(0, min(int((until - at).total_seconds()), MAX_LINK_SECONDS))


def remove(place: Place) -> str:
    """Take everything out of a folder; what the store says of it. Raises StoreError if something stays."""
    notes = [place.store.remove(item.key) for item in place.objects()]
    if left := place.objects():
        raise StoreError(f"{place.store.url}: {left[0].key}: is still there after it was removed; see who may write it")
    return "; ".join(dict.fromkeys(note for note in notes if note))


def unrecorded(place: Place, known: Collection[str]) -> Iterator[str]:
    """The ids of folders below that of a title which no record knows; `place` is the folder of all its grants."""
    start = len(place.key) + 1
    found = dict.fromkeys(item.key[start:].partition("/")[0] for item in place.objects())
    yield from (name for name in found if name not in known)
