"""A plan whose files may be away: they go from the store that they lie in to the one they are delivered to."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from assets.title import Away
from storage.plan import Plan
from storage.planned import PlannedFile
from storage.stores.promised import Stream
from storage.stores.store import Store

Open = Callable[[str], tuple[Store, str]]
"""The store of an object's URL, and its key there."""


def from_stores(plan: Plan, open_object: Open) -> Plan:
    """The plan with a stream for each file that does not lie here, and that the title's away.toml refers to.

    No store is spoken to before the stream is read, and what is read is hashed like any file that is sent.
    """
    known = {item.sha256: item for item in plan.title.away}
    return replace(plan, files=tuple(_streamed(file, known.get(file.sha256), open_object) for file in plan.files))


def _streamed(file: PlannedFile, away: Away | None, open_object: Open) -> PlannedFile:
    if away is None or not isinstance(file.path, Path) or file.path.exists():
        return file
    store, key = open_object(away.url)
    return replace(file, path=Stream(away.url, away.size, lambda: store.get(key)))
