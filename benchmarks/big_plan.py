"""The memory that a large delivery takes. Limit: 300 MB for 100 GB and for 50,000 files.

    python3 benchmarks/big_plan.py [--size-gb 10] [--files 50000]

A sink on loopback, in a process of its own, speaks as much S3 as an upload needs, compares the CRC-32 of every part and
throws the bytes away, so that neither a disk nor a server sets the limit. Each line is a process of its own that sends
with `storage/sending.py`: 1 GB; the large file; the same file in as many parts as 100 GB have, because what could grow
is what is kept of each part; the small files. `--size-gb 100` sends all 100 GB. Ends with 1 if one is over the limit.
"""

import argparse
import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEMORY_LIMIT_MB = 300
GROWTH_LIMIT_MB = 50
PART_BYTES = 16 << 20
WHOLE_GB = 100
SMALL_BYTES = 500
_GB = 1_000_000_000
_BLOCK = 1 << 20

_SEND = """
import sys
sys.modules["awscrt"] = None  # a development tool here: users do without
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from assets.catalogue import Catalogue, Config
from storage import sending
from storage.planned import PlannedFile
from storage.stores import open_store, s3_upload
folder, s3_upload.PART_BYTES = Path(sys.argv[2]), int(sys.argv[4])
store = open_store("s3://sink", Catalogue(folder.parent, Config()))
lines = [line.split() for line in Path(sys.argv[3]).read_text().splitlines()]
files = [PlannedFile(name, int(size), sha256, "master", path=folder / name) for name, size, sha256 in lines]
looked = sending.look(store, "film/svod/world/0000000000000000/", files)
sent = sending.send(store, "film/svod/world/0000000000000000/", looked.missing, lambda count: None)
assert len(sent) == len(files)
"""


@dataclass(frozen=True)
class Run:
    """One delivery: seconds, and the peak memory of its process."""

    seconds: float
    peak_mb: int


class Sink(BaseHTTPRequestHandler):
    """As much S3 as an upload needs; every bucket is empty whatever was sent."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """A list without anything in it."""
        self._answer(200, b"<R><IsTruncated>false</IsTruncated></R>")

    def do_HEAD(self) -> None:
        """There is no object."""
        self._answer(404)

    def do_POST(self) -> None:
        """The beginning or the end of an upload."""
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self._answer(200, b'<R><UploadId>one</UploadId><ETag>"0-1"</ETag></R>')

    def do_PUT(self) -> None:
        """An object or a part: read, compared, and thrown away."""
        left, crc, md5 = int(self.headers["Content-Length"]), 0, hashlib.md5(usedforsecurity=False)
        told = self.headers["x-amz-checksum-crc32"]
        while left:
            block = self.rfile.read(min(left, _BLOCK))
            left -= len(block)
            if told:
                crc = zlib.crc32(block, crc)
            else:
                md5.update(block)
        if told and b64decode(told) != crc.to_bytes(4, "big"):
            self._answer(400, b"<Error><Code>BadDigest</Code></Error>")
        else:
            self._answer(200, etag="0" * 32 if told else md5.hexdigest())

    def _answer(self, status: int, body: bytes = b"", etag: str = "") -> None:
        self.send_response(status)
        if etag:
            self.send_header("ETag", f'"{etag}"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the deliveries and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size-gb", type=int, default=10, help="size of the large file, in GB; it is sparse")
    parser.add_argument("--files", type=int, default=50_000, help="number of small files")
    options = parser.parse_args(arguments)
    sink = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.insert(0, {str(ROOT / 'benchmarks')!r}); import big_plan; big_plan.serve()",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        port = sink.stdout.readline().strip() if sink.stdout else ""
        with tempfile.TemporaryDirectory() as name:
            return _compare(Path(name), f"http://127.0.0.1:{port}", options.size_gb, options.files)
    finally:
        sink.terminate()
        sink.wait()


def serve() -> None:
    """Run the sink, and say its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    print(server.server_port, flush=True)
    server.serve_forever()


def _compare(folder: Path, endpoint: str, size_gb: int, files: int) -> int:
    one, large = _sparse(folder / "one", _GB), _sparse(folder / "large", size_gb * _GB)
    small = _small(folder / "small", files)
    parts = WHOLE_GB * _GB // PART_BYTES
    short = size_gb * _GB // parts
    runs = {
        "1 GB": _measured(one, endpoint, PART_BYTES),
        f"{size_gb} GB": _measured(large, endpoint, PART_BYTES),
        f"{size_gb} GB in {parts:,} parts": _measured(large, endpoint, short),
        f"{files:,} files": _measured(small, endpoint, PART_BYTES),
    }
    for name, run in runs.items():
        print(f"{name:>24}  {run.seconds:7.1f} s   peak memory {run.peak_mb:4} MB")
    peak = max(run.peak_mb for run in runs.values())
    growth = runs[f"{size_gb} GB"].peak_mb - runs["1 GB"].peak_mb
    print(f"peak {peak} MB of {MEMORY_LIMIT_MB} MB; from 1 GB to {size_gb} GB {growth:+} MB of {GROWTH_LIMIT_MB} MB")
    return int(peak > MEMORY_LIMIT_MB or growth > GROWTH_LIMIT_MB)


def _sparse(folder: Path, size: int) -> Path:
    """A folder with one file of zeros that takes no room on the disk."""
    folder.mkdir()
    with (folder / "film.mov").open("wb") as file:
        file.truncate(size)
    digest, zeros = hashlib.sha256(), bytes(_BLOCK)
    for start in range(0, size, _BLOCK):
        digest.update(zeros[: size - start])
    folder.with_suffix(".list").write_text(f"film.mov {size} {digest.hexdigest()}", encoding="utf-8")
    return folder


def _small(folder: Path, count: int) -> Path:
    """A folder with many files, no two of them the same."""
    folder.mkdir()
    lines = []
    for number in range(count):
        data = f"{number:>{SMALL_BYTES}}".encode()
        name = f"{number:06}.srt"
        (folder / name).write_bytes(data)
        lines.append(f"{name} {len(data)} {hashlib.sha256(data).hexdigest()}")
    folder.with_suffix(".list").write_text("\n".join(lines), encoding="utf-8")
    return folder


def _measured(folder: Path, endpoint: str, part_bytes: int) -> Run:
    """Send a folder in a process of its own, and read what the system has counted for it."""
    environment = {
        **os.environ,
        "AWS_ACCESS_KEY_ID": "sink",
        "AWS_SECRET_ACCESS_KEY": "sink",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "RELEASEPRINT_S3_ENDPOINT": endpoint,
        "RELEASEPRINT_S3_PATH_STYLE": "1",
    }
    command = [sys.executable, "-c", _SEND, str(ROOT), str(folder), str(folder.with_suffix(".list")), str(part_bytes)]
    start = time.monotonic()
    child = subprocess.Popen(command, env=environment)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, "the delivery")
    return Run(time.monotonic() - start, _megabytes(usage))


def _megabytes(usage: resource.struct_rusage) -> int:
    """Peak resident memory in MB: the system counts it in KiB, on a Mac in bytes."""
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) // 1_000_000


if __name__ == "__main__":
    sys.exit(main())
