"""`add`, `import` and `deliver`, killed at random moments so often, nothing lost.

tests/support/killing.py and killing_deliveries.py say what is looked at. Deliveries go to a folder and to SeaweedFS.

python benchmarks/kills.py [--kills 200] [--deliver 0] [--seed 1]
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

import killing
import killing_deliveries
import s3_servers
import small


def main() -> None:
    """Print the figures; the first loss ends it with an AssertionError that names it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--deliver", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for name, work in (("add", killing.kill_adds), ("import", killing.kill_imports)):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "catalogue"
            root.mkdir()
            report(name, asked.kills, partial(work, root, asked.kills, asked.seed))
    for name, work in (("deliver, folder", to_folder), ("deliver, SeaweedFS", to_server)):
        with tempfile.TemporaryDirectory() as folder:
            report(name, asked.deliver, partial(work, Path(folder), asked.deliver, asked.seed))


def report(name: str, kills: int, work: Callable[[], int]) -> None:
    """Do some work and print a line about it; nothing for no kills."""
    if not kills:
        return
    begun = time.monotonic()
    hits = work()
    seconds = time.monotonic() - begun
    print(f"{name:19} {kills} kills, {hits} while it was at work: nothing lost   ({seconds:.0f} s)")


def to_folder(folder: Path, kills: int, seed: int) -> int:
    """Kill deliveries to a folder."""
    return killing_deliveries.kill_deliveries(_catalogue(folder), f"file:{folder / 'stores'}", kills, seed)


def to_server(folder: Path, kills: int, seed: int) -> int:
    """Kill deliveries to a real server on loopback."""
    with s3_servers.seaweedfs(folder / "weed") as server:
        os.environ.update(server.environment)
        server.client().create_bucket(Bucket="films")
        return killing_deliveries.kill_deliveries(_catalogue(folder), "s3://films/배급", kills, seed)


def _catalogue(folder: Path) -> Path:
    small.write_master(folder / "master.mp4")
    return small.write_catalogue(folder / "catalogue", folder / "master.mp4")


if __name__ == "__main__":
    main()
