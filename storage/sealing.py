"""The manifests of other standards that name the payload of a package: ASC MHL, BagIt, the metadata.xml of an .itmsp.

The first two bear the instant of the report; so seals are no part of what gives a package its id. They do not name the
report: of two deliverers whose reports differ, both write the same seals. A history and a bag do not name each other,
for a receiver adds generations to the history.
"""

import hashlib
from collections.abc import Iterable, Mapping

from storage.manifests import asc_mhl, bagit, itmsp, own
from storage.plan import Plan
from storage.planned import PlannedFile
from storage.stores.promised import PromisedFile

_BLOCK = 1 << 22
_HASH = {"asc-mhl": "sha512", "itmsp": "md5"}
"""What a form knows files by, where that is not their SHA-256."""

_NOT_READ: Mapping[str, str] = {"sha512": "0" * 128}
"""In the place of digests whose length alone counts."""

_NOT_IN_HISTORY = ("/qc/", *(f"/{name}" for name in (own.NAME, own.SUMS_NAME, *bagit.FILES)))


def seals(plan: Plan, package_id: str, judged_at: str, *, foreseen: bool = False) -> Mapping[str, bytes]:
    """The seals that a plan's platform asks for, by key. The same input gives the same bytes.

    For ASC MHL, and for an .itmsp, every file is read once more: they have no SHA-256. Raises StoreError if one is not
    what was checked. For a history that is only `foreseen` nothing is read: it is as long as it will be, and no more
    need be known of it, for it bears the id of its package and lies nowhere else.
    """
    forms = plan.platform.package.manifests
    made: dict[str, bytes] = {}
    wanted = [_HASH[form] for form in forms if form in _HASH]
    is_read = not (foreseen and wanted == ["sha512"])
    digests = {file.key: _digests(file, wanted) if is_read else _NOT_READ for file in plan.files} if wanted else {}
    if "itmsp" in forms:
        md5s = {key: found["md5"] for key, found in digests.items()}
        made[itmsp.folder(plan) + itmsp.NAME] = itmsp.write(plan, md5s)
    if "asc-mhl" in forms:
        hashed = [asc_mhl.Hashed(file.key, file.size, digests[file.key]["sha512"]) for file in plan.files]
        hashed += [asc_mhl.Hashed(key, len(data), hashlib.sha512(data).hexdigest()) for key, data in made.items()]
        made |= asc_mhl.write(package_id[:16], hashed, _NOT_IN_HISTORY, judged_at)
    if "bagit" in forms:
        bagged = [bagit.Bagged(file.key, file.size, file.sha256) for file in plan.files]
        identifier = f"{plan.title.id}/{plan.platform.id}/{plan.window.id}/{package_id[:16]}"
        made |= bagit.write(bagged, identifier, judged_at[:10])
    return made


def _digests(file: PlannedFile, names: Iterable[str]) -> Mapping[str, str]:
    """Digests of a file, read as it will be sent: bytes that are not those of its SHA-256 are refused."""
    running = {name: hashlib.new(name, usedforsecurity=False) for name in names}
    if file.path is None:
        for one in running.values():
            one.update(file.content or b"")
    else:
        with PromisedFile(file.path, file.sha256) as source:
            while block := source.read(_BLOCK):
                for one in running.values():
                    one.update(block)
    return {name: one.hexdigest() for name, one in running.items()}
