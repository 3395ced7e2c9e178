"""What is in a store: which packages stand, and whether their bytes are those of their manifests."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from assets.digest import sha256_bytes
from assets.errors import StoreError, UsageError
from storage import receipts, records
from storage.deliver import RECEIPTS
from storage.manifests import own, strict
from storage.manifests.own import Manifest, NotAManifestError
from storage.records import Subject, What
from storage.stores import small
from storage.stores.small import TooLargeError
from storage.stores.store import Progress, Store


@dataclass(frozen=True, slots=True)
class Standing:
    """A package that exists: its manifest was written."""

    prefix: str
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of reading a package again. `wrong` says what is not as the manifest has it; `extra` is beside it.

    `files` and `size` are those that were read; of the others only the size was compared.
    """

    package: Standing
    files: int
    size: int
    wrong: tuple[str, ...]
    extra: tuple[str, ...]


WITHDRAWALS = frozenset({What.WITHDRAWING, What.WITHDRAWN})
"""What says of a manifest that it does not stand any more, so that its receipts speak of the past."""

_MANIFEST = re.compile(r"(?:[a-z0-9-]+/){3}[0-9a-f]{16}/manifest\.json")


def packages(store: Store) -> tuple[list[Standing], list[str]]:
    """The packages of a store, by prefix, and what lies where a manifest should and is none.

    What has no manifest is not a package; files of others in the store are not looked at.
    """
    found: list[Standing] = []
    wrong: list[str] = []
    for item in store.list():
        if _MANIFEST.fullmatch(item.key):
            try:
                found.append(_standing(store, item.key.removesuffix(own.NAME)))
            except (NotAManifestError, TooLargeError) as error:
                wrong.append(str(error))
            except StoreError:
                if store.head(item.key) is not None:
                    raise  # else it was withdrawn after it was listed
    return found, wrong


def _standing(store: Store, prefix: str) -> Standing:
    manifest = own.read(small.read(store, prefix + own.NAME), prefix + own.NAME)
    if prefix != manifest.prefix:
        raise NotAManifestError(f"{prefix}{own.NAME}: lies in the folder of another package than {manifest.package}")
    return Standing(prefix, manifest)


def find(store: Store, name: str) -> Standing:
    """The package that `name` means: its prefix or the beginning of its id. Raises UsageError if it is not just one."""
    wanted = name.strip("/")
    if _MANIFEST.fullmatch(f"{wanted}/{own.NAME}") and store.head(f"{wanted}/{own.NAME}"):
        return _standing(store, wanted + "/")
    known, _ = packages(store)
    matching = [item for item in known if wanted and item.manifest.package.startswith(wanted)]
    if len(matching) == 1:
        return matching[0]
    listed = ", ".join(item.prefix for item in (matching or known)[:10]) or "none"
    what = "is not one package" if matching else "is no package"
    raise UsageError(f"{name!r} {what} of {store.url}; packages: {listed}")


def sample(entries: Sequence[own.Entry], percent: int, choose: Random) -> frozenset[str]:
    """The keys of files to read: at least as many of a hundred as `percent`, each as likely as the others."""
    count = -(-len(entries) * percent // 100)
    return frozenset(entry.key for entry in choose.sample(entries, count))


def verify(store: Store, package: Standing, progress: Progress, only: frozenset[str] | None = None) -> Verification:
    """Read the files of a package and compare size and SHA-256 with the manifest, and the checksum file too.

    With `only` the other files are not read: that they are there with their sizes is all that is said of them.
    """
    manifest, prefix = package.manifest, package.prefix
    read = [entry for entry in manifest.entries if only is None or entry.key in only]
    sizes = {found.key: found.size for found in store.list(prefix)}
    wrong: list[str] = []
    for entry in manifest.entries:
        is_read = only is None or entry.key in only
        compared = _compare(store, prefix, entry, progress) if is_read else _size_of(store, sizes, prefix, entry)
        wrong += [compared] if compared else []
    sums = own.sums(manifest.entries)
    if (text := _small(store, prefix + own.SUMS_NAME)) != sums:
        state = "is missing" if text is None else "does not say what the manifest says"
        wrong.append(f"{own.SUMS_NAME}: {state}")
    wrong += _receipts_that_differ(store, package)
    named = {prefix + entry.key for entry in manifest.entries} | {prefix + own.SUMS_NAME, prefix + own.NAME}
    extra = tuple(key.removeprefix(prefix) for key in sizes if key not in named)
    return Verification(package, len(read), sum(entry.size for entry in read), tuple(wrong), extra)


def _receipts_that_differ(store: Store, package: Standing) -> list[str]:
    """The receipts of another manifest than the one that stands, or than one that was withdrawn from its place."""
    standing = sha256_bytes(small.read(store, package.prefix + own.NAME))
    said = {found.key: _manifest_of(store, found.key) for found in store.list(RECEIPTS + package.prefix)}
    others = {key: digest for key, digest in said.items() if digest != standing}
    withdrawn = _withdrawn(store, package) if others else frozenset()
    return [f"{key}: is not the receipt of this manifest" for key, digest in others.items() if digest not in withdrawn]


def _manifest_of(store: Store, key: str) -> str | None:
    """The SHA-256 of the manifest that a receipt speaks of; None if it is no receipt."""
    try:
        return str(strict.loads(small.read(store, strict.key(key)))["manifest_sha256"])
    except (ValueError, KeyError, TypeError, TooLargeError):
        return None


def _withdrawn(store: Store, package: Standing) -> frozenset[str]:
    """The SHA-256 of each manifest that was withdrawn from the place of a package: by a record, and by its bytes.

    Digests tell which receipt a withdrawal answers, and not times: two senders' clocks may differ. A withdrawal that
    was begun is enough, for whoever delivers again after a kill writes no record of the manifest that was removed.
    """
    known, _ = receipts.accounts(store, package.prefix)
    subjects = {
        event.subject
        for account in known
        for event in account.events
        if event.what in WITHDRAWALS and event.subject.prefix == package.prefix
    }
    return frozenset(item.manifest_sha256 for item in subjects if _is_kept(store, item))


def _is_kept(store: Store, subject: Subject) -> bool:
    """Whether a withdrawn manifest lies among the records as it was."""
    try:
        data = _small(store, strict.key(records.kept_key(subject)))
    except (ValueError, TooLargeError):
        return False
    return data is not None and sha256_bytes(data) == subject.manifest_sha256


def _compare(store: Store, prefix: str, entry: own.Entry, progress: Progress) -> str | None:
    if store.head(prefix + entry.key) is None:
        return f"{entry.key}: is missing"
    digest, size = hashlib.sha256(), 0
    for chunk in store.get(prefix + entry.key):
        digest.update(chunk)
        size += len(chunk)
        progress(len(chunk))
    if size != entry.size:
        return f"{entry.key}: has {size} bytes; the manifest says {entry.size}"
    if digest.hexdigest() != entry.sha256:
        return f"{entry.key}: has SHA-256 {digest.hexdigest()}; the manifest says {entry.sha256}"
    return None


def _size_of(store: Store, sizes: Mapping[str, int], prefix: str, entry: own.Entry) -> str | None:
    """What a store tells of a file that is not read: whether it is there, and whether it is cut.

    The list says it of most files. A list may lag behind, so that of the others the store is asked.
    """
    if sizes.get(prefix + entry.key) == entry.size:
        return None
    found = store.head(prefix + entry.key)
    if found is None:
        return f"{entry.key}: is missing"
    return None if found.size == entry.size else f"{entry.key}: has {found.size} bytes; the manifest says {entry.size}"


def _small(store: Store, key: str) -> bytes | None:
    return small.read(store, key) if store.head(key) else None
