"""The manifests of other standards that name the payload of a package: ASC MHL and BagIt.

They bear the instant of the report and so are no part of what gives a package its id. They do not name the report: of
two deliverers whose reports differ, both write the same seals. Neither names the other, for a receiver adds generations
to the history.
"""

import hashlib
from collections.abc import Mapping

from storage.manifests import asc_mhl, bagit, own
from storage.plan import Plan
from storage.planned import PlannedFile
from storage.stores.promised import PromisedFile

_BLOCK = 1 << 22
_NOT_IN_HISTORY = ("/qc/", *(f"/{name}" for name in (own.NAME, own.SUMS_NAME, *bagit.FILES)))


def seals(plan: Plan, package_id: str, judged_at: str) -> Mapping[str, bytes]:
    """The seals that a plan's platform asks for, by key. The same input gives the same bytes.

    For ASC MHL every file is read once more: it has no SHA-256. Raises StoreError if one is not what was checked.
    """
    forms = plan.platform.package.manifests
    made: dict[str, bytes] = {}
    if "asc-mhl" in forms:
        hashed = [asc_mhl.Hashed(file.key, file.size, _sha512(file)) for file in plan.files]
        made |= asc_mhl.write(package_id[:16], hashed, _NOT_IN_HISTORY, judged_at)
    if "bagit" in forms:
        bagged = [bagit.Bagged(file.key, file.size, file.sha256) for file in plan.files]
        identifier = f"{plan.title.id}/{plan.platform.id}/{plan.window.id}/{package_id[:16]}"
        made |= bagit.write(bagged, identifier, judged_at[:10])
    return made


def _sha512(file: PlannedFile) -> str:
    """The SHA-512 of a file, read as it will be sent: bytes that are not those of its SHA-256 are refused."""
    if file.path is None:
        return hashlib.sha512(file.content or b"").hexdigest()
    digest = hashlib.sha512()
    with PromisedFile(file.path, file.sha256) as source:
        while block := source.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
