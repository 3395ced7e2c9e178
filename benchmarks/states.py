"""A state of any size for the benchmarks, written in its own schema, as a catalogue of that size leaves it behind.

A title has twelve files with their digests, revisions and verdicts of two platforms, a delivery with its receipt, an
answer to each of eight questions, an agreement, and a measurement of its master with a curve of a film's length.
"""

import hashlib
import os
import random
import zlib
from dataclasses import astuple
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection

from catalogues import AT, FILES, PLATFORMS, title_id
from pydantic import TypeAdapter

from assets.history.model import Revision
from assets.media import Measured, MediaInfo
from assets.signals.model import MEASUREMENT, Signals, SoundSignals
from storage.index import WHOLE, Delivery, Entry, Index, Lying, Verdict
from storage.state import State, connected, state_text

MASTER = FILES["original/master"]
QUESTIONS = 8
"""As many as the state keeps the answers to."""
STORE = "s3://deliveries"
RECORDS = 16
"""Different measurements; making one for each master would take longer than all else."""
PEAKS = 5_040
"""A value a second, of 84 minutes."""
CACHE_KIB = 400_000
"""What SQLite may hold while the state is written."""


def digest(number: int, name: str, revision: int = 1) -> str:
    """The digest of a revision of a title's file."""
    return hashlib.sha256(f"{number} {name} {revision}".encode()).hexdigest()


def prefix_of(number: int) -> str:
    """Where a title's package lies."""
    return f"{title_id(number)}/svod/svod-2026/{digest(number, '')[:16]}/"


def write_state(root: Path, titles: int, real: list[int]) -> None:
    """A state of so many titles; those that are `real` have a master that lies there."""
    for number in real:
        master = path_of(root, number)
        master.parent.mkdir(parents=True)
        master.write_bytes(b"film")
        os.utime(master, (1_700_000_000, 1_700_000_000))
    with connected(root) as connection:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        index = Index(connection)
        index.put_titles(_entry(number) for number in range(titles))
        index.put_store(STORE, (delivery_of(number) for number in range(titles)))
        with connection:
            _write_files(connection, titles, {number: state_text(path_of(root, number).stat()) for number in real})
            _write_rest(connection, titles)


def path_of(root: Path, number: int) -> Path:
    """Where a title's master lies."""
    return root / "titles" / title_id(number) / MASTER


def _entry(number: int) -> Entry:
    lying = tuple(Lying(role, name, 4, digest(number, name)) for role, name in FILES.items())
    when = datetime.fromisoformat(AT)
    revisions = tuple(
        Revision(role, 1, name, digest(number, name), 4, when, "A Person", "added") for role, name in FILES.items()
    )
    return Entry(title_id(number), f"Film {number}", "ko", 2020, lying, revisions)


def delivery_of(number: int) -> Delivery:
    """The package of a title, with its files and its receipt."""
    window = ("svod-2026", "2025-12-31T15:00:00Z", "2045-12-31T15:00:00Z", AT)
    said = (STORE, prefix_of(number), digest(number, ""), title_id(number), "svod", "2026-11", *window)
    held = tuple((name, digest(number, name)) for name in FILES.values())
    return Delivery(*said, assets=held, receipts=((f"_receipts/{prefix_of(number)}1.json", AT, "worldwide"),))


def _write_files(connection: Connection, titles: int, states: dict[int, str]) -> None:
    """Digests of all files, and measurements of the masters."""
    version, records = State(connection, Path())._version, _records()  # noqa: SLF001 -- as `keep` writes it
    for number in range(titles):
        state = states.get(number, f"4 1700000000000000000 1700000000000000000 {number}")
        rows = [(f"titles/{title_id(number)}/{name}", state, digest(number, name)) for name in FILES.values()]
        connection.executemany("INSERT INTO file VALUES (?, ?, ?)", rows)
        said = (digest(number, MASTER), version, number, records[number % RECORDS])
        connection.execute("INSERT INTO measurement VALUES (?, ?, ?, ?)", said)


def _records() -> list[bytes]:
    """Measurements as the state holds them, with a curve that no two seconds have in common."""
    draw, found = random.Random(1), []  # noqa: S311 -- the same each time
    info = MediaInfo("mov", 1, None, (), ())
    for _ in range(RECORDS):
        peaks = tuple(draw.randrange(-6000, 0) for _ in range(PEAKS))
        sound = SoundSignals((1,), "stereo", 0, 1, (), peaks=peaks)
        measured = Measured(info, Signals(MEASUREMENT, (), (sound,)), 4, "0" * 64)
        found.append(zlib.compress(TypeAdapter(Measured).dump_json(measured)))
    return found


def _write_rest(connection: Connection, titles: int) -> None:
    """Verdicts, answers and agreements."""
    for number in range(titles):
        title = title_id(number)
        verdicts = [astuple(item) for item in verdicts_of(number, AT)]
        connection.executemany("INSERT INTO qc VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", verdicts)
        answers = [(f"question {each}", title, "state", "", "", "[]", "x" * 400) for each in range(QUESTIONS)]
        connection.executemany("INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?)", answers)
        connection.execute("INSERT INTO agreed VALUES ('whole', ?, 'state', 'form', ?)", (title, "x" * 400))


def verdicts_of(number: int, at: str) -> list[Verdict]:
    """What two platforms say of a title's files, and of it."""
    return [
        Verdict(title_id(number), name, digest(number, name), platform, "2026-11", "svod-2026", at, "pass", 0, 1, 0, 0)
        for platform in PLATFORMS
        for name in (*FILES.values(), WHOLE)
    ]
