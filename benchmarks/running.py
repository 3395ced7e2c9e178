"""Titles judged as tasks: two workers against one, a Dask cluster against local processes, the coordinator's memory.

Each title has a master of two seconds with bytes of its own, which is decoded, and subtitles in three languages; the
platform is svod. The engines take turns on the same titles, whose state is forgotten before each turn, and of each the
best turn counts. The scheduler and the workers of Dask are processes on loopback. For the memory of the coordinator,
which is the peak of a process of its own, the titles have subtitles alone.

python benchmarks/running.py [--titles 200] [--rounds 3] [--memory 100,1000,10000]
"""

import argparse
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from drops import TEXTS, srt
from engines import dask_parts
from small import write_master

from assets.catalogue import CONFIG_NAME, open_catalogue
from assets.private import FOLDER
from cli import judgement, targets
from cli.running.cluster import Cluster
from cli.running.judging import judge_all
from cli.running.local import LocalProcesses
from cli.running.runner import Engine

PLATFORM = "svod"
WORKERS = 2
LEAST_GAIN = 1.8
MOST_OVERHEAD = 1.10
MOST_GROWTH = 1.10
"""The coordinator's memory counts as flat up to so many times that of the fewest titles."""
SETTLED_SECONDS = 3
"""What was written less than two seconds ago may change unseen, and is measured again."""
CONNECT_SECONDS = 60
HEAD = """\
original_language = "ko"
runtime = "00:00:02"
production_year = 2020
[names]
en = "Small Film {number}"
[[versions]]
id = "original"
language = "ko"
"""
MASTER = 'master = "masters/film.mp4"\n[[versions.audio]]\nlanguage = "ko"\n'
WINDOW = """\
[[windows]]
id = "svod-world"
right = "svod"
territories = ["worldwide"]
start = 2026-01-01
end = "open"
zone = "Asia/Seoul"
languages = "all"
"""


def write_catalogue(root: Path, titles: int, master: bytes = b"") -> Path:
    """So many titles; without the bytes of a master they have none."""
    root.mkdir()
    (root / CONFIG_NAME).write_text(f'platform = "{PLATFORM}"\n', encoding="utf-8")
    tracks = "".join(f'[[versions.subtitles]]\nfile = "subtitles/{tag}.srt"\nlanguage = "{tag}"\n' for tag in TEXTS)
    for number in range(titles):
        folder = root / "titles" / f"film-{number:05}"
        (folder / "subtitles").mkdir(parents=True)
        text = HEAD.format(number=number) + (MASTER if master else "") + tracks + WINDOW
        (folder / "title.toml").write_text(text, encoding="utf-8")
        for tag in TEXTS:
            (folder / "subtitles" / f"{tag}.srt").write_bytes(srt(tag))
        if master:
            (folder / "masters").mkdir()
            (folder / "masters" / "film.mp4").write_bytes(master + _free(number))
    return root


def _free(number: int) -> bytes:
    """A box of MP4 that says nothing, of another length for each number: other bytes, the same film."""
    length = 8 + number
    return length.to_bytes(4, "big") + b"free" + bytes(number)


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


@dataclass(frozen=True, slots=True)
class Turns:
    """What each engine took for the same titles, in seconds, turn by turn."""

    root: Path
    seconds: dict[str, list[float]]

    def take(self, name: str, start: Callable[[], Engine]) -> None:
        """One turn, with what it costs to begin and to end it; the catalogue knows nothing of its files before."""
        shutil.rmtree(self.root / FOLDER, ignore_errors=True)
        begun = time.perf_counter()
        with start() as engine:
            judged(self.root, engine)
        self.seconds.setdefault(name, []).append(time.perf_counter() - begun)

    def best(self, name: str) -> float:
        """The shortest of an engine's turns."""
        return min(self.seconds[name])


def compare(folder: Path, titles: int, rounds: int) -> None:
    """Print the ratios of the engines."""
    write_master(folder / "film.mp4")
    root = write_catalogue(folder / "catalogue", titles, (folder / "film.mp4").read_bytes())
    time.sleep(SETTLED_SECONDS)
    turns = Turns(root, {})
    with dask_parts(folder) as parts:
        with Cluster(parts.address, CONNECT_SECONDS) as warm:  # its workers run for weeks, and import once
            judged(write_catalogue(folder / "warm", WORKERS * 4), warm)
        for _ in range(rounds):
            turns.take("1 process", lambda: LocalProcesses(1))
            turns.take(f"{WORKERS} processes", lambda: LocalProcesses(WORKERS))
            turns.take(f"Dask, {WORKERS} workers", lambda: Cluster(parts.address, CONNECT_SECONDS))
    for name, seconds in turns.seconds.items():
        shown = " ".join(f"{each:7.1f}" for each in seconds)
        print(f"{name:18}{shown} s   {1000 * min(seconds) / titles:6.0f} ms a title")
    one, local, dask = (turns.best(name) for name in turns.seconds)
    print(f"{WORKERS} workers against 1         {one / local:.2f} x   (at least {LEAST_GAIN})")
    print(f"Dask against processes      {dask / local:.2f} x   (at most {MOST_OVERHEAD})")


def peak_of(root: Path) -> tuple[int, int, float]:
    """Judge a catalogue in this process: how many titles, its peak of memory in bytes, and the seconds."""
    begun = time.perf_counter()
    with LocalProcesses(WORKERS) as engine:
        found = judged(root, engine, quick=True)
    unit = 1 if sys.platform == "darwin" else 1024
    return found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit, time.perf_counter() - begun


def memory(folder: Path, sizes: list[int]) -> None:
    """Print the coordinator's peak of memory by the number of titles, each in a new process."""
    peaks = []
    for size in sizes:
        root = write_catalogue(folder / f"titles-{size}", size)
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            found, peak, seconds = pool.submit(peak_of, root).result()
        shutil.rmtree(root)
        peaks.append(peak)
        print(f"coordinator, {found:>6,} titles  {peak / 1e6:6.1f} MB   ({seconds:.0f} s)", flush=True)
    if len(peaks) > 1:
        print(f"memory, most to fewest      {peaks[-1] / peaks[0]:.2f} x   (flat: at most {MOST_GROWTH})")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--titles", type=int, default=200, help="0 leaves the engines out")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", default="100,1000,10000", help="numbers of titles; empty for none")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.titles:
            compare(Path(folder), asked.titles, asked.rounds)
        if asked.memory:
            memory(Path(folder), [int(part) for part in asked.memory.split(",")])


if __name__ == "__main__":
    main()
