"""`add` and `import`, killed at random moments so often, nothing lost: tests/support/killing.py says what is looked at.

python benchmarks/kills.py [--kills 200] [--seed 1]
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

import killing


def main() -> None:
    """Print the figures; the first loss ends it with an AssertionError that names it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for name, work in (("add", killing.kill_adds), ("import", killing.kill_imports)):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "catalogue"
            root.mkdir()
            begun = time.monotonic()
            hits = work(root, asked.kills, asked.seed)
            seconds = time.monotonic() - begun
        print(f"{name:7} {asked.kills} kills, {hits} while it was at work: nothing lost   ({seconds:.0f} s)")


if __name__ == "__main__":
    main()
