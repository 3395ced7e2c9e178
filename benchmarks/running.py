"""Titles judged as tasks: two workers against one, a Dask cluster against local processes, memory.

Each title has a master of two seconds with bytes of its own, which is decoded, and subtitles in three languages; the
platform is svod. The engines take turns on the same titles, whose state is forgotten before each turn. The pace of a
machine drifts from minute to minute, by more than what is looked for: so engines are compared round by round, and the
median of these ratios counts. The scheduler and the workers of Dask are processes on loopback. Each worker has one core
for itself, as one of a cluster has that does as many tasks as its machine has cores; where the system cannot promise
that, the cores are shared, and the first line says so.

Two of anything are less than twice as fast as one on most machines: they share memory, caches and clock. So two bare
copies of the work, the same masters measured without a runner, take turns as well: their gain is the machine's own.

For memory the titles have subtitles alone: the peak of a coordinator that holds nothing, and that of `releaseprint
check`, which holds reports until it has shown them.

python benchmarks/running.py [--titles 200] [--rounds 5] [--memory 100,1000,10000]
"""

import argparse
import contextlib
import multiprocessing
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from operator import truediv
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from engines import dask_parts
from small import write_master
from small_titles import PLATFORM, write_catalogue

from assets.catalogue import open_catalogue
from assets.measuring import Measuring, measure
from assets.private import FOLDER
from cli import judgement, targets
from cli.running.cluster import Cluster
from cli.running.judging import judge_all
from cli.running.local import LocalProcesses
from cli.running.runner import Engine

WORKERS = 2
CAN_PIN = hasattr(os, "sched_setaffinity")
CORES = sorted(os.sched_getaffinity(0)) if CAN_PIN else []
LEAST_GAIN = 1.8
MOST_OVERHEAD = 1.10
MOST_GROWTH = 1.10
"""Memory counts as flat up to so many times that of the fewest titles."""
SETTLED_SECONDS = 3
"""What was written less than two seconds ago may change unseen, and is measured again."""
CONNECT_SECONDS = 60
MEASURE_SECONDS = 600


def judged(root: Path, engine: Engine, *, quick: bool = False) -> int:
    """Judge all titles of a catalogue and hold nothing of it; how many."""
    catalogue = open_catalogue(root)
    asked = judgement.Asked(judgement.platform_of(catalogue, PLATFORM), None, None, quick)
    found = 0
    for outcome in judge_all(catalogue, targets.named(catalogue, (), targets.Said()), asked, engine):
        if outcome.error:
            raise SystemExit(str(outcome.error))
        found += 1
    return found


def pin(number: int) -> None:
    """Give all threads of this process one core, and whatever it begins the same one."""
    if CAN_PIN:
        for thread in Path("/proc/self/task").iterdir():
            os.sched_setaffinity(int(thread.name), {CORES[number % len(CORES)]})


def pinned(function: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 -- what it returns
    """The function's result, by a process of a pool that has a core for itself."""
    if CAN_PIN and len(os.sched_getaffinity(0)) > 1:
        pin(multiprocessing.current_process()._identity[0])  # noqa: SLF001 -- the only number by which two differ for sure
    return function(*arguments)


class OneCoreEach(LocalProcesses):
    """Processes of this machine that do not share their cores with each other."""

    def submit(self, function: Callable[..., Any], *arguments: object) -> "Future[Any]":
        """Hand a call over."""
        return super().submit(pinned, function, *arguments)


def pin_workers(address: str) -> None:
    """Give each worker of a cluster a core for itself."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        for number, worker in enumerate(client.scheduler_info(n_workers=-1)["workers"]):
            client.run(pin, number, workers=[worker])


def bare(number: int, masters: Sequence[Path]) -> None:
    """Measure masters, one after the other, and do nothing else."""
    pin(number)
    for path in masters:
        measure(path, path.name, Measuring(None, MEASURE_SECONDS, lambda _name, _share: None))


def copies(root: Path, number: int) -> None:
    """So many processes that measure all masters of a catalogue, each its share, and know nothing of each other."""
    masters = sorted(root.glob("titles/*/masters/*"))
    context = multiprocessing.get_context("spawn")
    going = [context.Process(target=bare, args=(first, masters[first::number])) for first in range(number)]
    for process in going:
        process.start()
    for process in going:
        process.join()
        if process.exitcode:
            raise SystemExit(f"a copy ended with {process.exitcode}")


@dataclass(frozen=True, slots=True)
class Turns:
    """What each took for the same titles, in seconds, turn by turn; `own` is the processor's time of this process."""

    root: Path
    seconds: dict[str, list[float]]
    own: dict[str, list[float]]

    def take(self, name: str, work: Callable[[], object]) -> None:
        """One turn, with what it costs to begin and to end it; the catalogue knows nothing of its files before."""
        shutil.rmtree(self.root / FOLDER, ignore_errors=True)
        begun, own = time.perf_counter(), time.process_time()
        work()
        self.seconds.setdefault(name, []).append(time.perf_counter() - begun)
        self.own.setdefault(name, []).append(time.process_time() - own)

    def judge(self, name: str, start: Callable[[], Engine]) -> None:
        """A turn of an engine."""

        def work() -> None:
            with start() as engine:
                judged(self.root, engine)

        self.take(name, work)

    def gain(self, one: str, other: str) -> float:
        """How many times faster the other is: the median of the rounds."""
        return statistics.median(map(truediv, self.seconds[one], self.seconds[other]))


def compare(folder: Path, titles: int, rounds: int) -> None:
    """Print the ratios of the engines."""
    write_master(folder / "film.mp4")
    root = write_catalogue(folder / "catalogue", titles, (folder / "film.mp4").read_bytes())
    time.sleep(SETTLED_SECONDS)
    turns = Turns(root, {}, {})
    shared = "have one each" if CAN_PIN else "share them"
    print(f"{len(CORES) or os.cpu_count()} cores; workers {shared}", flush=True)
    one, two = (f"{number} workers" for number in (1, WORKERS))
    bare_one, bare_two = (f"{number} bare copies" for number in (1, WORKERS))
    with dask_parts(folder) as parts:
        with Cluster(parts.address, CONNECT_SECONDS) as warm:  # its workers run for weeks, and import once
            pin_workers(parts.address)
            judged(write_catalogue(folder / "warm", WORKERS * 4), warm)
        for _ in range(rounds):
            turns.take(bare_one, lambda: copies(root, 1))
            turns.take(bare_two, lambda: copies(root, WORKERS))
            turns.judge(one, lambda: OneCoreEach(1))
            turns.judge(two, lambda: OneCoreEach(WORKERS))
            turns.judge("Dask", lambda: Cluster(parts.address, CONNECT_SECONDS))
    for name, seconds in turns.seconds.items():
        shown = " ".join(f"{each:7.1f}" for each in seconds)
        print(f"{name:18}{shown} s   {1000 * statistics.median(seconds) / titles:6.0f} ms a title")
    gain, own = turns.gain(one, two), turns.gain(bare_one, bare_two)
    print(f"{WORKERS} workers against 1         {gain:.2f} x   (at least {LEAST_GAIN})")
    print(f"the machine's own gain      {own:.2f} x   (the runner has {gain / own:.0%} of it)")
    print(f"the coordinator's own work  {1000 * min(turns.own[two]) / titles:.1f} ms a title of the processor")
    print(f"Dask against processes      {turns.gain('Dask', two):.2f} x   (at most {MOST_OVERHEAD})")


def peak_of(work: Callable[[Path], None], root: Path) -> tuple[int, float]:
    """Do a work on a catalogue in this process: its peak of memory in bytes, and the seconds."""
    begun = time.perf_counter()
    work(root)
    return _own_peak(), time.perf_counter() - begun


def _own_peak() -> int:
    """The most memory that this process has had, in bytes; what the system counts for it may be its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS


def coordinated(root: Path) -> None:
    """Judge a catalogue and hold nothing of it."""
    with LocalProcesses(WORKERS) as engine:
        judged(root, engine, quick=True)


def checked(root: Path) -> None:
    """Judge a catalogue as somebody does who looks at the reports."""
    from cli.main import group

    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        group.main(["check", "--quick", "--jobs", str(WORKERS), "-C", str(root)], standalone_mode=False)


def memory(folder: Path, sizes: list[int]) -> None:
    """Print peaks of memory by the number of titles, each of a new process."""
    peaks: dict[str, list[int]] = {}
    for size in sizes:
        root = write_catalogue(folder / f"titles-{size}", size)
        for name, work in (("coordinator", coordinated), ("check", checked)):
            shutil.rmtree(root / FOLDER, ignore_errors=True)
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
                peak, seconds = pool.submit(peak_of, work, root).result()
            peaks.setdefault(name, []).append(peak)
            print(f"{name:12}{size:>7,} titles  {peak / 1e6:6.1f} MB   ({seconds:.0f} s)", flush=True)
        shutil.rmtree(root)
    if len(sizes) > 1:
        for name, found in peaks.items():
            print(f"{name:12}most to fewest  {found[-1] / found[0]:.2f} x   (flat: at most {MOST_GROWTH})")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--titles", type=int, default=200, help="0 leaves the engines out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", default="100,1000,10000", help="numbers of titles; empty for none")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.titles:
            compare(Path(folder), asked.titles, asked.rounds)
        if asked.memory:
            memory(Path(folder), [int(part) for part in asked.memory.split(",")])


if __name__ == "__main__":
    main()
