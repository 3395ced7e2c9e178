"""What happened to packages after they were delivered: records that are only ever added, beside the receipts.

`_records/` has the folders of the packages themselves. A record says one thing that happened (`What`); its schema is
manifests/record.schema.json. A manifest that is taken down is kept there byte for byte, as `<its SHA-256>.manifest`,
so that every receipt can be compared with what it speaks of for as long as the store stands.
"""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from assets.errors import StoreError
from assets.rights import utc
from assets.version import tool_version
from storage.manifests import strict
from storage.stores import small
from storage.stores.store import Store

RECORDS = "_records/"
"""Where records lie: no title can have this id."""

_SCHEMA_ID = "releaseprint/record/1"


class What(StrEnum):
    """What happened to a package, in the order in which two things of one second are told."""

    DELIVERED = "delivered"
    RELEASED = "released"
    SUPERSEDED = "superseded"
    REINSTATED = "reinstated"
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Subject:
    """The package that a record speaks of, by its own manifest."""

    package: str
    prefix: str
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that happened, and who says so.

    `by` is the package that took the place of this one. `files` and `size` are what was removed, `kept` what the store
    keeps of it all the same, `left` the keys that lie there and are not the package's. `closes` says that the window is
    closed: `deliver` leaves it alone from then on.
    """

    what: What
    subject: Subject
    at: datetime
    who: str
    why: str = ""
    by: str = ""
    files: int = 0
    size: int = 0
    kept: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    closes: bool = False
    key: str = ""

    @property
    def data(self) -> dict[str, Any]:
        """The record as its JSON has it; what does not apply is left out."""
        said: dict[str, Any] = {
            "why": self.why,
            "by": self.by,
            "kept": list(self.kept),
            "left": list(self.left),
            "closes": self.closes,
            "removed": {"files": self.files, "bytes": self.size} if self.what is What.WITHDRAWN else None,
        }
        return {
            "schema": _SCHEMA_ID,
            "what": str(self.what),
            "package": self.subject.package,
            "prefix": self.subject.prefix,
            "manifest_sha256": self.subject.manifest_sha256,
            "at": utc(self.at),
            "who": self.who,
            **{key: value for key, value in said.items() if value},
            "tool": f"releaseprint {tool_version()}",
        }


def write(store: Store, record: Record) -> Record:
    """Add a record to a store; the record with its key. No two have one name."""
    stamp = f"{record.at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    key = f"{RECORDS}{record.subject.prefix}{stamp}-{record.what}-{secrets.token_hex(4)}.json"
    body = json.dumps(record.data, ensure_ascii=False, indent=2, sort_keys=True)
    store.put_bytes(key, body.encode("utf-8", "replace") + b"\n", only_if_absent=True)
    return replace(record, key=key)


def read(data: bytes, key: str) -> Record:
    """A record from its bytes. Raises StoreError if it is none, or speaks of another package than its key."""
    try:
        whole = strict.loads(data)
        if whole["schema"] != _SCHEMA_ID:
            raise StoreError(f"{key}: schema {whole['schema']!r} is not known; {_SCHEMA_ID}")
        removed = whole.get("removed", {})
        record = Record(
            what=What(whole["what"]),
            subject=Subject(str(whole["package"]), str(whole["prefix"]), str(whole["manifest_sha256"])),
            at=datetime.fromisoformat(whole["at"]),
            who=str(whole["who"]),
            why=str(whole.get("why", "")),
            by=str(whole.get("by", "")),
            files=int(removed.get("files", 0)),
            size=int(removed.get("bytes", 0)),
            kept=tuple(str(item) for item in whole.get("kept", [])),
            left=tuple(str(item) for item in whole.get("left", [])),
            closes=whole.get("closes") is True,
            key=key,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StoreError(f"{key}: is no record of the tool; see record.schema.json") from error
    if record.at.tzinfo is None or not key.startswith(RECORDS + record.subject.prefix):
        raise StoreError(f"{key}: is no record of the package whose folder it lies in")
    return record


def is_record(key: str) -> bool:
    """Whether a key is that of a record, and not of a manifest that was kept."""
    return key.startswith(RECORDS) and key.endswith(".json")


def of_package(store: Store, prefix: str) -> Iterator[Record]:
    """The records of a package. Raises StoreError for one that cannot be read: what happened must be known."""
    for found in store.list(RECORDS + prefix):
        if is_record(found.key):
            yield read(small.read(store, found.key), found.key)


def kept_key(subject: Subject) -> str:
    """Where the manifest of a package is kept that is taken down."""
    return f"{RECORDS}{subject.prefix}{subject.manifest_sha256}.manifest"
