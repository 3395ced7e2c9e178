"""What only an S3 store has to prove: its errors, stores that know less than S3, long listings."""

import base64
import hashlib
import logging
import socket
import sys
import zlib

import moto
import pytest
from botocore import exceptions as boto
from botocore.stub import Stubber
from store_cases import MOTO_ENVIRONMENT, catalogue, file_of, sha256, use_environment

from assets.errors import StoreError
from storage.stores import open_store, s3_checksums, s3_errors, s3_target, s3_upload
from storage.stores.s3_errors import explained

SECRET = "wJalrXUtnFEMI"
BUCKET = "films"


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    use_environment(monkeypatch, {**MOTO_ENVIRONMENT, "AWS_SECRET_ACCESS_KEY": SECRET})


@pytest.fixture
def store(tmp_path):
    """A store in this process."""
    with moto.mock_aws():
        store = open_store(f"s3://{BUCKET}/pre", catalogue(tmp_path))
        store._client.create_bucket(Bucket=BUCKET)
        yield store


@pytest.fixture
def stubbed(tmp_path):
    """A store that answers what a test has written down, and nothing else."""
    store = open_store(f"s3://{BUCKET}", catalogue(tmp_path))
    with Stubber(store._client) as stubber:
        yield store, stubber
        stubber.assert_no_pending_responses()


@pytest.fixture
def unused_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        yield one.getsockname()[1]  # bound and not listening: a connection is refused


def _denied():
    raise boto.ClientError({"Error": {"Code": "AccessDenied"}, "ResponseMetadata": {}}, "AbortMultipartUpload")


def _whole(data):
    """The answer to a request that stored these bytes."""
    return {"ETag": f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"'}


def _absent(stubber):
    stubber.add_client_error("head_object", "404", http_status_code=404)


def test_more_keys_than_a_page_are_all_listed(store):
    for number in range(1005):
        store._client.put_object(Bucket=BUCKET, Key=f"pre/{number:04}")
    store._client.put_object(Bucket=BUCKET, Key="prelude/not-ours")
    assert [item.key for item in store.list()] == [f"{number:04}" for number in range(1005)]


def test_the_folders_that_other_tools_draw_are_no_objects(store):
    store._client.put_object(Bucket=BUCKET, Key="pre/folder/")
    store.put_bytes("folder/a", b"a")
    assert [item.key for item in store.list()] == ["folder/a"]


def test_an_object_without_a_sha256_is_read(store):
    store._client.put_object(Bucket=BUCKET, Key="pre/a.mov", Body=b"from elsewhere")
    assert store.head("a.mov").sha256 is None
    assert store.holds("a.mov", 14, sha256(b"from elsewhere"))
    assert not store.holds("a.mov", 14, sha256(b"from someplace"))


def etag(data):
    return f'"{hashlib.md5(data, usedforsecurity=False).hexdigest()}"'


def test_metadata_can_only_deny_whatever_the_store_makes_of_its_name(stubbed):
    store, stubber = stubbed
    found = {"ContentLength": 1, "ETag": etag(b"x"), "Metadata": {"Sha256": sha256(b"y").upper()}}
    stubber.add_response("head_object", found)
    assert not store.holds("a", 1, sha256(b"x"), b"x")
    stubber.add_response("head_object", found)
    assert store.head("a").sha256 is None


def test_a_key_has_at_most_1024_bytes_with_the_prefix(store):
    longest = "/".join(["x" * 255] * 3 + ["x" * 252])
    assert store.put_bytes(longest, b"")
    with pytest.raises(StoreError, match="the key is too long; at most 1024 bytes with prefix"):
        store.put_bytes(longest + "x", b"")


def test_a_part_that_fails_leaves_an_upload_that_is_gone_on_with(store, tmp_path, monkeypatch):
    monkeypatch.setattr(s3_upload, "PART_BYTES", 5 << 20)
    path, data = file_of(tmp_path, 40 << 20)
    sent = []
    failing = [True]

    def fail(params, **_):
        body = params["Body"]
        sent.append(len(body) if isinstance(body, bytes) else len(body.getbuffer()))
        if failing[0] and len(sent) == 10:
            raise boto.ReadTimeoutError(endpoint_url="https://store.example")

    store._client.meta.events.register("provide-client-params.s3.UploadPart", fail)
    with pytest.raises(StoreError, match="the store stopped answering"):
        store.put_file("a.mov", path, sha256(data), lambda _: None)
    assert list(store.list()) == []
    assert len(store._client.list_multipart_uploads(Bucket=BUCKET)["Uploads"]) == 1
    failing[0] = False
    told = []
    before = sum(size for size in sent if size > 1)
    transfer = store.put_file("a.mov", path, sha256(data), told.append)
    assert transfer.resumed > 0
    assert sum(size for size in sent if size > 1) - before == len(data) - transfer.resumed
    assert sum(told) == len(data)
    assert b"".join(store.get("a.mov")) == data
    assert "Uploads" not in store._client.list_multipart_uploads(Bucket=BUCKET)


def test_what_went_wrong_first_is_said_also_if_the_rest_cannot_be_removed(store, tmp_path, monkeypatch):
    monkeypatch.setattr(s3_upload, "PART_BYTES", 5 << 20)
    path, data = file_of(tmp_path, 6 << 20)

    store._client.meta.events.register("before-call.s3.AbortMultipartUpload", lambda **_: _denied())
    with pytest.raises(StoreError, match="changed after it was hashed"):
        store.put_file("a.mov", path, sha256(data + b"!"), lambda _: None)


def test_a_huge_file_has_at_most_ten_thousand_parts():
    assert s3_upload.part_bytes(0) == s3_upload.PART_BYTES
    for size in (160 << 30, 5 << 40):
        part = s3_upload.part_bytes(size)
        assert part * 10_000 >= size
        assert s3_upload.concurrent_parts(part) >= 1
    assert s3_upload.concurrent_parts(s3_upload.PART_BYTES) * s3_upload.PART_BYTES < s3_upload.BUFFER_BYTES


@pytest.mark.parametrize(
    ("code", "status"), [("NotImplemented", 501), ("501", 501), ("NotImplemented", 400), ("InvalidRequest", 501)]
)
def test_a_store_without_conditional_writes_is_looked_up_and_written(stubbed, code, status):
    store, stubber = stubbed
    _absent(stubber)
    stubber.add_client_error("put_object", code, http_status_code=status)  # with a SHA-256
    stubber.add_client_error("put_object", code, http_status_code=status)  # without
    stubber.add_response("put_object", _whole(b"x"))
    assert store.put_bytes("a", b"x", only_if_absent=True)


def test_a_store_that_ignores_the_condition_is_looked_up_first(stubbed):
    store, stubber = stubbed
    stubber.add_response("head_object", {"ContentLength": 1, "Metadata": {}})
    assert not store.put_bytes("a", b"x", only_if_absent=True)


def _conflict(stubber, *, then_there, retries=0):
    stubber.add_client_error(
        "put_object", "ConditionalRequestConflict", http_status_code=409, response_meta={"RetryAttempts": retries}
    )
    if then_there:
        stubber.add_response("head_object", {"ContentLength": 1, "ETag": etag(b"x"), "Metadata": {}})
    else:
        _absent(stubber)


def test_a_conflict_is_lost_to_an_object_that_is_there_and_otherwise_tried_again(stubbed, monkeypatch):
    waited = []
    monkeypatch.setattr("time.sleep", waited.append)
    store, stubber = stubbed
    _absent(stubber)
    _conflict(stubber, then_there=True)
    assert not store.put_bytes("a", b"x", only_if_absent=True)
    assert waited == []
    _absent(stubber)
    _conflict(stubber, then_there=False)
    _conflict(stubber, then_there=False)
    stubber.add_response("put_object", _whole(b"x"))
    assert store.put_bytes("a", b"x", only_if_absent=True)
    assert waited == [0.25, 0.5]


def test_a_conflict_with_a_try_of_our_own_whose_answer_was_lost_is_looked_at(stubbed):
    store, stubber = stubbed
    _absent(stubber)
    _conflict(stubber, then_there=True, retries=1)
    stubber.add_response("head_object", {"ContentLength": 1, "ETag": etag(b"x"), "Metadata": {}})
    assert store.put_bytes("a", b"x", only_if_absent=True)


def test_a_conflict_that_does_not_end_is_an_error_in_the_end(stubbed, monkeypatch):
    waited = []
    monkeypatch.setattr("time.sleep", waited.append)
    store, stubber = stubbed
    _absent(stubber)
    for _ in range(6):
        _conflict(stubber, then_there=False)
    with pytest.raises(StoreError, match="another writer was at the same key; deliver again"):
        store.put_bytes("a", b"x", only_if_absent=True)
    assert sum(waited) < 10


@pytest.mark.parametrize(("retries", "kept", "won"), [(0, b"x", False), (1, b"x", True), (1, b"y", False)])
def test_an_object_stored_by_a_try_whose_answer_was_lost_is_our_own(stubbed, retries, kept, won):
    store, stubber = stubbed
    _absent(stubber)
    stubber.add_client_error(
        "put_object", "PreconditionFailed", http_status_code=412, response_meta={"RetryAttempts": retries}
    )
    if retries:
        found = {"ContentLength": 1, "ETag": etag(kept), "Metadata": {"sha256": sha256(kept)}}
        stubber.add_response("head_object", found)
    assert store.put_bytes("a", b"x", only_if_absent=True) is won


@pytest.mark.parametrize("code", sorted(s3_errors._CODES))
def test_each_code_of_s3_says_what_happened_and_what_to_do(stubbed, code):
    store, stubber = stubbed
    for _ in range(2 if code in s3_target._UNKNOWN else 1):
        stubber.add_client_error("put_object", code, f"{SECRET} of AKIA")
    with pytest.raises(StoreError) as caught:
        store.put_bytes("t/a.json", b"{}")
    text = str(caught.value)
    assert text.startswith("s3://films: t/a.json: ")
    assert text.endswith(f" ({code})")
    assert SECRET not in text
    assert isinstance(caught.value.__cause__, boto.ClientError)


@pytest.mark.parametrize(
    ("request_name", "text"),
    [
        ("put_object", "does not take the checksums that are sent"),
        ("upload_part", "takes no part a second time"),
        ("list_objects_v2", "does not have this request, ListObjectsV2"),
    ],
)
def test_what_a_store_has_not_is_named_by_the_request(stubbed, request_name, text):
    store, stubber = stubbed
    stubber.add_client_error(request_name, "NotImplemented", http_status_code=501)
    asked = {"put_object": {"Key": "a"}, "upload_part": {"Key": "a", "UploadId": "u", "PartNumber": 1}}
    with pytest.raises(StoreError, match=text), explained("s3://films"):
        getattr(store._client, request_name)(Bucket=BUCKET, **asked.get(request_name, {}))


@pytest.mark.parametrize(("code", "told"), [("NoSuchUpload", ""), ("AccessDenied", "does not list unfinished uploads")])
def test_a_bucket_without_unfinished_uploads_may_answer_that_there_is_no_such_upload(stubbed, code, told):
    store, stubber = stubbed
    stubber.add_client_error("list_multipart_uploads", code, http_status_code=404)
    said = store.give_up("film/")
    assert told in said
    assert bool(said) == bool(told)


def test_a_code_nobody_knows_is_shown_with_what_the_store_says(stubbed):
    store, stubber = stubbed
    stubber.add_client_error("list_objects_v2", "Teapot", "short\x1b[31m and\nstout" + "!" * 500)
    with pytest.raises(StoreError) as caught:
        list(store.list())
    assert str(caught.value).startswith("s3://films: the store answered Teapot: short [31m and stout!!!")
    assert len(str(caught.value)) < 300
    assert str(caught.value).isprintable()


def test_no_bucket(tmp_path):
    with moto.mock_aws():
        store = open_store("s3://nobody-made-it", catalogue(tmp_path))
        for call in (lambda: store.put_bytes("a", b""), lambda: list(store.list()), lambda: store.get("a")):
            with pytest.raises(StoreError, match="there is no such bucket; make it"):
                call()


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (boto.NoCredentialsError(), "no credentials were found"),
        (boto.PartialCredentialsError(provider="env", cred_var=SECRET), "not complete"),
        (boto.CredentialRetrievalError(provider="x", error_msg=SECRET), "could not be fetched"),
        (boto.EndpointConnectionError(endpoint_url=f"https://u:{SECRET}@x", error="e"), "could not be reached"),
        (boto.ConnectTimeoutError(endpoint_url="https://x"), "did not answer in time"),
        (boto.ReadTimeoutError(endpoint_url="https://x"), "stopped answering"),
        (boto.ProxyConnectionError(proxy_url=f"http://u:{SECRET}@p", error="e"), "the proxy could not be reached"),
        (boto.SSLError(endpoint_url="https://x", error="e"), "no secure connection"),
        (boto.DataNotFoundError(data_path=SECRET), r"the request failed \(DataNotFoundError\)"),
        (TimeoutError(SECRET), r"the request failed \(TimeoutError\)"),
    ],
)
def test_what_fails_before_the_store_answers_is_said_without_secrets(error, text):
    with pytest.raises(StoreError, match=text) as caught, explained("s3://films", "a"):
        raise error
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is error


def test_nobody_listens(tmp_path, monkeypatch, unused_port):
    monkeypatch.setenv("RELEASEPRINT_S3_ENDPOINT", f"http://127.0.0.1:{unused_port}")
    monkeypatch.setattr("time.sleep", lambda _: None)
    store = open_store("s3://films", catalogue(tmp_path))
    with pytest.raises(StoreError, match="the store could not be reached; see endpoint and the network"):
        store.put_bytes("a", b"")


def test_nothing_secret_is_logged_at_the_usual_level(store, caplog):
    with caplog.at_level(logging.INFO):
        store.put_bytes("a", b"")
    assert SECRET not in caplog.text


def test_without_a_fast_crc_64_the_whole_object_has_a_crc_32(monkeypatch):
    monkeypatch.setitem(sys.modules, "awscrt.checksums", None)
    assert list(s3_checksums._crcs()) == ["CRC32"]
    crc32 = s3_checksums.Mode("full-object CRC32", "CRC32", whole=True)
    whole = s3_checksums.of_whole(crc32, [(crc32.of_part(part), len(part)) for part in (b"one", b"two", b"")])
    value = base64.b64encode(zlib.crc32(b"onetwo").to_bytes(4, "big")).decode()
    assert whole == {"ChecksumCRC32": value, "ChecksumType": "FULL_OBJECT"}
    assert crc32.of_part(b"onetwo") == {"ChecksumCRC32": value}
    assert crc32.of_part(b"onetwo", damaged=True) != {"ChecksumCRC32": value}


def test_without_a_fast_crc_32_it_is_zlib_s(monkeypatch):
    fast = s3_checksums._crc32()
    monkeypatch.setitem(sys.modules, "isal.isal_zlib", None)
    assert s3_checksums._crc32() is zlib.crc32
    for size in (0, 1, 63, 64, 65, 1 << 20):
        assert fast(b"\xa5" * size, 7) == zlib.crc32(b"\xa5" * size, 7)
