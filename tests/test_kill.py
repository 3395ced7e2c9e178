"""A real delivery in a process of its own, killed with SIGKILL as its files appear one after the other, and resumed."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAMS = Path(sys.executable).parent
POINTS = 20
PADDING = 40_000_000
"""Bytes after the end of the film, so that the copying takes long enough to be hit."""


def deliver(catalogue):
    return [str(PROGRAMS / "deliver"), "--territory", "KR", "--json", "-C", str(catalogue)]


def verify_all(catalogue):
    """Every package that can be seen is whole; how many there are."""
    listed = subprocess.run(
        [PROGRAMS / "releaseprint", "packages", "--json", "-C", catalogue], capture_output=True, check=True, timeout=60
    )
    packages = json.loads(listed.stdout)
    for package in packages:
        done = subprocess.run(
            [PROGRAMS / "releaseprint", "verify", package["prefix"], "-C", catalogue],
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout
    return len(packages)


def written(catalogue):
    """How many files there are in the store, begun ones included."""
    return sum(1 for path in (catalogue / "deliveries").rglob("*") if path.is_file())


@pytest.mark.slow
def test_killed_at_twenty_points_and_resumed(catalogue):
    (master,) = (catalogue / "titles/small-film/masters").iterdir()
    with master.open("ab") as file:
        file.write(b"\0" * PADDING)
    subprocess.run(deliver(catalogue), check=True, capture_output=True, timeout=120)
    files = written(catalogue)
    shutil.rmtree(catalogue / "deliveries")
    chance = random.Random(20261121)  # noqa: S311 -- repeatable, not secret
    killed = 0
    for point in range(POINTS):
        process = subprocess.Popen(deliver(catalogue), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while process.poll() is None and written(catalogue) < point % files:
            time.sleep(0.0005)
        time.sleep(chance.random() * 0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        assert verify_all(catalogue) <= 1
        subprocess.run(deliver(catalogue), check=True, capture_output=True, timeout=120)
        assert verify_all(catalogue) == 1
        receipts = list((catalogue / "deliveries" / "_receipts").rglob("*.json"))
        assert len(receipts) == 1
        shutil.rmtree(catalogue / "deliveries")
    assert killed, "not one delivery was hit"
