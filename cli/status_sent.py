"""What was delivered of a title, and what of it is not the newest revision any more."""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.history import Revision
from assets.history.ledger import nfc
from storage.index import Delivery


@dataclass(frozen=True, slots=True)
class Superseded:
    """A file in a package that is not the newest revision of its role. Revisions as `asset@3`."""

    name: str
    sha256: str
    delivered: str
    newest: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A package in a store. `unknown` are its files whose newest revision nobody has written down."""

    delivery: Delivery
    superseded: tuple[Superseded, ...]
    unknown: tuple[str, ...]


def sent_of(item: Delivery, known: Sequence[Revision]) -> Sent:
    """A delivery against the revisions: by its bytes, or by its name, a file is known to be of a role."""
    newest = {revision.asset: revision for revision in known}
    superseded: list[Superseded] = []
    unknown: list[str] = []
    for name, sha256 in item.assets:
        composed = nfc(name)
        same_name = [revision for revision in known if revision.name == composed]
        same_bytes = [revision for revision in known if revision.sha256 == sha256]
        of = next(iter([*reversed([one for one in same_bytes if one in same_name]), *same_name, *same_bytes]), None)
        if of is None:
            unknown.append(name)
            continue
        last = newest[of.asset]
        if last.sha256 != sha256:
            was = next((one.id for one in reversed(same_bytes) if one.asset == of.asset), "")
            superseded.append(Superseded(name, sha256, was, last.id))
    return Sent(item, tuple(superseded), tuple(unknown))
