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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assets import append_only
from assets.digest import sha256_bytes
from assets.errors import Fault, InputError, StoreError
from assets.private import own_folder, private_folder
from assets.rights import utc
from storage.stores import folder_files, small
from storage.stores.keys import clean_key
from storage.stores.small import TooLargeError
from storage.stores.store import Store

FOLDER = "audit"
AUDIT = "_audit/"
"""Where a store keeps the lines about it: no title can have this id."""

_CHAIN = re.compile(r"[0-9a-f]{16}")
_TWO_BRANCHES = (
    "two branches of the catalogue wrote to this chain; keep the lines that the store has, and see `The audit log` in"
    " docs/after_delivery.md"
)
_MERGE_MARKS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")

_FIRST = "0" * 64
"""What the first line of a chain has for the line before it."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to a store, and the key of the receipt or record that says it there."""

    what: str
    key: str
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it was read, with what it says; `data` is without its line feed."""

    chain: str
    number: int
    data: bytes
    said: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Where it lies in its store."""
        return f"{AUDIT}{self.chain}/{self.number:08}.json"


def append(root: Path, store: Store, done: Sequence[Done]) -> list[Done]:
    """Add lines to the chain of this catalogue, and to the store; what a kill left out there is put there now.

    What the chain has already said of a receipt or record is not said again; the answer is what was new.
    Raises InputError for a log that is none, UsageError if it cannot be written, StoreError if the store fails.
    """
    chain = _own_chain(root)
    shown = f"{FOLDER}/{chain}.jsonl"
    with append_only.opened(own_folder(root / FOLDER) / f"{chain}.jsonl", shown, "audit log") as file:
        lines = list(_lines(chain, file.found, shown))
        said = {(line.said.get("store"), line.said.get("key")) for line in lines}
        new = [item for item in done if (store.url, item.key) not in said]
        for item in new:
            lines.append(_line(chain, lines, store, item))
            file.append(lines[-1].data + b"\n")
        _put_in_store(store, lines)
    return new


def finish(root: Path, store: Store) -> None:
    """Put into the store what a kill left out there. Raises what `append` raises; without a log there is nothing."""
    if (root / FOLDER).is_dir():
        append(root, store, ())


def _line(chain: str, lines: Sequence[_Line], store: Store, item: Done) -> _Line:
    said = {
        "number": len(lines) + 1,
        "at": utc(item.at),
        "who": item.who,
        "what": item.what,
        "store": store.url,
        "key": item.key,
        "sha256": sha256_bytes(small.read(store, item.key)),
        "before": sha256_bytes(lines[-1].data) if lines else _FIRST,
    }
    return _Line(chain, len(lines) + 1, json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"), said)


def _put_in_store(store: Store, lines: Sequence[_Line]) -> None:
    """Put lines about a store there, from the last one that it has on. Raises StoreError if it has another one."""
    absent: list[_Line] = []
    for line in reversed([line for line in lines if line.said.get("store") == store.url]):
        if store.head(line.key) is not None:
            _require_same(store, line)
            break
        absent.append(line)
    for line in reversed(absent):
        if not store.put_bytes(line.key, line.data, only_if_absent=True):
            _require_same(store, line)


def _require_same(store: Store, line: _Line) -> None:
    if small.read(store, line.key) != line.data:
        wrong = "is another line than the catalogue has; two copies of a catalogue have one chain: "
        raise StoreError(f"{store.url}: {line.key}: {wrong}remove .releaseprint/audit-chain in one of them")


def _own_chain(root: Path) -> str:
    """The id of the chain of this copy of the catalogue, made if there is none."""
    path = private_folder(root) / "audit-chain"
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


def _lines(chain: str, data: bytes, shown: str) -> Iterator[_Line]:
    """The lines of a log. Raises InputError for one that is none."""
    for number, raw in append_only.numbered(data):
        try:
            said = json.loads(raw)
        except (ValueError, RecursionError):
            said = None
        if raw.startswith(_MERGE_MARKS):
            raise InputError(Fault(shown, f"line {number}", "is the mark of a merge", _TWO_BRANCHES))
        if not isinstance(said, dict):
            raise InputError(Fault(shown, f"line {number}", "is no entry of an audit log", "lines that the tool wrote"))
        yield _Line(chain, number, raw.removesuffix(b"\n"), said)


@dataclass(frozen=True, slots=True)
class Verified:
    """What was compared: how many lines and objects, in which stores; `wrong` is whatever shows tampering.

    `unseen` are stores that lines speak of and that nobody compared.
    """

    lines: int
    compared: int
    wrong: tuple[str, ...]
    unseen: tuple[str, ...]


def verify(root: Path, stores: Sequence[Store]) -> Verified:
    """Compare every chain of the catalogue with itself and with what stores have of it. Raises StoreError."""
    wrong: list[str] = []
    known: list[_Line] = []
    for path in sorted((root / FOLDER).glob("*.jsonl")):
        shown = f"{FOLDER}/{path.name}"
        try:
            lines = list(_lines(path.stem, append_only.read(path, shown, "audit log"), shown))
        except InputError as error:
            wrong.append(str(error))
            continue
        wrong += _breaks(lines, shown)
        known += lines
    compared = 0
    for store in stores:
        about = [line for line in known if line.said.get("store") == store.url]
        found = {item.key for item in store.list(AUDIT)}
        compared += len(found)
        wrong += _differing(store, about, found)
        wrong += _unlike_records(store, about)
    seen = {store.url for store in stores}
    unseen = sorted({str(line.said.get("store")) for line in known} - seen)
    return Verified(len(known), compared, tuple(wrong), tuple(unseen))


def _breaks(lines: Sequence[_Line], shown: str) -> Iterator[str]:
    before, known = _FIRST, {_FIRST: 0}
    for line in lines:
        number, follows = line.said.get("number"), known.get(str(line.said.get("before")))
        digest = sha256_bytes(line.data)
        if follows is None or number != follows + 1 or digest in known:
            wrong = "does not follow the line before it; a line was changed, added or removed"
            yield f"{shown}: line {line.number}: {wrong}"
        elif line.said["before"] != before:
            yield f"{shown}: line {line.number}: is a second line {number}: {_TWO_BRANCHES}"
        before = digest
        known[digest] = number if isinstance(number, int) else line.number


def _differing(store: Store, about: Sequence[_Line], found: set[str]) -> Iterator[str]:
    lines = {line.key: line for line in about}
    for key in sorted(found.difference(lines)):
        yield f"{store.url}: {key}: is in the store and not in the catalogue; its log was cut off or lost"
    for key, line in lines.items():
        if key not in found:
            yield f"{store.url}: {key}: is in the catalogue and not in the store"
        elif _bytes_at(store, key) != line.data:
            yield f"{store.url}: {key}: is not the line that the catalogue has"


def _unlike_records(store: Store, about: Sequence[_Line]) -> Iterator[str]:
    """The receipts and records that are not what was logged of them."""
    for line in about:
        key = str(line.said.get("key"))
        try:
            clean_key(key, store.url)
        except StoreError as error:  # the line was forged, and the chain says so
            yield str(error)
            continue
        if store.head(key) is None:
            yield f"{store.url}: {key}: was removed after it was logged"
        elif sha256_bytes(_bytes_at(store, key)) != line.said.get("sha256"):
            yield f"{store.url}: {key}: was changed after it was logged"


def _bytes_at(store: Store, key: str) -> bytes:
    """The bytes of an object; none of one that is too long to be ours, which is then not what was logged."""
    try:
        return small.read(store, key)
    except TooLargeError:
        return b""
