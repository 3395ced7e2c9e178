"""The audit log: a line for everything that this catalogue did to a store, each with the SHA-256 of the line before it.

A line names the receipt or record of what was done, with its SHA-256. It stands in the catalogue, in
`audit/<chain>.jsonl`, and in the store that it is about, below `_audit/<chain>/`, created only if absent. A line that
is changed, left out or put in between breaks the chain; lines that are cut off at the end are still in the store; a
receipt that is changed or removed is not what its line says. Whoever can change the catalogue and the store, both at
once, can forge both: keep one of them where others write.

Each copy of a catalogue has a chain of its own, so that merging two of them in version control breaks none.
"""

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assets import append_only
from assets.digest import sha256_bytes
from assets.errors import Fault, InputError, StoreError, UsageError
from assets.private import own_folder, private_folder
from assets.rights import utc
from storage import audit_memory
from storage.audit_lines import FIRST, FOLDER, Line, lines_of
from storage.audit_memory import Ending, Known
from storage.stores import folder_files, small
from storage.stores.store import Store

_CHAIN_NAME = "audit-chain"
_CHAIN = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to a store, and the key of the receipt or record that says it there."""

    what: str
    key: str
    at: datetime
    who: str


def append(root: Path, store: Store, done: Sequence[Done]) -> list[Done]:
    """Add lines to the chain of this catalogue, and to the store; what a kill left out there is put there now.

    What the chain has already said of a receipt or record is not said again; the answer is what was new. A log that is
    as the last one who added to it left it is not read again. Raises InputError for a log that is none, UsageError if
    it cannot be written, StoreError if the store fails.
    """
    try:
        chain, folder = _own_chain(root), own_folder(root / FOLDER)
    except OSError as error:
        raise UsageError(f"{FOLDER}: cannot be written: {error.strerror}") from error
    path, shown = folder / f"{chain}.jsonl", f"{FOLDER}/{chain}.jsonl"
    known = _known(root, chain, store, done)
    with append_only.opened(path, shown, "audit log", known.seen if known else None) as file:
        lines = list(lines_of(chain, file.found, shown))
        if known is not None and file.is_known:
            said, ending = known.said, known.ending
        else:
            said = frozenset(str(line.said.get("key")) for line in lines if line.said.get("store") == store.url)
            ending = Ending(len(lines), lines[-1].digest if lines else FIRST)
        new = [item for item in done if item.key not in said]
        for item in new:
            lines.append(_line(chain, ending, store, item))
            ending = Ending(ending.count + 1, lines[-1].digest)
            file.append(lines[-1].data + b"\n")
        _put_in_store(store, lines)
        audit_memory.remember(root, chain, (file.seen, ending), lines, store=store.url, whole=not file.is_known)
    return new


def finish(root: Path, store: Store) -> None:
    """Put into the store what a kill left out there. Raises what `append` raises; without a log there is nothing."""
    if (root / FOLDER).is_dir():
        append(root, store, ())


def _known(root: Path, chain: str, store: Store, done: Sequence[Done]) -> Known | None:
    """What need not be read of the log: all of it, if the store has the last line about it that is remembered."""
    known = audit_memory.recall(root, chain, store.url, [item.key for item in done])
    if known is not None and known.last is not None:
        if store.head(known.last.key) is None:
            return None
        _require_same(store, known.last)
    return known


def _line(chain: str, ending: Ending, store: Store, item: Done) -> Line:
    said = {
        "number": ending.count + 1,
        "at": utc(item.at),
        "who": item.who,
        "what": item.what,
        "store": store.url,
        "key": item.key,
        "sha256": sha256_bytes(small.read(store, item.key)),
        "before": ending.digest,
    }
    return Line(chain, ending.count + 1, json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"), said)


def _put_in_store(store: Store, lines: Sequence[Line]) -> None:
    """Put lines about a store there, from the last one that it has on. Raises StoreError if it has another one."""
    absent: list[Line] = []
    for line in reversed([line for line in lines if line.said.get("store") == store.url]):
        if store.head(line.key) is not None:
            _require_same(store, line)
            break
        absent.append(line)
    for line in reversed(absent):
        if not store.put_bytes(line.key, line.data, only_if_absent=True):
            _require_same(store, line)


def _require_same(store: Store, line: Line) -> None:
    if small.read(store, line.key) != line.data:
        wrong = "is another line than the catalogue has; two copies of a catalogue have one chain: "
        cure = "remove .releaseprint/audit-chain in one of them, or join two branches with `releaseprint audit join`"
        raise StoreError(f"{store.url}: {line.key}: {wrong}{cure}")


def leave(root: Path, chain: str) -> None:
    """Have the next line of this copy of the catalogue begin a new chain, if it is this one that it adds to."""
    if _own_chain(root) == chain:
        (private_folder(root) / _CHAIN_NAME).unlink()


def _own_chain(root: Path) -> str:
    """The id of the chain of this copy of the catalogue, made if there is none."""
    path = private_folder(root) / _CHAIN_NAME
    if not path.exists():
        new = secrets.token_hex(8)
        draft = path.with_name(f"audit-chain.{new}")
        draft.write_text(new, encoding="ascii")
        try:
            folder_files.link(draft, path)  # of two processes one wins, and no third reads half of it
        except FileExistsError:
            pass
        finally:
            draft.unlink(missing_ok=True)
    chain = path.read_text(encoding="ascii", errors="replace").strip()
    if not _CHAIN.fullmatch(chain):
        raise InputError(
            Fault(str(path), "", f"{chain[:40]!r} is no id of a chain", "remove the file: another is made")
        )
    return chain
