"""Every look into a state of a million assets that a command takes per asset or title. Limit: 10 ms each.

states.py says what is known of each title. Looks are at random titles, with what SQLite holds by itself; the first of
each kind is left out. `processor` is the worst of the processor alone, which other programs do not lengthen. `cold` is
the median of looks after the system has forgotten the file, as after a start of the machine; they open the state too,
and are told without a limit.

python benchmarks/state.py [--assets 1000000] [--looks 500]
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection

from catalogues import AT, FILES, title_id
from states import MASTER, delivery_of, digest, path_of, verdicts_of, write_state

from assets.private import FOLDER
from storage.agreements import Agreements, Kind
from storage.answers import Answer
from storage.index import Index
from storage.state import FILE_NAME, State, connected

LIMIT_MS = 10.0
COLD_LOOKS = 20
Look = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Open:
    """An open state, with what looks into it."""

    root: Path
    state: State
    index: Index
    agreements: Agreements

    def looks(self) -> dict[str, Look]:
        """What a command asks of one title or file, by the title's number."""
        index, state = self.index, self.state
        return {
            "of_file": lambda number: state.of_file(self.master(number)),
            "digest_of": lambda number: state.digest_of(self.master(number)),
            "has_size": state.has_size,
            "measured": lambda number: state.measured(digest(number, MASTER)),
            "newest_verdicts": lambda number: index.newest_verdicts([title_id(number)]),
            "verdicts": lambda number: index.verdicts(title_id(number)),
            "deliveries": lambda number: index.deliveries([title_id(number)]),
            "deliveries_of": lambda number: index.deliveries_of([digest(number, FILES["artwork/thumbnail"])]),
            "file_digests": lambda number: index.file_digests([title_id(number)]),
            "agreements.find": lambda number: self.agreements.find(title_id(number)),
        }

    def writes(self) -> dict[str, Look]:
        """What a command keeps of one title or file, each in a transaction."""
        index, state = self.index, self.state
        return {
            "remember": lambda number: state.remember(self.master(number), "0" * 64),
            "keep_verdicts": lambda number: index.keep_verdicts(verdicts_of(number, AT.replace("T09", "T10"))),
            "add_delivery": lambda number: index.add_delivery(delivery_of(number)),
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


def measured(name: str, look: Look, numbers: list[int], chilled: float | None) -> tuple[float, float]:
    """Print a line about a look; its worst by the clock and of the processor, in milliseconds."""
    clock, busy = zip(*[timed(look, number) for number in numbers][1:], strict=True)
    shown = "" if chilled is None else f"{chilled:9.1f}"
    print(f"{name:18}{statistics.median(clock):9.3f}{max(clock):9.2f}{max(busy):11.2f}{shown}", flush=True)
    return max(clock), max(busy)


def measure(root: Path, numbers: list[int]) -> None:
    """Print a line for each look and each write, and the worst look."""
    with connected(root) as connection:
        looks = opened(root, connection).looks()
    chilled = {name: cold(root, name, numbers[:COLD_LOOKS]) for name in looks}
    with connected(root) as connection:
        state = opened(root, connection)
        worst = [measured(name, look, numbers, chilled[name]) for name, look in state.looks().items()]
        print("one transaction each; now and then one brings the log back into the file:")
        for name, write in state.writes().items():
            measured(name, write, numbers, None)
    for name, found in zip(("by the clock", "of the processor"), zip(*worst, strict=True), strict=True):
        print(f"the worst look {name}: {max(found) / LIMIT_MS:.2f} x its limit of {LIMIT_MS:g} ms")


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
        write_state(root, titles, numbers)
        os.sync()
        size = (root / FOLDER / FILE_NAME).stat().st_size
        print(
            f"{titles:,} titles, {titles * len(FILES):,} assets: {size / 1e9:.2f} GB, {size // titles:,} bytes a title"
        )
        print(f"written in {time.perf_counter() - begun:.0f} s", flush=True)
        print(f"{'ms':18}{'median':>9}{'worst':>9}{'processor':>11}{'cold':>9}")
        measure(root, numbers)


if __name__ == "__main__":
    main()
