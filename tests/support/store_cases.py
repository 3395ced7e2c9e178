"""What the tests of the stores share: files with their SHA-256, catalogues, and the environment of an S3 client."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from random import Random

from assets.catalogue import Catalogue, Config

MOTO_ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "in-process",
    "AWS_SECRET_ACCESS_KEY": "in-process-secret",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}


def use_environment(monkeypatch, environment):
    """Have exactly these settings of AWS and of S3 stores, whatever the machine has."""
    for name in list(os.environ):
        if name.startswith(("AWS_", "RELEASEPRINT_")):
            monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)


def catalogue(root: Path, **config) -> Catalogue:
    return Catalogue(root, Config(**config))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def file_of(folder: Path, size: int, seed: int = 1) -> tuple[Path, bytes]:
    """A file of bytes that look random and are the same in every run."""
    data = _content(size, seed)
    path = folder / f"{seed}-{size}.bin"
    path.write_bytes(data)
    return path, data


@lru_cache(maxsize=8)
def _content(size: int, seed: int) -> bytes:
    return Random(seed).randbytes(size)  # noqa: S311 -- content, not a secret
