"""Package + store -> receipt: idempotent, resumable, the manifest last.

The order, and why a kill between any two steps is harmless:

 1. the report is claimed: created only if absent, so that of two deliverers, or of two days, one report stands;
 2. payload files, each skipped if its bytes are there already: without a manifest they are not yet a package;
 3. the checksum file;
 4. the manifest, created only if absent: from now on the package exists, whole;
 5. the receipt; if it is missing after a kill, the next run writes it.
"""

import json
import secrets
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
    """What a run did. `sent` and `skipped` count the files that the manifest names; a redelivery sends nothing.

    `key` is where the receipt of the delivery lies, `report_key` the report page in the package.
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


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A package that stands: its manifest's bytes, and which of its files this run has sent."""

    prefix: str
    manifest: bytes
    sent: Sequence[PlannedFile]


@dataclass(frozen=True, slots=True)
class Ordered:
    """When a delivery was ordered, and for which territories, in words: the receipt says it."""

    at: datetime
    territory: str


def deliver(plan: Plan, store: Store, make_reports: MakeReports, ordered: Ordered, progress: Progress) -> Receipt:
    """Deliver a plan; what is there already is not sent again. `progress` hears the bytes of payload files.

    Raises StoreError if the store fails or a file is no longer the one that was checked; then there is no package.
    """
    prefix = packaging.prefix_of(plan)
    standing = _standing_manifest(store, prefix, own.package_id(plan))
    if standing is not None:
        mended = _mend(store, plan, standing, make_reports, progress)
        return _receipt_for_standing(store, _Outcome(prefix, standing, mended), ordered)
    package, is_ours = _claim(plan, store, make_reports, ordered.at)
    claimed = {packaging.REPORT_KEY} if is_ours else set()  # sent already, by the claim itself
    sent = [file for file in package.files if file.key in claimed or _send(store, package.prefix, file, progress)]
    store.put_bytes(package.prefix + own.SUMS_NAME, package.sums)
    manifest = _commit(store, package)
    return _write_receipt(store, _Outcome(prefix, manifest, sent), ordered)


def whats_missing(plan: Plan, store: Store) -> list[PlannedFile]:
    """The payload files that a delivery would send now; empty if the package stands."""
    prefix = packaging.prefix_of(plan)
    standing = _standing_manifest(store, prefix, own.package_id(plan))
    if standing is not None:
        sizes = {found.key: found.size for found in store.list(prefix)}
        return [file for file in plan.files if sizes.get(prefix + file.key) != file.size]
    return [file for file in plan.files if not store.holds(prefix + file.key, file.size, file.sha256)]


def _mend(
    store: Store, plan: Plan, standing: bytes, make_reports: MakeReports, progress: Progress
) -> list[PlannedFile]:
    """Send again what a standing package has lost: files that are missing or cut. `verify` reads bytes."""
    prefix = packaging.prefix_of(plan)
    manifest = own.read(standing, prefix)
    sizes = {found.key: found.size for found in store.list(prefix)}
    lost = [entry for entry in manifest.entries if sizes.get(prefix + entry.key) != entry.size]
    progress(plan.size - sum(entry.size for entry in lost))
    if not lost:
        return []
    reports = make_reports(datetime.fromisoformat(manifest.judged_at))
    sources = {file.key: file for file in packaging.build(plan, reports, manifest.judged_at).files}
    for entry in lost:
        source = sources.get(entry.key)
        if source is None or source.sha256 != entry.sha256:
            raise StoreError(f"{store.url}: {prefix}{entry.key}: is lost, and its bytes cannot be made again")
        _send(store, prefix, source, progress)
    return [sources[entry.key] for entry in lost]


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
    standing = b"".join(store.get(key))  # another deliverer was first
    _mend_sums(store, package.prefix, standing)
    return standing


def _mend_sums(store: Store, prefix: str, manifest: bytes) -> None:
    """Make the checksum file the one of the manifest that stands: of two deliverers the later may have written his."""
    key, sums = prefix + own.SUMS_NAME, own.sums(own.read(manifest, prefix).entries)
    if store.head(key) is None or b"".join(store.get(key)) != sums:
        store.put_bytes(key, sums)


def _receipt_for_standing(store: Store, outcome: _Outcome, ordered: Ordered) -> Receipt:
    _mend_sums(store, outcome.prefix, outcome.manifest)
    written = [found.key for found in store.list(RECEIPTS + outcome.prefix)]
    return (
        _receipt(store, outcome, ordered, written[0])
        if written and not outcome.sent
        else _write_receipt(store, outcome, ordered)
    )


def _receipt(store: Store, outcome: _Outcome, ordered: Ordered, key: str) -> Receipt:
    manifest = own.read(outcome.manifest, outcome.prefix)
    sent_bytes = sum(file.size for file in outcome.sent)
    return Receipt(
        package=manifest.package,
        prefix=outcome.prefix,
        store=store.url,
        manifest_sha256=sha256_bytes(outcome.manifest),
        sent_files=len(outcome.sent),
        sent_bytes=sent_bytes,
        skipped_files=len(manifest.entries) - len(outcome.sent),
        skipped_bytes=manifest.size - sent_bytes,
        run_at=utc(ordered.at),
        report_key=next((entry.key for entry in manifest.entries if entry.key.endswith(".html")), ""),
        key=key,
    )


def _write_receipt(store: Store, outcome: _Outcome, ordered: Ordered) -> Receipt:
    """Write the receipt of a package that stands. Receipts are only ever added: no two have one name."""
    name = f"{ordered.at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}.json"
    receipt = _receipt(store, outcome, ordered, f"{RECEIPTS}{outcome.prefix}{name}")
    body = {
        "schema": "releaseprint/receipt/1",
        "package": receipt.package,
        "prefix": receipt.prefix,
        "store": receipt.store,
        "territory": ordered.territory,
        "manifest_sha256": receipt.manifest_sha256,
        "sent": {"files": receipt.sent_files, "bytes": receipt.sent_bytes},
        "skipped": {"files": receipt.skipped_files, "bytes": receipt.skipped_bytes},
        "delivered_at": receipt.run_at,
        "tool": f"releaseprint {tool_version()}",
    }
    store.put_bytes(receipt.key, json.dumps(body, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n")
    return receipt
