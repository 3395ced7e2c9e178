"""How long the commands that manage a catalogue take as it grows: add, status, find, import, rebuild.

Each command is a new process. What is called first is the first run after the files were written, which learns them; of
the others the shortest of some runs counts. `growth n^1.02`: with twice the titles it takes 2^1.02 times as long, by
the clock and of the processor; other work on the machine changes only the first of these. The limits at 10,000 titles
of twelve files are 2 s for status, and 10 s for its page, also where no line of it is kept; none may need of the
processor more than n log n. At last two processes add to the largest catalogue at once.

python benchmarks/managing.py [--sizes 1250,2500,5000,10000]
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from catalogues import title_id, write_catalogue

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from drops import TEXTS, write_picture
from small import write_master

from storage.index import open_index

PROGRAM = Path(sys.executable).with_name("releaseprint")
LIMITS_SECONDS = {"status": 2.0, "status as a page, nothing kept": 10.0, "status as a page": 10.0}
RUNS = 3
IMPORTED = 1000
"""Rows of a list that changes titles."""
BARE = """original_language = "ko"
production_year = 2020
runtime = "00:00:02"
[names]
en = "Newest Film Of All"
[[versions]]
id = "original"
language = "ko"
"""
CUES = 10
SOUNDS = {"ko": "[음악]", "en": "[music]", "ja": "（音楽）"}


class Took(NamedTuple):
    """How long a command took, in seconds: by the clock, and of the processor."""

    clock: float
    processor: float


Figures = dict[str, Took]


def processor() -> float:
    """The seconds that all commands so far have had of the processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(*words: object) -> Took:
    """Run the tool; how long it took."""
    begun, had = time.perf_counter(), processor()
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{words} ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return Took(time.perf_counter() - begun, processor() - had)


def shortest(*words: object) -> Took:
    """The shortest time of some runs."""
    return min(run(*words) for _ in range(RUNS))


def write_drop(folder: Path) -> list[Path]:
    """Twelve files of a film: master, three languages in two kinds, pictures, papers."""
    folder.mkdir()
    write_master(folder / "Newest Film.mp4")
    for tag, lines in TEXTS.items():
        for mark, sound in (("", ""), (".sdh", f"{SOUNDS[tag]} ")):
            cues = (_cue(number, sound + lines[number % 2]) for number in range(CUES))
            (folder / f"Newest Film.{tag}{mark}.srt").write_text("\n".join(cues), encoding="utf-8")
    write_picture(folder / "Newest Film poster.png", (200, 300))
    write_picture(folder / "Newest Film key art.png", (320, 180))
    for name in ("dialogue list", "music cue sheet", "chain of title"):
        (folder / f"Newest Film {name}.pdf").write_bytes(b"%PDF-1.7\n" + name.encode() + b"\n%%EOF\n")
    return sorted(folder.iterdir())


def write_bare(root: Path, own: str) -> Path:
    """A title that has nothing yet."""
    folder = root / "titles" / own
    folder.mkdir()
    (folder / "title.toml").write_text(BARE.replace("Newest", own.title()), encoding="utf-8")
    return folder


def _cue(number: int, text: str) -> str:
    second, tenth = divmod(number * 2, 10)
    return f"{number + 1}\n00:00:0{second},{tenth}00 --> 00:00:0{second},{tenth + 1}90\n{text}\n"


def measure(root: Path, size: int, drop: list[Path]) -> Figures:
    """Every command at one size, in seconds."""
    write_catalogue(root, size)
    at = ("-C", root)
    found = {"rebuild, all files read": run("rebuild", *at), "rebuild": run("rebuild", *at)}
    found["status, first"] = run("status", *at)
    found["status"] = shortest("status", *at)
    page = ("status", *at, "--html", root.parent / "status.html")
    with open_index(root) as index:
        index.answers.forget(map(title_id, range(size)))
    found["status as a page, nothing kept"] = run(*page)
    found["status as a page"] = shortest(*page)
    found["status of a title"] = shortest("status", title_id(size // 2), *at)
    found["find, first"] = run("find", "haru", "no", "hi", *at)
    found["find"] = shortest("find", "haru", "no", "hi", *at)
    write_bare(root, "newest")
    time.sleep(3)
    found["add 12 files"] = run("add", *drop, "--title", "newest", "--yes", "--who", "A Person", *at)
    require(root / "titles" / "newest", len(drop))
    found["propose 12 files, no title said"] = min(propose(root, drop) for _ in range(RUNS))
    found[f"import of {IMPORTED:,} rows"] = run("import", write_list(root.parent, size), "--accept", *at)
    found["status after it"] = run("status", *at)
    return found


def propose(root: Path, drop: list[Path]) -> Took:
    """How long a proposal takes where every title is compared; nothing is added."""
    begun, had = time.perf_counter(), processor()
    done = subprocess.run([PROGRAM, "add", *drop, "-C", root, "--json"], capture_output=True, check=False)
    if done.returncode != 1 or len(json.loads(done.stdout)["files"]) != len(drop):
        raise SystemExit(f"nothing was proposed: {done.stdout[-2000:]!r} {done.stderr[-2000:]!r}")
    return Took(time.perf_counter() - begun, processor() - had)


def write_list(folder: Path, size: int) -> Path:
    """A list that changes titles."""
    rows = [f"{title_id(number)},01:2{number % 9}:30" for number in range(min(size, IMPORTED))]
    path = folder / "list.csv"
    path.write_text("\n".join(("id,runtime", *rows)), encoding="utf-8")
    return path


def require(folder: Path, files: int) -> None:
    """Each file is in title.toml and has one line in the history."""
    lines = (folder / "history.jsonl").read_text(encoding="utf-8").splitlines()
    names = {json.loads(line)["name"] for line in lines}
    text = (folder / "title.toml").read_text(encoding="utf-8")
    if len(names) != files or len(lines) != files or not all(f'"{name}"' in text for name in names):
        raise SystemExit(f"{len(names)} of {files} files are in the history, {len(lines)} lines")


def add_at_once(root: Path, drop: list[Path]) -> str:
    """Two processes add half of the files each to one title."""
    folder = write_bare(root, "both")
    words = (PROGRAM, "add", "--title", "both", "--version", "original", "--yes", "--who", "A Person", "-C", root)
    begun = time.perf_counter()
    running = [subprocess.Popen([*words, *drop[half::2]], stdout=subprocess.DEVNULL) for half in (0, 1)]
    codes = [process.wait() for process in running]
    seconds = time.perf_counter() - begun
    if any(codes):
        raise SystemExit(f"add ended with {codes}")
    require(folder, len(drop))
    return f"two processes at once added {len(drop)} files in {seconds:.2f} s: none lost"


def growth(sizes: list[int], first: float, last: float) -> float:
    """The power of the number of titles that a figure grows with; 0 for one size alone."""
    return math.log(last / first) / math.log(sizes[-1] / sizes[0]) if len(sizes) > 1 else 0.0


def show(sizes: list[int], figures: list[Figures]) -> None:
    """A line for each command: seconds by size, and how they grow."""
    print(f"{'titles of 12 files':34}" + "".join(f"{size:>9,}" for size in sizes))
    greatest = ("", 0.0)
    for name in figures[-1]:
        seconds = "".join(f"{found[name].clock:9.2f}" for found in figures)
        by_clock, by_processor = (
            growth(sizes, first, last) for first, last in zip(figures[0][name], figures[-1][name], strict=True)
        )
        print(f"{name:34}{seconds} s   growth n^{by_clock:.2f}, of the processor n^{by_processor:.2f}")
        greatest = max(greatest, (name, by_processor), key=lambda pair: pair[1])
    n_log_n = growth(sizes, *(size * math.log(size) for size in (sizes[0], sizes[-1])))
    print(f"greatest growth of the processor: {greatest[0]}, n^{greatest[1]:.2f}; n log n is n^{n_log_n:.2f}")
    for name, limit in LIMITS_SECONDS.items():
        print(f"{f'{name}, of its limit':46}{figures[-1][name].clock / limit:9.2f} x {limit} s")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1250,2500,5000,10000")
    sizes = [int(part) for part in parser.parse_args().sizes.split(",")]
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        drop = write_drop(Path(folder) / "drop")
        for size in sizes:
            root = Path(folder) / str(size)
            root.mkdir()
            figures.append(measure(root, size, drop))
        print(add_at_once(root, drop))
    show(sizes, figures)


if __name__ == "__main__":
    main()
