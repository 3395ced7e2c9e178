"""A store that hands parts on as they come: it takes none of a number twice, and no end that leaves one out."""

from contextlib import contextmanager

import moto
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError, ReadTimeoutError
from store_cases import MOTO_ENVIRONMENT, catalogue, file_of, sha256, use_environment

from assets.errors import StoreError
from storage.stores import open_store, s3_upload

BUCKET = "films"
PART = 5 << 20


@pytest.fixture
def films(tmp_path, monkeypatch):
    """A bucket on such a store, without S3's newer checksums; `store()` is a deliverer who has seen nothing of it."""
    use_environment(monkeypatch, {**MOTO_ENVIRONMENT, "RELEASEPRINT_S3_CHECKSUM": "when_required"})
    monkeypatch.setattr(s3_upload, "PART_BYTES", PART)
    with moto.mock_aws(), handing_on():
        open_store(f"s3://{BUCKET}", catalogue(tmp_path))._client.create_bucket(Bucket=BUCKET)
        yield lambda: open_store(f"s3://{BUCKET}", catalogue(tmp_path))


@contextmanager
def handing_on():
    """Requests in this process are answered as such a store does (rclone 1.75)."""
    real, taken = BaseClient._make_api_call, {}

    def refuse(name, code):
        raise ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": 400}}, name)

    def call(client, name, asked):
        numbers = taken.setdefault(asked.get("UploadId"), set())
        if name == "UploadPart" and asked["PartNumber"] in numbers:
            refuse(name, "NotImplemented")
        if name == "CompleteMultipartUpload":
            named = {part["PartNumber"] for part in asked["MultipartUpload"]["Parts"]}
            if named != numbers:
                refuse(name, "InvalidPart")
        answer = real(client, name, asked)
        if name == "UploadPart":
            numbers.add(asked["PartNumber"])
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", call)
        yield


def put(store, path, data):
    return store.put_file("영화.mov", path, sha256(data), lambda _: None)


def test_a_large_file_goes_in_parts(films, tmp_path):
    path, data = file_of(tmp_path, PART + 1)
    store = films()
    assert put(store, path, data).integrity == "Content-MD5"
    assert b"".join(store.get("영화.mov")) == data
    assert "Uploads" not in store._client.list_multipart_uploads(Bucket=BUCKET), "that of the trial is given up"


def test_an_interrupted_one_is_gone_on_with(films, tmp_path):
    path, data = file_of(tmp_path, 5 * PART)
    broken = films()

    def fail(params, **_):
        if params["PartNumber"] == 5:
            raise ReadTimeoutError(endpoint_url="https://store.example")

    broken._client.meta.events.register("provide-client-params.s3.UploadPart", fail)
    with pytest.raises(StoreError, match="stopped answering"):
        put(broken, path, data)
    store = films()
    assert put(store, path, data).resumed >= 2 * PART
    assert b"".join(store.get("영화.mov")) == data


def test_one_that_cannot_be_gone_on_with_is_sent_from_its_start(films, tmp_path):
    path, data = file_of(tmp_path, 2 * PART)
    store = films()
    begun = store._client.create_multipart_upload(Bucket=BUCKET, Key="영화.mov")["UploadId"]
    asked = {"Bucket": BUCKET, "Key": "영화.mov", "UploadId": begun}
    store._client.upload_part(**asked, PartNumber=1, Body=b"\0")
    store._client.upload_part(**asked, PartNumber=2, Body=data[PART : 2 * PART])
    assert put(store, path, data).resumed == 0
    assert b"".join(store.get("영화.mov")) == data
    assert "Uploads" not in store._client.list_multipart_uploads(Bucket=BUCKET)
