"""Package + store -> receipt: idempotent, resumable, the manifest last.

The order, and why a kill between any two steps is harmless:

 1. the report is claimed: created only if absent, so that of two deliverers, or of two days, one report stands;
 2. payload files, each skipped if its bytes are there already: without a manifest they are not yet a package;
 3. the checksum file;
 4. the manifest, created only if absent: from now on the package exists, whole;
 5. the receipt; if it is missing after a kill, the next run writes it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from assets.digest import sha256_bytes
from assets.errors import StoreError
from assets.rights import utc
from assets.version import tool_version
from storage import package as packaging
from storage.manifests import own
from storage.package import Package
from storage.plan import Plan, PlannedFile
from storage.stores.store import Progress, Store

RECEIPTS = "_receipts/"
"""Where receipts lie: no title can have this id."""

MakeReports = Callable[[datetime], Mapping[str, bytes]]
"""Renders the QC reports of a package, by key, as judged at an instant; `qc/report.json` is among them."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a delivery did. `sent` and `skipped` count the package's files; a redelivery sends nothing."""

    package: str
    prefix: str
    store: str
    manifest_sha256: str
    sent_files: int
    sent_bytes: int
    skipped_files: int
    skipped_bytes: int
    delivered_at: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A package that stands: its manifest's bytes, its files, and which of them this run has sent."""

    prefix: str
    manifest: bytes
    files: Sequence[PlannedFile]
    sent: Sequence[PlannedFile]


def deliver(plan: Plan, store: Store, make_reports: MakeReports, now: datetime, progress: Progress) -> Receipt:
    """Deliver a plan; what is there already is not sent again. `progress` hears the bytes of payload files.

    Raises StoreError if the store fails or a file is no longer the one that was checked; then there is no package.
    """
    prefix = packaging.prefix_of(plan)
    standing = _standing_manifest(store, prefix, own.package_id(plan))
    if standing is not None:
        progress(plan.size)
        return _receipt_for_standing(store, _Outcome(prefix, standing, plan.files, ()), now)
    package, is_ours = _claim(plan, store, make_reports, now)
    claimed = {packaging.REPORT_KEY} if is_ours else set()  # sent already, by the claim itself
    sent = [file for file in package.files if file.key in claimed or _send(store, package.prefix, file, progress)]
    store.put_bytes(package.prefix + own.SUMS_NAME, package.sums)
    manifest = _commit(store, package)
    return _write_receipt(store, _Outcome(prefix, manifest, package.files, sent), now)


def whats_missing(plan: Plan, store: Store) -> list[PlannedFile]:
    """The payload files that a delivery would send now; empty if the package stands."""
    prefix = packaging.prefix_of(plan)
    if _standing_manifest(store, prefix, own.package_id(plan)) is not None:
        return []
    return [file for file in plan.files if not store.holds(prefix + file.key, file.size, file.sha256)]


def _standing_manifest(store: Store, prefix: str, package_id: str) -> bytes | None:
    key = prefix + own.NAME
    if store.head(key) is None:
        return None
    data = b"".join(store.get(key))
    if own.read(data, key).package != package_id:
        raise StoreError(f"{store.url}: {key}: is the manifest of another package; nothing was sent")
    return data


def _claim(plan: Plan, store: Store, make_reports: MakeReports, now: datetime) -> tuple[Package, bool]:
    """The package with the report that stands in the store, or with ours, which stands from now on; whether it is ours.

    An unfinished delivery left its report; the bytes it has sent are worth keeping, so its instant of judgement is
    taken over. A report of another content (another version of the tool wrote it) is left alone and ours gets its
    own name, for nothing that is in the store is ever changed.
    """
    instant = now.astimezone(UTC).replace(microsecond=0)
    reports = dict(make_reports(instant))
    key = packaging.prefix_of(plan) + packaging.REPORT_KEY
    is_ours = store.put_bytes(key, reports[packaging.REPORT_KEY], only_if_absent=True)
    if not is_ours:
        standing = b"".join(store.get(key))
        earlier = _judged_at(standing) or instant
        reports, instant = dict(make_reports(earlier)), earlier
        if reports[packaging.REPORT_KEY] != standing:
            mark = sha256_bytes(reports[packaging.REPORT_KEY])[:8]
            reports = {name.replace("/report.", f"/report-{mark}."): data for name, data in reports.items()}
    return packaging.build(plan, reports, utc(instant)), is_ours


def _judged_at(report: bytes) -> datetime | None:
    try:
        return datetime.fromisoformat(json.loads(report)["judged_at"])
    except (ValueError, KeyError, TypeError):
        return None


def _send(store: Store, prefix: str, file: PlannedFile, progress: Progress) -> bool:
    """Send one file unless its bytes are there; whether it was sent."""
    key = prefix + file.key
    if store.holds(key, file.size, file.sha256):
        progress(file.size)
        return False
    if file.path is not None:
        store.put_file(key, file.path, file.sha256, progress)
    else:
        store.put_bytes(key, file.content or b"")
        progress(file.size)
    return True


def _commit(store: Store, package: Package) -> bytes:
    """Write the manifest, after a last look that every file is there; the manifest that stands in the end."""
    for file in package.files:
        found = store.head(package.prefix + file.key)
        if found is None or found.size != file.size:
            raise StoreError(f"{store.url}: {package.prefix}{file.key}: vanished or changed during the delivery")
    key = package.prefix + own.NAME
    if store.put_bytes(key, package.manifest, only_if_absent=True):
        return package.manifest
    # Another deliverer was first. Its manifest stands, and the checksum file must be the one that belongs to it.
    standing = b"".join(store.get(key))
    store.put_bytes(package.prefix + own.SUMS_NAME, own.sums(own.read(standing, key).entries))
    return standing


def _receipt_for_standing(store: Store, outcome: _Outcome, now: datetime) -> Receipt:
    written = [found.key for found in store.list(RECEIPTS + outcome.prefix)]
    return _receipt(store, outcome, now, written[-1]) if written else _write_receipt(store, outcome, now)


def _receipt(store: Store, outcome: _Outcome, now: datetime, key: str) -> Receipt:
    sent_bytes = sum(file.size for file in outcome.sent)
    return Receipt(
        package=own.read(outcome.manifest, outcome.prefix).package,
        prefix=outcome.prefix,
        store=store.url,
        manifest_sha256=sha256_bytes(outcome.manifest),
        sent_files=len(outcome.sent),
        sent_bytes=sent_bytes,
        skipped_files=len(outcome.files) - len(outcome.sent),
        skipped_bytes=sum(file.size for file in outcome.files) - sent_bytes,
        delivered_at=utc(now),
        key=key,
    )


def _write_receipt(store: Store, outcome: _Outcome, now: datetime) -> Receipt:
    """Write the receipt of a package that stands. Receipts are only ever added."""
    instant = now.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    receipt = _receipt(store, outcome, now, f"{RECEIPTS}{outcome.prefix}{instant}.json")
    body = {
        "schema": "releaseprint/receipt/1",
        "package": receipt.package,
        "prefix": receipt.prefix,
        "store": receipt.store,
        "manifest_sha256": receipt.manifest_sha256,
        "sent": {"files": receipt.sent_files, "bytes": receipt.sent_bytes},
        "skipped": {"files": receipt.skipped_files, "bytes": receipt.skipped_bytes},
        "delivered_at": receipt.delivered_at,
        "tool": f"releaseprint {tool_version()}",
    }
    store.put_bytes(receipt.key, json.dumps(body, indent=2, sort_keys=True).encode() + b"\n", only_if_absent=True)
    return receipt
