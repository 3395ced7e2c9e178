"""Package + store -> receipt: idempotent, resumable, the manifest last.

The order, and why a kill between any two steps is harmless:

 1. the report is claimed: created only if absent, so that of two deliverers, or of two days, one report stands;
 2. payload files, each skipped if its bytes are there already: without a manifest they are not yet a package;
 3. the checksum file;
 4. the manifest, after a last look whether rights still let the copy leave, created only if absent: from now on the
    package exists, whole;
 5. the receipt; if it is missing after a kill, the next run writes it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from assets.digest import sha256_bytes
from assets.errors import PackageError, Refused
from assets.rights import utc
from storage import package as packaging
from storage import receipting, sending
from storage.manifests import own, strict
from storage.package import Package
from storage.plan import Draft, Plan
from storage.planned import PlannedFile
from storage.receipting import RECEIPTS, Ordered, Outcome, Receipt
from storage.sending import Sent
from storage.stores import small
from storage.stores.promised import Stream
from storage.stores.small import TooLargeError
from storage.stores.store import Progress, Store

__all__ = ["RECEIPTS", "Foreseen", "MakeReports", "Ordered", "Receipt", "deliver", "foresee", "whats_missing"]

MakeReports = Callable[[datetime], Mapping[str, bytes]]
"""Renders the QC reports of a package, by key, as judged at an instant; `qc/report.json` is among them."""

_RESUMED_WITHIN = timedelta(days=31)
"""An instant of judgement further away is nobody's who was interrupted: somebody else wrote that report."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a delivery would do now with each file that a manifest names: send it, have the store copy it, or neither.

    Of an interrupted upload the parts that are there count as sent; what the store then does not copy is sent.
    """

    sent: tuple[own.Entry, ...]
    copied: tuple[own.Entry, ...]
    there: tuple[own.Entry, ...]


def deliver(plan: Plan, store: Store, make_reports: MakeReports, ordered: Ordered, progress: Progress) -> Receipt:
    """Deliver a plan; what is there already is not sent again. `progress` hears the bytes of payload files.

    Raises StoreError if the store fails, PackageError if a file is no longer the one that was checked or something else
    lies where the package should, Refused if rights have come to forbid it meanwhile; then there is no package.
    """
    prefix = packaging.prefix_of(plan)
    standing = _standing_manifest(store, prefix, own.package_id(plan))
    if standing is not None:
        mended = _mend(store, plan, standing, make_reports, progress)
        return _receipt_for_standing(store, Outcome(prefix, standing, mended, plan.waivers), ordered)
    package, is_ours = _claim(plan, store, make_reports, ordered.at)
    claimed = [file for file in package.files if is_ours and file.key == packaging.REPORT_KEY]
    looked = sending.look(store, prefix, [file for file in package.files if file not in claimed])
    progress(sum(file.size for file in package.files) - sum(file.size for file in looked.missing))
    sent = [*(Sent(file, None) for file in claimed), *sending.send(store, prefix, looked.missing, progress)]
    store.put_bytes(package.prefix + own.SUMS_NAME, package.sums)
    if reasons := ordered.forbids():
        raise Refused(f"{plan.title.id} may not leave any more", reasons)
    manifest = _commit(store, package)
    return receipting.write(store, Outcome(prefix, manifest, sent, plan.waivers, looked.found), ordered)


def foresee(plan: Plan, store: Store, make_reports: MakeReports, now: datetime) -> Foreseen:
    """What `deliver` would do at the instant `now`, reports and seals included; nothing is written.

    Files are read where their seals are made of them and may be there already. Raises StoreError.
    """
    prefix = packaging.prefix_of(plan)
    standing = _standing_manifest(store, prefix, own.package_id(plan))
    claims = standing is None and store.head(prefix + packaging.REPORT_KEY) is None
    if standing is not None:
        entries, missing = own.read(standing, prefix).entries, _lost(store, prefix, standing)
    else:
        files = _foreseen_files(plan, store, make_reports, now, claims=claims)
        entries = tuple(map(own.entry, files))
        missing = [own.entry(file) for file in sending.look(store, prefix, files).missing]
    streams = frozenset(file.sha256 for file in plan.files if isinstance(file.path, Stream))
    others = [entry for entry in missing if not (claims and entry.key == packaging.REPORT_KEY)]
    copied = sending.to_copy(store, prefix, others, streams)
    lacking = {entry.key for entry in missing}
    return Foreseen(
        sent=tuple(entry for entry in missing if entry.key not in copied),
        copied=tuple(entry for entry in missing if entry.key in copied),
        there=tuple(entry for entry in entries if entry.key not in lacking),
    )


def _foreseen_files(
    plan: Plan, store: Store, make_reports: MakeReports, now: datetime, *, claims: bool
) -> Sequence[PlannedFile]:
    """The files of the package that `_claim` would make; `claims` is whether no report stands in the store yet."""
    instant = now.astimezone(UTC).replace(microsecond=0)
    if claims:
        return packaging.build(plan, make_reports(instant), utc(instant), foreseen=True).files
    standing = _small_or_none(store, packaging.prefix_of(plan) + packaging.REPORT_KEY)
    reports, instant = _beside(standing, make_reports, instant)
    return packaging.build(plan, reports, utc(instant)).files


def whats_missing(plan: Draft, store: Store) -> Sequence[PlannedFile]:
    """The payload files that a delivery would bring to the store now; empty if the package stands whole."""
    prefix = packaging.prefix_of(plan)
    standing = _standing_manifest(store, prefix, own.package_id(plan))
    if standing is None:
        return sending.look(store, prefix, plan.files).missing
    lost = {entry.key for entry in _lost(store, prefix, standing)}
    return [file for file in plan.files if file.key in lost]


def _lost(store: Store, prefix: str, standing: bytes) -> list[own.Entry]:
    """What a standing package has lost: files that are missing or cut. `verify` reads bytes."""
    sizes = {found.key: found.size for found in store.list(prefix)}
    unlisted = [entry for entry in own.read(standing, prefix).entries if sizes.get(prefix + entry.key) != entry.size]
    heads = ((entry, store.head(prefix + entry.key)) for entry in unlisted)  # a list may lag behind
    return [entry for entry, found in heads if found is None or found.size != entry.size]


def _mend(store: Store, plan: Plan, standing: bytes, make_reports: MakeReports, progress: Progress) -> Sequence[Sent]:
    """Send again what a standing package has lost."""
    prefix, lost = packaging.prefix_of(plan), _lost(store, packaging.prefix_of(plan), standing)
    progress(plan.size - sum(entry.size for entry in lost))
    if not lost:
        return []
    judged_at = own.read(standing, prefix).judged_at
    reports = make_reports(datetime.fromisoformat(judged_at))
    sources = {file.key: file for file in packaging.build(plan, reports, judged_at).files}
    for entry in lost:
        if entry.key not in sources or sources[entry.key].sha256 != entry.sha256:
            raise PackageError(f"{store.url}: {prefix}{entry.key}: is lost, and its bytes cannot be made again")
    return sending.send(store, prefix, [sources[entry.key] for entry in lost], progress)


def _standing_manifest(store: Store, prefix: str, package_id: str) -> bytes | None:
    key = prefix + own.NAME
    if store.head(key) is None:
        return None
    data = small.read(store, key)
    if own.read(data, key).package != package_id:
        raise PackageError(f"{store.url}: {key}: is the manifest of another package; somebody else put it there")
    return data


def _claim(plan: Plan, store: Store, make_reports: MakeReports, now: datetime) -> tuple[Package, bool]:
    """The package with the report that stands in the store, or with ours, which stands from now on; whether it is ours.

    An unfinished delivery left its report; the bytes it has sent are worth keeping, so its instant of judgement is
    taken over. A report of another content (another version of the tool wrote it) is left alone and ours gets its
    own name, for nothing that is in the store is ever changed.
    """
    instant = now.astimezone(UTC).replace(microsecond=0)
    reports = make_reports(instant)
    key = packaging.prefix_of(plan) + packaging.REPORT_KEY
    is_ours = store.put_bytes(key, reports[packaging.REPORT_KEY], only_if_absent=True)
    if not is_ours:
        reports, instant = _beside(_small_or_none(store, key), make_reports, instant)
    return packaging.build(plan, reports, utc(instant)), is_ours


def _beside(
    standing: bytes | None, make_reports: MakeReports, instant: datetime
) -> tuple[Mapping[str, bytes], datetime]:
    """Our reports beside one that stands in the store, and the instant that they say: its own, if it can be."""
    instant = _judged_at(standing, instant) or instant
    reports = make_reports(instant)
    if reports[packaging.REPORT_KEY] != standing:
        mark = sha256_bytes(reports[packaging.REPORT_KEY])[:8]
        reports = {name.replace("/report.", f"/report-{mark}."): data for name, data in reports.items()}
    return reports, instant


def _small_or_none(store: Store, key: str) -> bytes | None:
    """The bytes of an object; None for one that is too long to be a report."""
    try:
        return small.read(store, key)
    except TooLargeError:
        return None


def _judged_at(report: bytes | None, now: datetime) -> datetime | None:
    """The instant of a report that an unfinished delivery has left; None if it is none, or cannot be of one."""
    if report is None:
        return None
    try:
        found = datetime.fromisoformat(strict.loads(report)["judged_at"])
        is_near = abs(found - now) <= _RESUMED_WITHIN
    except (ValueError, KeyError, TypeError):  # a TypeError too for an instant of no zone
        return None
    return found if is_near else None


def _commit(store: Store, package: Package) -> bytes:
    """Write the manifest, after a last look that every file is there; the manifest that stands in the end."""
    sizes = {found.key: found.size for found in store.list(package.prefix)}
    for file in package.files:
        key = package.prefix + file.key
        if sizes.get(key) != file.size:
            found = store.head(key)  # a list may lag behind
            if found is None or found.size != file.size:
                raise PackageError(f"{store.url}: {key}: vanished or changed during the delivery")
    key = package.prefix + own.NAME
    if store.put_bytes(key, package.manifest, only_if_absent=True):
        return package.manifest
    standing = _standing_manifest(store, package.prefix, package.id)  # another deliverer was first
    if standing is None:
        raise PackageError(f"{store.url}: {key}: was taken down as soon as it was there; deliver again")
    _mend_sums(store, package.prefix, standing)
    return standing


def _mend_sums(store: Store, prefix: str, manifest: bytes) -> None:
    """Make the checksum file the one of the manifest that stands: of two deliverers the later may have written his."""
    key, sums = prefix + own.SUMS_NAME, own.sums(own.read(manifest, prefix).entries)
    found = store.head(key)
    if found is None or found.size != len(sums) or small.read(store, key) != sums:
        store.put_bytes(key, sums)


def _receipt_for_standing(store: Store, outcome: Outcome, ordered: Ordered) -> Receipt:
    _mend_sums(store, outcome.prefix, outcome.manifest)
    if not outcome.sent and (written := receipting.written(store, outcome)):
        return receipting.receipt_of(store, outcome, ordered, written)
    return receipting.write(store, outcome, ordered)
