"""Which bodies a request to S3 signs: those that somebody could change on their way."""

from hashlib import sha256
from typing import Any

import pytest

from assets.catalogue import StoreSettings
from storage.stores.s3_client import new_client

UNSIGNED = "UNSIGNED-PAYLOAD"


class _SeenError(Exception):
    """What would have been sent."""

    def __init__(self, headers: Any) -> None:
        self.headers = headers


def _sent(endpoint: str | None, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a part's request says of its body's SHA-256."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    client = new_client(StoreSettings(url="s3://films", endpoint=endpoint, region="us-east-1"), None)

    def see(request: Any, **_: object) -> None:
        raise _SeenError(request.headers)

    client.meta.events.register("before-send.s3", see)
    with pytest.raises(_SeenError) as seen:
        client.upload_part(
            Bucket="films", Key="film.mov", UploadId="1", PartNumber=1, Body=b"film", ChecksumCRC32="zz3xyQ=="
        )
    found = seen.value.headers["X-Amz-Content-SHA256"]
    return found.decode() if isinstance(found, bytes) else found


@pytest.mark.parametrize(
    "endpoint", [None, "https://s3.example.com", "http://127.0.0.1:8333", "http://localhost:9000", "http://[::1]:9000"]
)
def test_a_body_that_nobody_can_change_on_its_way_is_not_hashed_once_more(
    endpoint: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _sent(endpoint, monkeypatch) == UNSIGNED


@pytest.mark.parametrize(
    "endpoint", ["http://store.example.com", "http://192.168.1.7:9000", "http://127.0.0.1.example.com"]
)
def test_a_body_that_leaves_the_machine_without_tls_is_signed(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _sent(endpoint, monkeypatch) == sha256(b"film").hexdigest()


def test_an_address_of_the_environment_counts_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://store.example.com")
    assert _sent(None, monkeypatch) == sha256(b"film").hexdigest()
