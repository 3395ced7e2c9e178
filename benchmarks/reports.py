"""How long reports take in each format, and the memory they need; each format in a process of its own.

    python benchmarks/reports.py [FINDINGS]

FINDINGS is 20,000 if it is left out. Times are of the processor, which a busy machine disturbs least; memory is the
peak beyond that of the report itself. What is asked for: all of them in 5 s together, a page in 5 s by itself, and none
beyond 300 MB.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

import reports  # noqa: E402 -- the reports of the tests

from cli.render import formats  # noqa: E402
from cli.render.batch import Batch  # noqa: E402
from cli.render.languages import LANGUAGES  # noqa: E402
from cli.render.report import render  # noqa: E402

FINDINGS, MOST_SECONDS, MOST_MEGABYTES = 20_000, 5, 300


def megabytes() -> int:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def of_format(name: str) -> Callable[[Batch], str]:
    """A format as a function from a report to the text of a file."""
    return lambda batch: formats.load(name).made(batch).text


def page(language: str) -> Callable[[Batch], str]:
    """The report page, as it opens in a language; it has all three."""
    return lambda batch: render(batch.reports[0], language=language)


PAGES = {f"page {language}": page(language) for language in LANGUAGES}
MADE: dict[str, Callable[[Batch], str]] = {**{name: of_format(name) for name in formats.names()}, **PAGES}
"""What is measured, by name."""


def measure(name: str, count: int) -> dict[str, float]:
    """Seconds, megabytes and bytes of one format."""
    batch = Batch((reports.long(count),))
    before, begun = megabytes(), time.process_time()
    text = MADE[name](batch)
    seconds = time.process_time() - begun
    return {"seconds": seconds, "megabytes": megabytes() - before, "bytes": len(text.encode())}


def main(count: int) -> None:
    """A line for each, and the sum."""
    total = 0.0
    for name in MADE:
        command = [sys.executable, __file__, "--one", name, str(count)]
        figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        total += 0 if name in PAGES else figures["seconds"]
        size = figures["bytes"] / 1e6
        word = "" if figures["megabytes"] <= MOST_MEGABYTES else f"  beyond {MOST_MEGABYTES} MB"
        print(f"{name:10}  {figures['seconds']:6.2f} s  {figures['megabytes']:5.0f} MB  {size:6.1f} MB of text{word}")
    print(f"{'together':10}  {total:6.2f} s, at most {MOST_SECONDS}: {'yes' if total <= MOST_SECONDS else 'no'}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]))))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else FINDINGS)
