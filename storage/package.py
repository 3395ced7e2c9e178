"""Plan -> Package: the files with their final bytes and keys, the reports, the checksums, the manifest.

A package is a pure function of its plan, the reports and the instant of judgement: the same input gives the same bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from assets.digest import sha256_bytes
from storage import sealing
from storage.manifests import bagit, itmsp, metadata, mmc, movielabs, own
from storage.plan import Draft, Plan
from storage.planned import PlannedFile

REPORT_KEY = "qc/report.json"

D = TypeVar("D", bound=Draft)


@dataclass(frozen=True, slots=True)
class Package:
    """A package ready to be sent to `prefix`. `files` are all but the checksum file and the manifest, in order."""

    plan: Plan
    id: str
    prefix: str
    files: tuple[PlannedFile, ...]
    sums: bytes
    manifest: bytes


def with_metadata(plan: D) -> D:
    """The plan with the title's metadata in the forms of its platform; in a bag, all of it below `data/`.

    Raises Refused for a title that a form has no words for.
    """
    forms, base = plan.platform.package.manifests, ""
    made: dict[str, bytes] = {}
    if "itmsp" in forms:
        plan = replace(plan, files=itmsp.moved(plan))
        plan = replace(plan, left_out=(*plan.left_out, itmsp.NOT_WRITTEN)) if isinstance(plan, Plan) else plan
    if "mmc" in forms:
        made[movielabs.MEC_KEY], made[movielabs.MMC_KEY] = mmc.write(plan)
    if "bagit" in forms:
        base = bagit.PAYLOAD
        plan = replace(plan, files=tuple(replace(file, key=base + file.key) for file in plan.files))
    made[metadata.KEY] = metadata.write(plan)
    files = [*plan.files, *(made_file(base + key, data, "metadata") for key, data in made.items())]
    return replace(plan, files=tuple(sorted(files, key=lambda file: file.key)))


def prefix_of(plan: Draft) -> str:
    """Where a package lies in its store: `title/platform/window/id/`, the id cut to 16 digits."""
    return f"{plan.title.id}/{plan.platform.id}/{plan.window.id}/{own.package_id(plan)[:16]}/"


def build(plan: Plan, reports: Mapping[str, bytes], judged_at: str, *, foreseen: bool = False) -> Package:
    """The package of a plan. `reports` are its QC reports by key; `judged_at` is their instant.

    One that is `foreseen` has files of the sizes that it will have; it cannot be delivered.
    Raises StoreError if a file that has to be read for it is not what was checked.
    """
    package_id = own.package_id(plan)
    made = [made_file(key, data, "report") for key, data in sorted(reports.items())]
    made += [
        made_file(key, data, own.SEAL)
        for key, data in sealing.seals(plan, package_id, judged_at, foreseen=foreseen).items()
    ]
    files = (*sorted(plan.files, key=_refers), *made)
    return Package(
        plan=plan,
        id=package_id,
        prefix=prefix_of(plan),
        files=files,
        sums=own.sums([*map(own.entry, files)]),
        manifest=own.write(plan, made, judged_at),
    )


def _refers(file: PlannedFile) -> tuple[bool, bool]:
    """Where a file is in the order of sending: what refers to others comes after them, MMC after all."""
    return file.kind == "metadata", file.key.endswith(movielabs.MMC_KEY)


def made_file(key: str, data: bytes, kind: str) -> PlannedFile:
    """A file whose bytes the tool makes itself."""
    return PlannedFile(key=key, size=len(data), sha256=sha256_bytes(data), kind=kind, content=data)
