"""What a delivery believes of objects that lie in a bucket already, where somebody else may have put them."""

import json
from pathlib import Path

import jsonschema
import pytest
from store_cases import MOTO_ENVIRONMENT, catalogue, file_of, sha256, use_environment
from tiny_s3 import tiny_s3
from titles import NOW, read_title, write_files, write_title

from assets import manifest, platform
from assets.clearance import Clearance
from assets.errors import StoreError
from storage import package as packaging
from storage import plan as planning
from storage.deliver import Ordered, deliver
from storage.manifests import own
from storage.sending import source_of
from storage.stores import open_store, s3_copy, s3_upload
from storage.stores.s3_target import Seen

PART = 4096
COPIED = 3 * PART


@pytest.fixture(scope="module")
def bucket():
    with tiny_s3() as found:
        yield found


@pytest.fixture(scope="module")
def shared(bucket):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(s3_upload, "PART_BYTES", PART)
        patch.setattr(s3_copy, "PART_BYTES", COPIED)
        use_environment(
            patch,
            {**MOTO_ENVIRONMENT, "RELEASEPRINT_S3_ENDPOINT": bucket.endpoint, "RELEASEPRINT_S3_PATH_STYLE": "1"},
        )
        yield open_store("s3://films/pre", catalogue(Path()))


@pytest.fixture
def store(shared, bucket):
    bucket.clear()
    shared._seen = Seen(supported=True)
    return shared


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    root = tmp_path_factory.mktemp("catalogue")
    title = manifest.read_title(write_title(root), root)
    write_files(title)
    read = read_title(title)
    (window,) = title.windows
    spec = platform.load("svod")
    digests = {asset.file.name: asset.sha256 for asset in read.assets}
    clearance = Clearance(title.id, "svod", spec.revision, window.id, digests)
    return packaging.with_metadata(planning.make_plan(read, window, spec, clearance, at=NOW))


def reports(instant):
    body = json.dumps({"judged_at": instant.isoformat(), "verdict": "pass"}).encode()
    return {"qc/report.json": body, "qc/report.html": b"<!doctype html>" + body}


def ship(plan, store):
    """Deliver; the receipt as it lies in the store."""
    receipt = deliver(plan, store, reports, Ordered(NOW, "worldwide"), lambda _: None)
    return json.loads(b"".join(store.get(receipt.key)))


def reads(bucket, key):
    return [path for method, path in bucket.requests if method == "GET" and path.partition("?")[0].endswith(key)]


def test_what_an_interrupted_delivery_has_sent_is_known_without_reading_it_in_the_store(plan, store, bucket):
    prefix = packaging.prefix_of(plan)
    for file in plan.files:
        store.put_file(prefix + file.key, source_of(file), file.sha256, lambda _: None)
    bucket.requests.clear()
    receipt = ship(plan, store)
    assert not any(reads(bucket, file.key) for file in plan.files)
    assert receipt["found"] == [
        {"by": "ETag of the same bytes", "files": 1},
        {"by": "full-object SHA-256", "files": len(plan.files) - 1},
    ]
    schema = json.loads(own.SCHEMA_PATH.with_name("receipt.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(receipt, schema)


def test_what_a_stranger_says_to_be_ours_is_replaced(plan, store, bucket):
    prefix = packaging.prefix_of(plan)
    for file in plan.files:
        wrong = bytes(file.size)
        store._client.put_object(
            Bucket="films", Key=f"pre/{prefix}{file.key}", Body=wrong, Metadata={"sha256": file.sha256}
        )
    receipt = ship(plan, store)
    assert receipt["found"] == []
    for file in plan.files:
        assert sha256(bucket.objects[f"pre/{prefix}{file.key}"].data) == file.sha256


def test_parts_of_a_stranger_under_our_digest_are_replaced(store, bucket, tmp_path):
    path, data = file_of(tmp_path, 3 * PART + 5)
    store.put_file("a.mov", path, sha256(data), lambda _: None)
    stored = bucket.objects["pre/a.mov"]
    assert store.holds("a.mov", len(data), sha256(data), path) == "ETag of the same bytes"
    assert store.holds("a.mov", len(data), sha256(data)) == "read back"
    tmp_path.joinpath("other").write_bytes(data[:-1] + b"!")
    store.put_file("b.mov", tmp_path / "other", sha256(data[:-1] + b"!"), lambda _: None)
    bucket.objects["pre/a.mov"] = bucket.objects["pre/b.mov"]
    bucket.objects["pre/a.mov"].headers = stored.headers
    assert not store.holds("a.mov", len(data), sha256(data), path)


@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 2 * PART, 3 * PART, 3 * PART + 1, 7 * PART])
def test_each_way_in_which_an_object_can_have_come(store, bucket, tmp_path, size, monkeypatch):
    path, data = file_of(tmp_path, size)
    bucket.takes_checksums = False
    store._seen = Seen(supported=False)
    try:
        store.put_file("a.mov", path, sha256(data), lambda _: None)
        assert store.holds("a.mov", size, sha256(data), path) == "ETag of the same bytes"
        monkeypatch.setattr(s3_copy, "MAX_WHOLE_BYTES", PART)
        if size > PART:
            assert s3_copy.copy(store._target("b.mov", sha256(data)), "pre/a.mov", size)
            assert store.holds("b.mov", size, sha256(data), path) == "ETag of the same bytes"
    finally:
        bucket.takes_checksums = True


def test_an_etag_that_is_no_md5_costs_one_reading(store, bucket, tmp_path):
    path, data = file_of(tmp_path, 2 * PART + 1)
    bucket.md5_etags = False
    try:
        store.put_file("a.mov", path, sha256(data), lambda _: None)
        bucket.requests.clear()
        assert store.holds("a.mov", len(data), sha256(data), path) == "read back"
        assert len(reads(bucket, "a.mov")) == 1
    finally:
        bucket.md5_etags = True


def test_a_sha256_of_a_store_that_compares_none_is_not_believed(store, bucket):
    bucket.compares = False
    try:
        store._client.put_object(
            Bucket="films",
            Key="pre/a.srt",
            Body=b"wrong",
            ChecksumSHA256="LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=",
        )
        assert sha256(b"hello") == "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
        assert not store.holds("a.srt", 5, sha256(b"hello"), b"hello")
        assert store.head("a.srt").sha256 is None
        assert [key for key in bucket.objects if "_probe" in key] == []
    finally:
        bucket.compares = True


def test_a_file_that_changed_meanwhile_vouches_for_nothing(store, tmp_path):
    path, data = file_of(tmp_path, 2 * PART)
    store.put_file("a.mov", path, sha256(data), lambda _: None)
    path.write_bytes(data[:-1] + b"!")
    with pytest.raises(StoreError, match="the file was changed after it was hashed"):
        store.holds("a.mov", len(data), sha256(data), path)
