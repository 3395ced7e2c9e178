"""Whether the audit log was tampered with: every chain against itself, and against what stores have of it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assets import append_only
from assets.digest import sha256_bytes
from assets.errors import InputError, StoreError
from storage.audit_lines import AUDIT, FIRST, FOLDER, TWO_BRANCHES, Line, grown, joined_ends, lines_of
from storage.stores import small
from storage.stores.keys import clean_key
from storage.stores.small import TooLargeError
from storage.stores.store import Store

_KEY = re.compile(re.escape(AUDIT) + r"[0-9a-f]{16}/[0-9]{8}\.json")
"""Where a store has a line."""


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
    logs: dict[str, list[Line]] = {}
    for path in sorted((root / FOLDER).glob("*.jsonl")):
        shown = f"{FOLDER}/{path.name}"
        try:
            logs[path.stem] = list(lines_of(path.stem, append_only.read(path, shown, "audit log"), shown))
        except InputError as error:
            wrong.append(str(error))
    known = [line for lines in logs.values() for line in lines]
    branches = grown(logs)
    for chain, lines in logs.items():
        wrong += _breaks(lines, f"{FOLDER}/{chain}.jsonl", logs.get(branches.get(chain, ""), ()))
    wrong += _unjoined(logs, branches)
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


def _breaks(lines: Sequence[Line], shown: str, stem: Sequence[Line]) -> Iterator[str]:
    """The lines that do not follow the one before them; the first one may follow any of the `stem` it grew from."""
    before, known = FIRST, {FIRST: 0}
    if stem:
        before = str(lines[0].said.get("before"))
        known = {line.digest: _number(line) for line in stem}
    for line in lines:
        number, follows = line.said.get("number"), known.get(str(line.said.get("before")))
        digest = line.digest
        if follows is None or number != follows + 1 or digest in known:
            wrong = "does not follow the line before it; a line was changed, added or removed"
            yield f"{shown}: line {line.number}: {wrong}"
        elif line.said["before"] != before:
            yield f"{shown}: line {line.number}: is a second line {number}: {TWO_BRANCHES}"
        before = digest
        known[digest] = _number(line)


def _number(line: Line) -> int:
    number = line.said.get("number")
    return number if isinstance(number, int) else line.number


def _unjoined(logs: Mapping[str, Sequence[Line]], branches: Iterable[str]) -> Iterator[str]:
    """The branches whose end no line has joined, and what was joined and is not there any more."""
    known = {(line.key, line.digest) for lines in logs.values() for line in lines}
    joined = joined_ends(logs)
    for key, _ in sorted(joined - known):
        yield f"{FOLDER}: {key}: was joined and is not in the catalogue as it was; it was changed or removed"
    for chain in branches:
        last = logs[chain][-1]
        if (last.key, last.digest) not in joined:
            yield f"{FOLDER}/{chain}.jsonl: no line joins the end of this branch; `releaseprint audit join` joins it"


def _differing(store: Store, about: Sequence[Line], found: set[str]) -> Iterator[str]:
    lines, known = {line.key: line for line in about}, {line.data for line in about}
    for key in sorted(found.difference(lines)):
        if not _KEY.fullmatch(key):
            yield f"{store.url}: {key}: is no line of an audit log; somebody else put it there"
            continue
        if _bytes_at(store, key) in known:  # where the line lay before its branch was joined
            continue
        yield f"{store.url}: {key}: is in the store and not in the catalogue; its log was cut off or lost"
    for key, line in lines.items():
        if key not in found:
            yield f"{store.url}: {key}: is in the catalogue and not in the store"
        elif _bytes_at(store, key) != line.data:
            yield f"{store.url}: {key}: is not the line that the catalogue has"


def _unlike_records(store: Store, about: Sequence[Line]) -> Iterator[str]:
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
