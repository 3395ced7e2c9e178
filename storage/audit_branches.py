"""A chain of the audit log that two branches of a catalogue have added to, joined again: no line is lost or changed.

The branch whose lines the stores have stays the chain, and ends. Every other one becomes a chain of its own, whose
first line names, as it always did, the line of the other chain that it grew from. This copy of the catalogue begins a
new chain, with lines `joined` that have the SHA-256 of the last lines of both, as others have that of a receipt:
whatever is changed, removed or cut off in either is found, as before.

The order, and why a kill between any two steps is harmless (the same command goes on):

 1. the lines of the other branches are written into files of their own: there they stand twice;
 2. the lines of all branches are put into the stores that they are about, where a kill left them out;
 3. the chain's file is replaced with one that lacks the other branches, and the marks of a merge;
 4. this copy of the catalogue leaves the chain, and the lines `joined` are added to its new one, like any others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assets import append_only
from assets.errors import Fault, InputError, UsageError
from assets.title_editing import prepared
from storage import audit
from storage.audit import Done
from storage.audit_lines import FIRST, FOLDER, JOINED, MERGE_MARKS, Line, branch_id, grown, joined_ends, lines_of
from storage.stores import small
from storage.stores.small import TooLargeError
from storage.stores.store import Store


@dataclass(frozen=True, slots=True)
class Branch:
    """Lines that became a chain of their own, and the chain that they had grown from, empty if from its beginning."""

    chain: str
    grew_from: str
    lines: int


def join(root: Path, stores: Mapping[str, Store], at: datetime, who: str) -> list[Branch]:
    """Join the branches of every chain; what was joined. Stores go by their URLs.

    Raises InputError for a log in which a line was changed or removed, UsageError where a line is about a store that is
    not among the stores, StoreError if a store fails.
    """
    paths = sorted((root / FOLDER).glob("*.jsonl"))
    for path in paths:
        with append_only.opened(path, _shown(path.stem), "audit log") as file:
            _part(path, file.found, stores)
    return list(_joined(root, stores, at, who))


def _shown(chain: str) -> str:
    return f"{FOLDER}/{chain}.jsonl"


def _part(path: Path, data: bytes, stores: Mapping[str, Store]) -> None:
    """Give the branches of a chain files of their own, if it has any. Whoever calls holds the lock of its file."""
    chain = path.stem
    kept = b"".join(raw for _, raw in append_only.numbered(data) if not raw.startswith(MERGE_MARKS))
    paths = _paths(chain, list(lines_of(chain, kept, _shown(chain))))
    if not paths or (len(paths) == 1 and _bytes(paths[0]) == data):
        return
    common = set.intersection(*({line.digest for line in each} for each in paths))
    trunk = _trunk(paths, common, stores)
    standing = {line.digest for line in trunk}
    for each in paths:
        branch = _renamed([line for line in each if line.digest not in standing])
        standing |= {line.digest for line in branch}
        if branch:
            _write(path.with_name(f"{branch[0].chain}.jsonl"), branch)
        _put(branch, stores)
    _put([line for line in trunk if line.digest not in common], stores)
    _write(path, trunk)


def _put(lines: Sequence[Line], stores: Mapping[str, Store]) -> None:
    for line in lines:
        _store_of(line, stores).put_bytes(line.key, line.data, only_if_absent=True)


def _write(path: Path, lines: Sequence[Line]) -> None:
    """Put lines in the place of a file, whole. Raises InputError for what is no text, UsageError."""
    try:
        with prepared(path, _bytes(lines).decode()) as incoming:
            incoming.replace(path)
        append_only.sync_folder(path.parent)
    except UnicodeDecodeError as error:
        raise InputError(Fault(_shown(path.stem), "", "is not UTF-8", "lines that the tool wrote")) from error
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from error


def _bytes(lines: Sequence[Line]) -> bytes:
    return b"".join(line.data + b"\n" for line in lines)


def _renamed(lines: Sequence[Line]) -> list[Line]:
    """Lines as those of a chain of their own, whose id is the same for whoever joins them."""
    chain = branch_id(lines[0]) if lines else ""
    return [Line(chain, number, line.data, line.said) for number, line in enumerate(lines, 1)]


def _paths(chain: str, lines: Sequence[Line]) -> list[list[Line]]:
    """The ways from the first line to each that nothing follows, in the order of these. Raises InputError."""
    known: dict[str, Line] = {}
    start = str(lines[0].said.get("before")) if lines else FIRST
    for line in lines:
        before = str(line.said.get("before"))
        if line.digest not in known and before != start and before not in known:
            wrong = "does not follow any line; a line was changed or removed, and is not joined"
            raise InputError(Fault(_shown(chain), f"line {line.number}", wrong, "the lines as they were"))
        known.setdefault(line.digest, line)
    followed = {str(line.said.get("before")) for line in known.values()}
    return [_way(known, line) for digest, line in known.items() if digest not in followed]


def _way(known: Mapping[str, Line], last: Line) -> list[Line]:
    """The lines up to one, numbered as a file has them that has no others."""
    back = [last]
    while (before := known.get(str(back[-1].said.get("before")))) is not None:
        back.append(before)
    return [Line(line.chain, number, line.data, line.said) for number, line in enumerate(reversed(back), 1)]


def _trunk(paths: Sequence[list[Line]], common: set[str], stores: Mapping[str, Store]) -> list[Line]:
    """The first way that no store has other lines than; what all have in common, where there is none."""
    for path in paths:
        if not any(_clashes(line, stores) for line in path if line.digest not in common):
            return path
    return [line for line in paths[0] if line.digest in common]


def _clashes(line: Line, stores: Mapping[str, Store]) -> bool:
    store = _store_of(line, stores)
    try:
        return store.head(line.key) is not None and small.read(store, line.key) != line.data
    except TooLargeError:
        return True


def _store_of(line: Line, stores: Mapping[str, Store]) -> Store:
    url = str(line.said.get("store"))
    if url not in stores:
        raise UsageError(f"{_shown(line.chain)}: a branch has lines about {url}; name that store with --in")
    return stores[url]


def _joined(root: Path, stores: Mapping[str, Store], at: datetime, who: str) -> Iterator[Branch]:
    """Log the last lines of branches that no line has joined yet, and of what they grew from: one for each store."""
    logs = {path.stem: _lines(path) for path in sorted((root / FOLDER).glob("*.jsonl"))}
    joined = joined_ends(logs)
    for chain, grew_from in grown(logs).items():
        if (logs[chain][-1].key, logs[chain][-1].digest) in joined:
            for url in {str(line.said.get("store")) for line in logs[chain]}.intersection(stores):
                audit.finish(root, stores[url])  # what a kill has left out of it
            continue
        audit.leave(root, grew_from)
        for lines in (logs.get(grew_from, ()), logs[chain]):
            for line in {str(line.said.get("store")): line for line in lines}.values():
                audit.append(root, _store_of(line, stores), [Done(JOINED, line.key, at, who)])
        yield Branch(chain, grew_from, len(logs[chain]))


def _lines(path: Path) -> list[Line]:
    shown = _shown(path.stem)
    return list(lines_of(path.stem, append_only.read(path, shown, "audit log"), shown))
