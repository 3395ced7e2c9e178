"""The receipt of a delivery: what a run did, written beside the package once it stands."""

import json
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assets.digest import sha256_bytes
from assets.rights import utc
from assets.version import tool_version
from assets.waivers import Waiver
from storage.manifests import own, strict
from storage.manifests.own import Manifest
from storage.sending import Sent
from storage.stores import small
from storage.stores.small import TooLargeError
from storage.stores.store import Store

RECEIPTS = "_receipts/"
"""Where receipts lie: no title can have this id."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a run did. Files are those that the manifest names; a redelivery sends nothing.

    `sent` are those that this run sent, of which `resumed_bytes` lay in the store from an earlier one; `copied` those
    that the store copied from other packages, `skipped` those that were there. `key` is where the receipt of the
    delivery lies, `report_key` the report page in the package.
    """

    package: str
    prefix: str
    store: str
    manifest_sha256: str
    sent_files: int
    sent_bytes: int
    skipped_files: int
    skipped_bytes: int
    run_at: str
    report_key: str = ""
    key: str = ""
    copied_files: int = 0
    copied_bytes: int = 0
    resumed_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """A package that stands: its manifest's bytes, what this run brought of its files, the waivers it rests on.

    `found` is what vouches for the files that were there before the package stood.
    """

    prefix: str
    manifest: bytes
    sent: Sequence[Sent]
    waivers: Sequence[Waiver]
    found: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Ordered:
    """When a delivery was ordered, and for which territories, in words: the receipt says it.

    `forbids` is asked before the package stands: every reason why it must not any more.
    """

    at: datetime
    territory: str
    forbids: Callable[[], Sequence[str]] = tuple


def receipt_of(store: Store, outcome: Outcome, ordered: Ordered, key: str) -> Receipt:
    """The receipt of a package, which lies or will lie at `key`."""
    manifest = own.read(outcome.manifest, outcome.prefix)
    brought = _brought(outcome, manifest)
    sent = [item for item in brought if not item.copied]
    copied = [item for item in brought if item.copied]
    sent_bytes, copied_bytes = (sum(item.file.size for item in part) for part in (sent, copied))
    return Receipt(
        package=manifest.package,
        prefix=outcome.prefix,
        store=store.url,
        manifest_sha256=sha256_bytes(outcome.manifest),
        sent_files=len(sent),
        sent_bytes=sent_bytes,
        skipped_files=len(manifest.entries) - len(brought),
        skipped_bytes=manifest.size - sent_bytes - copied_bytes,
        run_at=utc(ordered.at),
        report_key=next((entry.key for entry in manifest.entries if entry.key.endswith(".html")), ""),
        key=key,
        copied_files=len(copied),
        copied_bytes=copied_bytes,
        resumed_bytes=sum(item.transfer.resumed for item in sent if item.transfer),
    )


def _brought(outcome: Outcome, manifest: Manifest) -> list[Sent]:
    """What a run brought of the files that a manifest names: whoever was not the first has a report of his own."""
    named = {(entry.key, entry.sha256) for entry in manifest.entries}
    return [item for item in outcome.sent if (item.file.key, item.file.sha256) in named]


def written(store: Store, outcome: Outcome) -> str | None:
    """The key of a receipt of the package as it stands; None if there is none, whatever else lies there."""
    digest = sha256_bytes(outcome.manifest)
    for found in store.list(RECEIPTS + outcome.prefix):
        try:
            if strict.loads(small.read(store, strict.key(found.key)))["manifest_sha256"] == digest:
                return found.key
        except (ValueError, KeyError, TypeError, TooLargeError):  # somebody else's: `verify` and `receipts` say so
            continue
    return None


def write(store: Store, outcome: Outcome, ordered: Ordered) -> Receipt:
    """Write the receipt of a package that stands. Receipts are only ever added: no two have one name."""
    name = f"{ordered.at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}.json"
    receipt = receipt_of(store, outcome, ordered, f"{RECEIPTS}{outcome.prefix}{name}")
    body = {
        "schema": "releaseprint/receipt/1",
        "package": receipt.package,
        "prefix": receipt.prefix,
        "store": receipt.store,
        "territory": ordered.territory,
        "manifest_sha256": receipt.manifest_sha256,
        "sent": {"files": receipt.sent_files, "bytes": receipt.sent_bytes},
        "resumed_bytes": receipt.resumed_bytes,
        "copied": {"files": receipt.copied_files, "bytes": receipt.copied_bytes},
        "skipped": {"files": receipt.skipped_files, "bytes": receipt.skipped_bytes},
        **_how(outcome, store.remarks),
        "waivers": [item.told for item in outcome.waivers],
        "delivered_at": receipt.run_at,
        "tool": f"releaseprint {tool_version()}",
    }
    store.put_bytes(receipt.key, json.dumps(body, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n")
    return receipt


def _how(outcome: Outcome, remarks: Sequence[str]) -> dict[str, Any]:
    """What vouches for the bytes that were brought, and for those that were there; what the store could not do."""
    brought = _brought(outcome, own.read(outcome.manifest, outcome.prefix))
    transfers = [item.transfer for item in brought if item.transfer]
    return {
        "integrity": _counted(transfer.integrity for transfer in transfers),
        "found": _counted(outcome.found),
        "remarks": sorted({*remarks, *(transfer.remark for transfer in transfers if transfer.remark)}),
    }


def _counted(ways: Iterable[str]) -> list[dict[str, Any]]:
    return [{"by": way, "files": count} for way, count in sorted(Counter(ways).items())]
