"""Real S3 servers on loopback for tests and benchmarks: SeaweedFS and rclone, from their wheels."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import boto3
import ports
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

ACCESS_KEY = "loopback-access"
SECRET_KEY = "loopback-secret-loopback"
REGION = "us-east-1"
_START_SECONDS = 60
_STOP_SECONDS = 3  # it would wait long for idle connections; its data is thrown away anyway
_PORTS = (
    "master.port",
    "master.port.grpc",
    "volume.port",
    "volume.port.grpc",
    "filer.port",
    "filer.port.grpc",
    "s3.port",
    "s3.port.grpc",
)


@dataclass(frozen=True)
class S3Server:
    """A running server, and the environment in which any S3 client finds it."""

    endpoint: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "RELEASEPRINT_S3_ENDPOINT": self.endpoint,
            "RELEASEPRINT_S3_PATH_STYLE": "1",
        }

    def client(self):
        """A client with nothing of the product in it, to see what is really stored."""
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
            region_name=REGION,
            config=Config(s3={"addressing_style": "path"}, connect_timeout=2, retries={"total_max_attempts": 1}),
        )


def weed_binary() -> str | None:
    """The `weed` of this environment or of PATH."""
    beside = Path(sys.executable).parent / "weed"
    return str(beside) if beside.exists() else shutil.which("weed")


def rclone_binary() -> str | None:
    """The `rclone` of this environment or of PATH."""
    beside = Path(sys.executable).parent / "rclone"
    return str(beside) if beside.exists() else shutil.which("rclone")


@contextmanager
def rclone(folder: Path) -> Iterator[S3Server]:
    """`rclone serve s3` over a folder: no conditional writes, and no checksum is kept or compared."""
    (folder / "buckets").mkdir(parents=True)
    (folder / "rclone.conf").touch()
    (port,) = ports.free(1)
    command = [rclone_binary() or "rclone", "serve", "s3", str(folder / "buckets"), "--addr", f"127.0.0.1:{port}"]
    command += ["--auth-key", f"{ACCESS_KEY},{SECRET_KEY}", "--config", str(folder / "rclone.conf")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        server = S3Server(f"http://127.0.0.1:{port}")
        try:
            if not _ready(server, process):
                raise RuntimeError(f"rclone did not start:\n{(folder / 'log').read_text(errors='replace')[-4000:]}")
            yield server
        finally:
            _stop(process)


@contextmanager
def seaweedfs(folder: Path) -> Iterator[S3Server]:
    """A SeaweedFS with its data below `folder`, ready to serve; stopped with all of its processes at the end.

    Another program may take a port between its choice and its use: the start is tried three times.
    """
    for attempt in range(3):
        work = folder / f"weed-{attempt}"
        work.mkdir(parents=True)
        given = dict(zip(_PORTS, ports.free(len(_PORTS)), strict=True))
        with (work / "log").open("wb") as log:
            process = subprocess.Popen(  # the group is stopped below
                _command(work, given),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**os.environ, "WEED_S3_SSE_KEY": "0" * 64, "TMPDIR": str(work)},
            )
            server = S3Server(f"http://127.0.0.1:{given['s3.port']}")
            try:
                if _ready(server, process):
                    yield server
                    return
            finally:
                _stop(process)
                _remove_sockets(given)
        if process.returncode == 0 or attempt == 2:
            break
    raise RuntimeError(f"SeaweedFS did not start:\n{(work / 'log').read_text(errors='replace')[-4000:]}")


def _command(work: Path, ports: dict[str, int]) -> list[str]:
    identity = {"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}
    identities = {"identities": [{"name": "tests", "credentials": [identity], "actions": ["Admin"]}]}
    (work / "s3.json").write_text(json.dumps(identities), encoding="utf-8")
    (work / "data").mkdir()
    return [
        weed_binary() or "weed",
        "server",
        f"-dir={work / 'data'}",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        "-filer",
        "-s3",
        f"-s3.config={work / 's3.json'}",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-s3.autoCreateBucket=false",
        "-volume.max=200",
        "-master.volumeSizeLimitMB=1024",
        "-master.telemetry=false",
        *(f"-{name}={port}" for name, port in ports.items()),
    ]


def _ready(server: S3Server, process: subprocess.Popen) -> bool:
    """Wait until an object can be stored; False if the server ended or the time is up."""
    client = server.client()
    limit = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < limit:
        try:
            with suppress(client.exceptions.BucketAlreadyOwnedByYou, client.exceptions.BucketAlreadyExists):
                client.create_bucket(Bucket="ready")
            client.put_object(Bucket="ready", Key="ready", Body=b"ready")
        except (ClientError, BotoCoreError):
            time.sleep(0.2)
        else:
            client.close()
            return True
    client.close()
    return False


def _stop(process: subprocess.Popen) -> None:
    """Ask the group to end, and end it if it does not."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_SECONDS)
            return


def _remove_sockets(ports: dict[str, int]) -> None:
    """Remove the sockets that SeaweedFS makes in /tmp, named by its ports, and leaves there when it is killed."""
    for port in ports.values():
        for path in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):  # noqa: S108 -- the server chooses the place
            path.unlink(missing_ok=True)
