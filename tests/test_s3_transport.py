"""What the S3 store really sends, and where to: seen by a TLS server on loopback.

awscrt is installed where these tests run. boto3's managed transfer would then choose a client (CRT) that ignores the
endpoint and sends the file to AWS; the store must never let it.
"""

import base64
import hashlib
import socket

import awscrt.checksums
import awscrt.s3
import boto3.crt
import boto3.s3.transfer
import pytest
from s3_capture import capturing
from store_cases import MOTO_ENVIRONMENT, catalogue, file_of, sha256, use_environment

from assets.errors import StoreError
from storage.stores import open_store, s3_upload

MIB = 1 << 20


@pytest.fixture
def open_on(tmp_path, monkeypatch):
    """Open a store on a capturing server, with parts of 5 MiB."""
    monkeypatch.setattr(s3_upload, "PART_BYTES", 5 * MIB)

    def open_it(capture, checksum="when_supported"):
        use_environment(
            monkeypatch,
            {
                **MOTO_ENVIRONMENT,
                "AWS_CA_BUNDLE": str(capture.certificate),
                "RELEASEPRINT_S3_ENDPOINT": capture.endpoint,
                "RELEASEPRINT_S3_PATH_STYLE": "true",
                "RELEASEPRINT_S3_CHECKSUM": checksum,
            },
        )
        return open_store("s3://films", catalogue(tmp_path))

    return open_it


@pytest.fixture
def connected(monkeypatch):
    """The addresses that Python's sockets connect to."""
    addresses = []
    connect = socket.socket.connect

    def watched(self, address):
        addresses.append(address[0])
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", watched)
    return addresses


@pytest.mark.parametrize("checksum", ["when_supported", "when_required"])
def test_every_byte_goes_to_the_endpoint_although_boto3_would_choose_crt(
    open_on, connected, tmp_path, monkeypatch, checksum
):
    def crt_chosen(*_):
        raise AssertionError("the CRT client was chosen: it sends to AWS")

    monkeypatch.setattr(awscrt.s3, "is_optimized_for_system", lambda: True)
    monkeypatch.setattr(boto3.crt, "create_crt_transfer_manager", crt_chosen)
    monkeypatch.setattr(boto3.s3.transfer, "create_crt_transfer_manager", crt_chosen)
    with capturing(tmp_path) as capture:
        store = open_on(capture, checksum)
        path, data = file_of(tmp_path, 11 * MIB)
        store.put_file("a.mov", path, sha256(data), lambda _: None)
    objects = [one.path.split("?")[0] for one in capture.requests if one.method != "GET"]
    trial_apart = {"when_supported": 0, "when_required": 2}[checksum]  # it stores a part: that upload is given up
    assert objects == ["/films/a.mov"] * (6 + trial_apart)
    assert b"".join(one.body for one in sorted(capture.puts(), key=_part_number)) == data
    assert set(connected) == {"127.0.0.1"}
    assert boto3.s3.transfer._should_use_crt(boto3.s3.transfer.TransferConfig()), "boto3 would not have chosen CRT"


def test_when_supported_guards_each_request_with_a_checksum_and_its_length(open_on, tmp_path):
    with capturing(tmp_path, needs_length=True) as capture:
        store = open_on(capture)
        for size in (1000, 11 * MIB):
            path, data = file_of(tmp_path, size)
            store.put_file(f"{size}.mov", path, sha256(data), lambda _: None)
        store.put_bytes("a.json", b"{}")
    assert len(capture.puts()) == 5
    for one in capture.puts():
        assert int(one.headers["content-length"]) == len(one.body)
        assert "content-encoding" not in one.headers
        if "partNumber" in one.path:
            crc = awscrt.checksums.crc64nvme(one.body).to_bytes(8, "big")
            assert base64.b64decode(one.headers["x-amz-checksum-crc64nvme"]) == crc
        else:
            digest = hashlib.sha256(one.body).digest()
            assert base64.b64decode(one.headers["x-amz-checksum-sha256"]) == digest
    begun = next(one for one in capture.requests if one.path.endswith("?uploads") and one.method == "POST")
    assert begun.headers["x-amz-checksum-algorithm"] == "CRC64NVME"
    assert begun.headers["x-amz-checksum-type"] == "FULL_OBJECT"
    ended = next(one for one in capture.requests if one.method == "POST" and "uploadId" in one.path)
    assert base64.b64decode(ended.headers["x-amz-checksum-crc64nvme"]) == awscrt.checksums.crc64nvme(data).to_bytes(
        8, "big"
    )


def test_when_required_sends_a_plain_body_with_its_length_and_md5(open_on, tmp_path):
    with capturing(tmp_path) as capture:
        store = open_on(capture, "when_required")
        for size in (0, 1000, 11 * MIB):
            path, data = file_of(tmp_path, size)
            store.put_file(f"{size}.mov", path, sha256(data), lambda _: None)
        store.put_bytes("a.json", b"{}")
        store.put_bytes("b.json", b"{}")
    assert len(capture.puts()) == 7
    for one in capture.requests:
        if one.method == "GET":
            continue
        assert not [name for name in one.headers if "checksum" in name or "trailer" in name]
        assert "transfer-encoding" not in one.headers
        assert "content-encoding" not in one.headers
    for one in capture.puts():
        assert int(one.headers["content-length"]) == len(one.body)
        md5 = hashlib.md5(one.body, usedforsecurity=False).digest()
        assert base64.b64decode(one.headers["content-md5"]) == md5


def test_an_object_keeps_its_sha256_and_its_type(open_on, tmp_path):
    path, data = file_of(tmp_path, 6 * MIB)
    small, small_data = file_of(tmp_path, 6)
    with capturing(tmp_path) as capture:
        store = open_on(capture)
        store.put_file("a.mov", path, sha256(data), lambda _: None)
        store.put_file("예고편.vtt", small, sha256(small_data), lambda _: None)
    begun, whole = (one for one in capture.requests if "x-amz-meta-sha256" in one.headers)
    assert begun.headers["x-amz-meta-sha256"] == sha256(data)
    assert begun.headers["content-type"] == "video/quicktime"
    assert whole.headers["x-amz-meta-sha256"] == sha256(small_data)
    assert whole.headers["content-type"] == "text/vtt; charset=utf-8"


def test_a_certificate_nobody_vouches_for_is_refused(open_on, tmp_path, monkeypatch):
    with capturing(tmp_path) as capture:
        store = open_on(capture)
        monkeypatch.delenv("AWS_CA_BUNDLE")
        with pytest.raises(StoreError, match="no secure connection could be made"):
            open_store("s3://films", catalogue(tmp_path)).put_bytes("a.json", b"{}")
    assert capture.requests == []
    assert store.url == "s3://films"


def _part_number(request):
    return int(request.path.partition("partNumber=")[2].split("&")[0] or 0)
