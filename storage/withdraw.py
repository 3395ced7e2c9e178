"""A package is taken down: its manifest first, so that it no longer exists, then its files.

The order, and why a kill between any two steps is harmless:

 1. the manifest is kept among the records, byte for byte: what was delivered can be proved for ever;
 2. a record says that the withdrawal has begun: from now on the same command finishes it, whatever stops it;
 3. the manifest is removed: the package does not exist any more;
 4. its files are removed, and the checksum file, and uploads that were never completed. Each is asked for by its name,
    whether or not it is listed: a list may lag, and a kill may have left older versions of what is listed no more.
    Nothing else that lies there is touched, and what is left is told;
 5. a record says that it is withdrawn.

Every package has copies of its own below its own prefix, so that nothing of another package is ever touched. Object
locks and legal holds are respected: nothing is bypassed, and what the store keeps is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from assets.digest import sha256_bytes
from assets.errors import StoreError
from storage import embargo, receipts, records
from storage.manifests import own
from storage.manifests.own import Manifest
from storage.receipts import Account, State
from storage.records import Record, Subject, What
from storage.stores import small
from storage.stores.store import Store


@dataclass(frozen=True, slots=True)
class Said:
    """Who takes a package down, when, why; `closes` keeps `deliver` from its window from then on."""

    who: str
    at: datetime
    why: str
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Doomed:
    """A package that can be taken down: one that stands, one that is held back, or one whose withdrawal has begun."""

    subject: Subject
    manifest: Manifest
    data: bytes
    state: str


def of_account(store: Store, account: Account) -> Doomed | None:
    """What can be taken down of an account; None if there is nothing of it. Raises StoreError."""
    key = account.prefix + own.NAME
    if not account.stands:
        if account.state is not State.WITHDRAWING:
            return None
        key = records.kept_key(account.events[-1].subject)
    return _doomed(store, account.prefix, key, str(account.state))


def held(store: Store, below: str = "") -> Iterator[Doomed]:
    """The packages that are held back and do not stand. Raises StoreError."""
    for item in embargo.held(store, below):
        if store.head(item.prefix + own.NAME) is None:
            yield _doomed(store, item.prefix, item.manifest_key, "held")


def _doomed(store: Store, prefix: str, key: str, state: str) -> Doomed:
    data = small.read(store, key)
    manifest = own.read(data, key)
    return Doomed(Subject(manifest.package, prefix, sha256_bytes(data)), manifest, data, state)


def withdraw(store: Store, doomed: Doomed, said: Said) -> Record:
    """Take a package down; the record of it. Raises StoreError, also if somebody delivers it at the same time."""
    subject, prefix = doomed.subject, doomed.subject.prefix
    at = receipts.after(receipts.accounts(store, prefix)[0], said.at)
    begun = Record(What.WITHDRAWING, subject, at, said.who, said.why, closes=said.closes)
    if doomed.state != State.WITHDRAWING:
        store.put_bytes(records.kept_key(subject), doomed.data, only_if_absent=True)
        records.write(store, begun)
    notes = [store.remove(prefix + own.NAME), *embargo.forget(store, prefix)]
    lying = {found.key: found.size for found in store.list(prefix)}
    keys = [prefix + entry.key for entry in doomed.manifest.entries] + [prefix + own.SUMS_NAME]
    there = [key for key in keys if key in lying]
    notes += [*(store.remove(key) for key in keys), store.give_up(prefix)]
    found = [item.key for item in store.list(prefix) if store.head(item.key) is not None]
    left = [key.removeprefix(prefix) for key in found]
    if store.head(prefix + own.NAME) is not None:
        raise StoreError(f"{store.url}: {prefix}: was delivered again while it was withdrawn; withdraw it once more")
    if stays := sorted(set(found).intersection(keys)):
        raise StoreError(f"{store.url}: {stays[0]}: is still there after it was removed; see who may remove it")
    done = replace(
        begun,
        what=What.WITHDRAWN,
        files=len(there),
        size=sum(lying[key] for key in there),
        kept=tuple(dict.fromkeys(note for note in notes if note)),
        left=tuple(left),
    )
    return records.write(store, done)
