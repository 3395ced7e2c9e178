"""Every look into a state of a million assets that a command takes per asset or title. Limit: 10 ms each.

The state has titles of twelve files: their digests, revisions, verdicts of two platforms, a delivery with its receipt,
an answer to each of eight questions, an agreement, and a measurement for each master with a curve of a film's length.
It is written in its own schema. Looks are at random titles; `worst` is of the wall clock, `processor` the worst of the
processor alone, which other programs do not lengthen. `cold` is the median after the system has forgotten the file's
pages, as after a start of the machine; those looks open the state, and are told without a limit. The first look of each
kind is left out of the others.

python benchmarks/state.py [--assets 1000000] [--looks 500]
"""

import argparse
import hashlib
import os
import random
import statistics
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection

from catalogues import AT, FILES, PLATFORMS, title_id
from pydantic import TypeAdapter

from assets.history.model import Revision
from assets.media import Measured, MediaInfo
from assets.private import FOLDER
from assets.signals.model import MEASUREMENT, Signals, SoundSignals
from storage.agreements import Agreements, Kind
from storage.answers import Answer
from storage.index import WHOLE, Delivery, Entry, Index, Lying, Verdict
from storage.state import FILE_NAME, State, connected, state_text

LIMIT_MS = 10.0
QUESTIONS = 8
"""As many as the state keeps the answers to."""
STORE = "s3://deliveries"
RECORDS = 16
"""Different measurements; making one for each master would take longer than all else."""
PEAKS = 5_040
"""A value a second, of 84 minutes."""
COLD_LOOKS = 20
CACHE_KIB = 400_000
"""What SQLite may hold while the state is written; the looks are made with what it holds by itself."""
Look = Callable[[int], object]


def digest(number: int, name: str, revision: int = 1) -> str:
    """The digest of a revision of a title's file."""
    return hashlib.sha256(f"{number} {name} {revision}".encode()).hexdigest()


def prefix_of(number: int) -> str:
    """Where a title's package lies."""
    return f"{title_id(number)}/svod/svod-2026/{digest(number, '')[:16]}/"


def write(root: Path, titles: int, real: list[int]) -> None:
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
        index.put_store(STORE, (_delivery(number) for number in range(titles)))
        with connection:
            _write_files(connection, titles, {number: state_text(path_of(root, number).stat()) for number in real})
            _write_rest(connection, titles)


def path_of(root: Path, number: int) -> Path:
    """Where a title's master lies."""
    return root / "titles" / title_id(number) / FILES["original/master"]


def _entry(number: int) -> Entry:
    lying = tuple(Lying(role, name, 4, digest(number, name)) for role, name in FILES.items())
    when = datetime.fromisoformat(AT)
    revisions = tuple(
        Revision(role, 1, name, digest(number, name), 4, when, "A Person", "added") for role, name in FILES.items()
    )
    return Entry(title_id(number), f"Film {number}", "ko", 2020, lying, revisions)


def _delivery(number: int) -> Delivery:
    window = ("svod-2026", "2025-12-31T15:00:00Z", "2045-12-31T15:00:00Z", AT)
    said = (STORE, prefix_of(number), digest(number, ""), title_id(number), "svod", "2026-11", *window)
    held = tuple((name, digest(number, name)) for name in FILES.values())
    return Delivery(*said, assets=held, receipts=((f"_receipts/{prefix_of(number)}1.json", AT, "worldwide"),))


def _write_files(connection: Connection, titles: int, states: dict[int, str]) -> None:
    """Digests of all files, and measurements of the masters."""
    version, records = State(connection, Path())._version, _records()  # noqa: SLF001 -- as `keep` writes it
    master = FILES["original/master"]
    for number in range(titles):
        state = states.get(number, f"4 1700000000000000000 1700000000000000000 {number}")
        rows = [(f"titles/{title_id(number)}/{name}", state, digest(number, name)) for name in FILES.values()]
        connection.executemany("INSERT INTO file VALUES (?, ?, ?)", rows)
        said = (digest(number, master), version, number, records[number % RECORDS])
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


@dataclass(frozen=True, slots=True)
class Open:
    """An open state, with what looks into it."""

    root: Path
    state: State
    index: Index
    agreements: Agreements

    def looks(self) -> dict[str, Look]:
        """What a command asks and keeps of one title or file, by the title's number."""
        index, state = self.index, self.state
        return {
            "of_file": lambda number: state.of_file(self.master(number)),
            "digest_of": lambda number: state.digest_of(self.master(number)),
            "has_size": state.has_size,
            "measured": lambda number: state.measured(digest(number, FILES["original/master"])),
            "newest_verdicts": lambda number: index.newest_verdicts([title_id(number)]),
            "verdicts": lambda number: index.verdicts(title_id(number)),
            "deliveries": lambda number: index.deliveries([title_id(number)]),
            "deliveries_of": lambda number: index.deliveries_of([digest(number, FILES["artwork/thumbnail"])]),
            "file_digests": lambda number: index.file_digests([title_id(number)]),
            "agreements.find": lambda number: self.agreements.find(title_id(number)),
            "remember": lambda number: state.remember(self.master(number), "0" * 64),
            "keep_verdicts": lambda number: index.keep_verdicts(verdicts_of(number, AT.replace("T09", "T10"))),
            "add_delivery": lambda number: index.add_delivery(_delivery(number)),
            "answers.keep": self.answer,
            "answers.forget": lambda number: index.answers.forget([title_id(number)]),
        }

    def master(self, number: int) -> Path:
        """Where a title's master lies."""
        return path_of(self.root, number)

    def answer(self, number: int) -> None:
        """Keep an answer about one title."""
        answers = self.index.answers
        answers.keep("question 0", [Answer(title_id(number), "new", (), "", "", "x")], answers.commit())


def opened(root: Path, connection: Connection) -> Open:
    """What looks into an open state."""
    return Open(root, State(connection, root), Index(connection), Agreements(connection, root, Kind.WHOLE))


def timed(look: Look, number: int) -> tuple[float, float]:
    """How many milliseconds one look takes: by the clock, and of the processor."""
    begun, busy = time.perf_counter(), time.thread_time()
    look(number)
    return 1000 * (time.perf_counter() - begun), 1000 * (time.thread_time() - busy)


def cold(root: Path, name: str, numbers: list[int]) -> float:
    """The median of looks each of which begins with a state that the system has none of in memory."""
    found = []
    for number in numbers:
        path = root / FOLDER / FILE_NAME
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        begun = time.perf_counter()
        with connected(root) as connection:
            opened(root, connection).looks()[name](number)
        found.append(1000 * (time.perf_counter() - begun))
    return statistics.median(found)


def measure(root: Path, numbers: list[int]) -> Iterator[tuple[str, float, float, float]]:
    """Each look by its name: the median, the worst, and the worst of the processor, in milliseconds."""
    with connected(root) as connection:
        for name, look in opened(root, connection).looks().items():
            found = [timed(look, number) for number in numbers][1:]
            clock, busy = zip(*found, strict=True)
            yield name, statistics.median(clock), max(clock), max(busy)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--assets", type=int, default=1_000_000)
    parser.add_argument("--looks", type=int, default=500)
    asked = parser.parse_args()
    titles = asked.assets // len(FILES)
    numbers = random.Random(2).sample(range(titles), min(titles, asked.looks))  # noqa: S311 -- the same each time
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        begun = time.perf_counter()
        write(root, titles, numbers)
        os.sync()
        size = (root / FOLDER / FILE_NAME).stat().st_size
        print(
            f"{titles:,} titles, {titles * len(FILES):,} assets: {size / 1e9:.2f} GB, {size // titles:,} bytes a title"
        )
        print(f"written in {time.perf_counter() - begun:.0f} s", flush=True)
        print(f"{'ms':18}{'median':>9}{'worst':>9}{'processor':>11}{'cold':>9}")
        slowest = slowest_busy = 0.0
        for name, median, worst, busy in measure(root, numbers):
            chilled = cold(root, name, numbers[:COLD_LOOKS])
            print(f"{name:18}{median:9.3f}{worst:9.2f}{busy:11.2f}{chilled:9.1f}", flush=True)
            slowest, slowest_busy = max(slowest, worst), max(slowest_busy, busy)
        print(
            f"of the limit of {LIMIT_MS:g} ms   {slowest / LIMIT_MS:.2f} x, processor {slowest_busy / LIMIT_MS:.2f} x"
        )


if __name__ == "__main__":
    main()
