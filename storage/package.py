"""Plan -> Package: the files with their final bytes and keys, the reports, the checksums, the manifest.

A package is a pure function of its plan, the reports and the instant of judgement: the same input gives the same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assets.digest import sha256_bytes
from storage.manifests import metadata, own
from storage.plan import Plan, PlannedFile

REPORT_KEY = "qc/report.json"


@dataclass(frozen=True, slots=True)
class Package:
    """A package ready to be sent to `prefix`. `files` are all but the checksum file and the manifest."""

    plan: Plan
    id: str
    prefix: str
    files: tuple[PlannedFile, ...]
    sums: bytes
    manifest: bytes


def with_metadata(plan: Plan) -> Plan:
    """The plan with the title's metadata as one more file."""
    files = [*plan.files, made_file(metadata.KEY, metadata.write(plan), "metadata")]
    return replace(plan, files=tuple(sorted(files, key=lambda file: file.key)))


def prefix_of(plan: Plan) -> str:
    """Where a package lies in its store: `title/platform/window/id/`, the id cut to 16 digits."""
    return f"{plan.title.id}/{plan.platform.id}/{plan.window.id}/{own.package_id(plan)[:16]}/"


def build(plan: Plan, reports: Mapping[str, bytes], judged_at: str) -> Package:
    """The package of a plan. `reports` are its QC reports by key; `judged_at` is their instant."""
    made = [made_file(key, data, "report") for key, data in sorted(reports.items())]
    files = (*plan.files, *made)
    entries = [own.Entry(file.key, file.size, file.sha256, file.kind) for file in files]
    return Package(
        plan=plan,
        id=own.package_id(plan),
        prefix=prefix_of(plan),
        files=files,
        sums=own.sums(entries),
        manifest=own.write(plan, made, judged_at),
    )


def made_file(key: str, data: bytes, kind: str) -> PlannedFile:
    """A file whose bytes the tool makes itself."""
    return PlannedFile(key=key, size=len(data), sha256=sha256_bytes(data), kind=kind, content=data)
