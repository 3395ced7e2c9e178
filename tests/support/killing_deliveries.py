"""`deliver`, killed at random moments, and what must hold of its store after each kill."""

import hashlib
import os
import random
from pathlib import Path

from killing import Pace, command, timed

from assets.catalogue import open_catalogue
from storage import audit_verify, receipts, verify
from storage.stores import open_store

PADDING = 40_000_000
"""Bytes after the end of the film, so that it goes in several parts and takes long enough to be hit."""


def kill_deliveries(root: Path, base: str, kills: int, seed: int) -> int:
    """Kill deliveries of the catalogue at `root` so often, each to a store of its own below `base`; how many were hit.

    Every second one is killed once more while it resumes. RELEASEPRINT_STORE names the last of them afterwards.
    """
    draw = random.Random(seed)  # noqa: S311 -- repeatable, not secret
    (master,) = (root / "titles/small-film/masters").iterdir()
    with master.open("ab") as file:
        file.write(b"\0" * PADDING)
    had = _digests(root)
    words = ("deliver", "--territory", "KR", "-C", root)
    os.environ["RELEASEPRINT_STORE"] = f"{base}/first"
    assert command(*words) == 0, "the first tells how long one takes, when what was measured is kept"
    os.environ["RELEASEPRINT_STORE"] = f"{base}/timed"
    pace, hits = Pace(timed(*words)), 0
    for number in range(kills):
        os.environ["RELEASEPRINT_STORE"] = url = f"{base}/{number}"
        store = open_store(url, open_catalogue(root))
        for _ in range(1 + number % 2):
            hits += pace.killed(draw.uniform(0.1, 1.0), *words)
            require_nothing_by_half(store)
        assert command(*words) == 0
        require_whole(root, store)
        assert command(*words) == 0
        require_whole(root, store)
        assert _digests(root) == had, "nothing of the catalogue is lost"
        for found in list(store.list()):  # hundreds of them would fill the disk
            store.remove(found.key)
    return hits


def require_nothing_by_half(store) -> None:
    """A package that can be seen is whole; no receipt speaks of anything else."""
    found, wrong = verify.packages(store)
    assert wrong == []
    for standing in found:
        assert verify.verify(store, standing, lambda _count: None).wrong == ()
    accounts, garbage = receipts.accounts(store)
    assert garbage == []
    assert all(item.stands for item in accounts), "a receipt of a package that does not stand"


def require_whole(root, store) -> None:
    """One package, with one receipt and a line in the audit log that says so."""
    require_nothing_by_half(store)
    (account,) = receipts.accounts(store)[0]
    assert len(account.events) == 1
    (standing,) = verify.packages(store)[0]
    assert verify.verify(store, standing, lambda _count: None).extra == ()
    assert audit_verify.verify(root, [store]).wrong == ()


def _digests(root):
    paths = sorted(path for path in (root / "titles").rglob("*") if path.is_file() and path.name != "history.jsonl")
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
