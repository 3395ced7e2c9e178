"""`title/unannounced-change`."""

from assets.history import compare
from assets.history.model import Changed
from assets.subjects import ReadTitle
from checks.core import At, CannotCheck, Problem, Problems, check

_DIGITS = 12


@check("title/unannounced-change", on=ReadTitle)
def unannounced_change(read: ReadTitle) -> Problems:
    """A file has other bytes than its newest revision, or than its reference to a store, and nobody said so.

    Whoever changed it did not say why, and what was judged or delivered before was something else. See `releaseprint
    history`; put the revision back with `releaseprint restore`, or announce the new one with `releaseprint announce`.
    """
    if read.history.fault:
        raise CannotCheck(f"the history of the title cannot be read: {read.history.fault}")
    digests = {asset.file.name: asset.sha256 for asset in read.assets}
    changed = compare(read.title, read.history.revisions, digests).changed
    for found in changed:
        yield Problem(
            "has {measured}; its newest revision is {allowed}",
            At(found.name),
            measured=_bytes(found),
            allowed=f"{found.newest.id} of {found.newest.at:%Y-%m-%d}",
        )
    known = {found.name for found in changed}
    announced = {item.sha256 for item in read.history.revisions}
    for asset in read.assets:
        away = asset.file.away
        if away is None or asset.sha256 in {"", away.sha256, *announced} or asset.file.name in known:
            continue
        yield Problem(
            "has {measured}; away.toml refers to {allowed}",
            At(asset.file.name),
            measured=f"bytes that no revision has (SHA-256 {asset.sha256[:_DIGITS]})",
            allowed=f"SHA-256 {away.sha256[:_DIGITS]} in a store",
        )


def _bytes(found: Changed) -> str:
    if found.same_as:
        return f"the bytes of {found.same_as.id}"
    return f"bytes that no revision has (SHA-256 {found.sha256[:_DIGITS]})"
