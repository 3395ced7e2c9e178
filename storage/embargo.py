"""Packages that are held back: everything is in the store but the manifest, which is the commit mark.

A delivery that is held back runs by the same protocol as any other, against a view of the store (`HeldBack`) in which
the manifest and the receipt have other names, below `_embargoed/`. Whatever makes a delivery safe makes this safe. The
notice of a window says until when; it stands before the manifest does.

A release puts the manifest where it belongs, created only if absent; then the receipts; then a record. What is held is
removed after that, its manifest last: until then the next release finds it, and does again what was not done. The
bytes are in the store before the release: who must not see them gets no access before it.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assets.digest import sha256_bytes
from assets.errors import PackageError, StoreError
from assets.rights import utc
from storage import records
from storage.deliver import RECEIPTS
from storage.manifests import own, strict
from storage.manifests.own import Manifest
from storage.records import Record, Subject, What
from storage.stores import small
from storage.stores.promised import Stream
from storage.stores.store import Progress, Store, Stored, Transfer

EMBARGOED = "_embargoed/"
"""Where what is held back lies: no title can have this id."""

_NOTICE = "embargo.json"
_HELD = re.compile(r"_embargoed/(?:[a-z0-9-]+/){3}[0-9a-f]{16}/manifest\.json")
_SCHEMA_ID = "releaseprint/embargo/1"


class HeldBack:
    """A store as a delivery sees it that is held back: manifest and receipts of `prefix` lie below EMBARGOED."""

    def __init__(self, store: Store, prefix: str) -> None:
        self._store = store
        self._elsewhere = (prefix + own.NAME, RECEIPTS + prefix)

    @property
    def url(self) -> str:
        """Where the store is."""
        return self._store.url

    @property
    def remarks(self) -> Sequence[str]:
        """As the store has them."""
        return self._store.remarks

    def _name(self, key: str) -> str:
        return EMBARGOED + key if key.startswith(self._elsewhere) else key

    def put_file(self, key: str, path: Path | Stream | bytes, sha256: str, progress: Progress) -> Transfer:
        """As the store does."""
        return self._store.put_file(self._name(key), path, sha256, progress)

    def put_bytes(self, key: str, data: bytes, *, only_if_absent: bool = False) -> bool:
        """As the store does."""
        return self._store.put_bytes(self._name(key), data, only_if_absent=only_if_absent)

    def copy(self, source: str, key: str, size: int, sha256: str) -> Transfer | None:
        """As the store does."""
        return self._store.copy(source, self._name(key), size, sha256)

    def get(self, key: str) -> Iterator[bytes]:
        """As the store does."""
        return self._store.get(self._name(key))

    def head(self, key: str) -> Stored | None:
        """As the store does."""
        return self._store.head(self._name(key))

    def holds(self, key: str, size: int, sha256: str, source: Path | Stream | bytes | None = None) -> str:
        """As the store does."""
        return self._store.holds(self._name(key), size, sha256, source)

    def list(self, prefix: str = "") -> Iterator[Stored]:
        """As the store does; the keys are those that they are listed by."""
        name = self._name(prefix)
        for found in self._store.list(name):
            yield Stored(prefix + found.key.removeprefix(name), found.size, found.sha256)

    def remove(self, key: str) -> str:
        """As the store does."""
        return self._store.remove(self._name(key))

    def give_up(self, prefix: str) -> str:
        """As the store does."""
        return self._store.give_up(prefix)

    def link(self, key: str, seconds: int) -> str | None:
        """As the store does."""
        return self._store.link(self._name(key), seconds)


@dataclass(frozen=True, slots=True)
class Held:
    """A package that is held back, until when; None where no notice says it."""

    prefix: str
    until: datetime | None

    @property
    def manifest_key(self) -> str:
        """Where its manifest lies meanwhile."""
        return f"{EMBARGOED}{self.prefix}{own.NAME}"


@dataclass(frozen=True, slots=True)
class Released:
    """What became of a package that is held back: `released`, `waiting`, `due` (dry run), `refused` or `failed`."""

    held: Held
    state: str
    reasons: tuple[str, ...] = ()
    record: Record | None = None


def _window(prefix: str) -> str:
    return prefix.rsplit("/", 2)[0] + "/"


def hold(store: Store, prefix: str, until: datetime) -> None:
    """Say until when the packages of a window are held back; a later word takes the place of an earlier one."""
    notice = {"schema": _SCHEMA_ID, "until": utc(until)}
    store.put_bytes(f"{EMBARGOED}{_window(prefix)}{_NOTICE}", json.dumps(notice, indent=2).encode() + b"\n")


def until(store: Store, prefix: str) -> datetime | None:
    """Until when the window of a package is held back; None if nobody said so.

    Raises PackageError for a notice that is none, StoreError.
    """
    key = f"{EMBARGOED}{_window(prefix)}{_NOTICE}"
    if store.head(key) is None:
        return None
    try:
        whole = strict.loads(small.read(store, key))
        instant = datetime.strptime(whole["until"], "%Y-%m-%dT%H:%M:%S%z")
        schema = whole["schema"]
    except (ValueError, KeyError, TypeError):
        schema = ""
    if schema != _SCHEMA_ID:
        wrong = "is no notice of an embargo; deliver again with --not-before"
        raise PackageError(f"{store.url}: {key}: {wrong}")
    return instant


def held(store: Store, below: str = "") -> Iterator[Held]:
    """The packages that are held back, whose folders begin with `below`."""
    for found in list(store.list(EMBARGOED + below)):
        if _HELD.fullmatch(found.key):
            prefix = found.key.removeprefix(EMBARGOED).removesuffix(own.NAME)
            try:
                yield Held(prefix, until(store, prefix))
            except PackageError:  # one that cannot be read must not hide the others; `release` tells of it
                yield Held(prefix, None)


def release(
    store: Store, item: Held, at: datetime, who: str, refusals: Callable[[Manifest], Sequence[str]]
) -> Released:
    """Let a package stand whose time has come, unless something refuses it. Raises StoreError if it is not whole.

    `refusals` are asked twice: before the files are read, which may take hours, and when they have been. So is until
    when it is held back.
    """
    if item.until is None or item.until > at:
        until(store, item.prefix)
        return Released(item, "waiting")
    data = small.read(store, item.manifest_key)
    manifest = own.read(data, item.manifest_key)
    if item.prefix != manifest.prefix:
        raise StoreError(f"{store.url}: {item.manifest_key}: lies in the folder of another package")
    if reasons := tuple(refusals(manifest)):
        return Released(item, "refused", reasons)
    for entry in manifest.entries:
        if not store.holds(item.prefix + entry.key, entry.size, entry.sha256):
            wrong = "is not as it was staged; deliver again, then release"
            raise StoreError(f"{store.url}: {item.prefix}{entry.key}: {wrong}")
    if reasons := tuple(refusals(manifest)):
        return Released(item, "refused", reasons)
    if (later := until(store, item.prefix)) != item.until:
        return Released(Held(item.prefix, later), "waiting")
    key = item.prefix + own.NAME
    if store.head(item.manifest_key) is None and store.head(key) is None:
        raise StoreError(f"{store.url}: {item.prefix}: was taken down in the meantime; nothing was released")
    subject = _stands(store, item.prefix, manifest, data)
    said = next((record for record in records.of_package(store, item.prefix) if record.what is What.RELEASED), None)
    record = said or records.write(store, Record(What.RELEASED, subject, at, who))
    forget(store, item.prefix)
    return Released(item, "released", record=record)


def _stands(store: Store, prefix: str, manifest: Manifest, data: bytes) -> Subject:
    """Let a manifest stand, and give its receipts; what stands, which somebody may have delivered before.

    Receipts of a manifest that never stood would be no evidence: they stay where they are.
    """
    key = prefix + own.NAME
    standing = data if store.put_bytes(key, data, only_if_absent=True) else small.read(store, key)
    if own.read(standing, key).package != manifest.package:
        raise StoreError(f"{store.url}: {key}: is the manifest of another package; somebody else put it there")
    if standing == data:
        _give_receipts(store, prefix)
    return Subject(manifest.package, prefix, sha256_bytes(standing))


def _give_receipts(store: Store, prefix: str) -> None:
    for found in list(store.list(EMBARGOED + RECEIPTS + prefix)):
        store.put_bytes(found.key.removeprefix(EMBARGOED), small.read(store, found.key), only_if_absent=True)


def forget(store: Store, prefix: str) -> list[str]:
    """Remove what is held of a package, its manifest last; what the store says of it."""
    manifest = Held(prefix, None).manifest_key
    keys = [found.key for start in (RECEIPTS, "") for found in store.list(EMBARGOED + start + prefix)]
    notes = [store.remove(key) for key in keys if key != manifest]
    if store.head(manifest) is not None:  # a list may lag behind, and what stays here would be released
        notes.append(store.remove(manifest))
    return notes
