"""Large files that are sent while their title is decoded: unseen before a clearance, taken over after it, else gone."""

import json
import threading

import click
import engines
import pytest
from botocore.exceptions import EndpointConnectionError
from click.testing import CliRunner
from small import OVERLAPPING_SRT
from store_cases import MOTO_ENVIRONMENT, file_of, sha256, use_environment
from store_cases import catalogue as catalogue_at
from tiny_s3 import tiny_s3

from assets import measuring
from assets.errors import StoreError
from cli import ahead as sending_ahead
from cli.main import group
from cli.running.asking import Workers
from storage.staging import Stager
from storage.stores import open_store, s3_upload
from storage.stores.folder import FolderStore
from storage.stores.promised import BrokenPromiseError
from storage.stores.s3_checksums import CHECKSUMS
from storage.stores.store import TakesAhead, ToStage

PART = 4096
KEY = "film/masters/ko.mov"
WAIT_SECONDS = 60


@pytest.fixture(scope="module")
def server():
    with tiny_s3() as found:
        yield found


@pytest.fixture
def bucket(server, monkeypatch):
    server.clear()
    monkeypatch.setattr(s3_upload, "PART_BYTES", PART)
    settings = {"RELEASEPRINT_S3_ENDPOINT": server.endpoint, "RELEASEPRINT_S3_PATH_STYLE": "1"}
    use_environment(monkeypatch, {**MOTO_ENVIRONMENT, **settings, "RELEASEPRINT_STORE": "s3://films"})
    return server


@pytest.fixture
def store(bucket, tmp_path):  # noqa: ARG001 -- what it is opened on
    found = open_store("s3://films", catalogue_at(tmp_path))
    found._seen.settle(CHECKSUMS[0])
    return found


@pytest.fixture
def film(tmp_path):
    """A file of five and a half parts, its bytes, and what is staged of it."""
    path, data = file_of(tmp_path, 5 * PART + 100)
    return path, data, ToStage(path, sha256(data))


def requests(bucket, method):
    return [path for verb, path in bucket.requests if verb == method]


def stored(bucket):
    """The keys of whatever counts: probes are no objects that anybody reads."""
    return [key for key in bucket.objects if not key.startswith("_")]


def test_what_is_staged_is_seen_by_nobody_and_does_not_go_again(store, bucket, film):
    path, data, file = film
    told = []
    store.ahead.stage(KEY, file, lambda: True, told.append)
    assert (bucket.objects, sum(told)) == ({}, len(data))
    parts, counted = requests(bucket, "PUT"), []
    path.write_bytes(data[::-1])  # since then: what has left is what was promised
    transfer = store.put_file(KEY, path, file.sha256, counted.append)
    assert bucket.objects[KEY].data == data
    assert (transfer.integrity, sum(counted)) == (CHECKSUMS[0].told, len(data))
    assert (requests(bucket, "PUT"), bucket.uploads) == (parts, {})


def test_who_takes_over_waits_for_the_rest_and_hears_of_all_bytes(store, bucket, film):
    path, data, file = film
    begun, go_on, counted = threading.Event(), threading.Event(), []

    def slow(_count):
        begun.set()
        assert go_on.wait(WAIT_SECONDS)

    thread = threading.Thread(target=store.ahead.stage, args=(KEY, file, lambda: True, slow))
    thread.start()
    assert begun.wait(WAIT_SECONDS)
    threading.Timer(0.1, go_on.set).start()
    store.put_file(KEY, path, file.sha256, counted.append)
    thread.join()
    assert (bucket.objects[KEY].data, sum(counted)) == (data, len(data))
    assert len([path for path in requests(bucket, "PUT") if "partNumber" in path]) == 6


def test_what_is_given_up_leaves_nothing_and_is_stopped(store, bucket, film):
    _, data, file = film
    begun, go_on = threading.Event(), threading.Event()

    def slow(_count):
        begun.set()
        assert go_on.wait(WAIT_SECONDS)

    thread = threading.Thread(target=store.ahead.stage, args=(KEY, file, lambda: True, slow))
    thread.start()
    assert begun.wait(WAIT_SECONDS)
    stopped = store.ahead._going[KEY]._stopped
    threading.Thread(target=lambda: stopped.wait(WAIT_SECONDS) and go_on.set()).start()
    assert 0 < store.ahead.unstage(KEY) < len(data)
    thread.join()
    assert (bucket.uploads, bucket.objects) == ({}, {})
    assert store.ahead.unstage(KEY) == 0


def test_what_is_not_wanted_any_more_is_not_begun(store, bucket, film):
    store.ahead.stage(KEY, film[2], lambda: False, lambda _count: None)
    assert bucket.requests == []


def test_a_file_that_changes_while_it_is_staged_is_given_up(store, bucket, film):
    path, data, file = film
    with pytest.raises(BrokenPromiseError, match="was changed after it was hashed"):
        store.ahead.stage(KEY, ToStage(path, sha256(b"other")), lambda: True, lambda _count: None)
    assert (bucket.uploads, bucket.objects) == ({}, {})
    store.put_file(KEY, path, file.sha256, lambda _count: None)
    assert bucket.objects[KEY].data == data


def test_other_bytes_than_those_that_were_staged_are_sent(store, bucket, film, tmp_path):
    store.ahead.stage(KEY, film[2], lambda: True, lambda _count: None)
    path, data = file_of(tmp_path, 3 * PART, seed=2)
    store.put_file(KEY, path, sha256(data), lambda _count: None)
    assert (bucket.objects[KEY].data, bucket.uploads) == (data, {})


def test_staging_that_fails_leaves_its_parts_to_the_delivery(store, bucket, film, monkeypatch):
    path, data, file = film
    send, left = s3_upload.SendingParts._send_part, [2]

    def failing(self, number, block):
        if number == 4 and left.pop():
            raise StoreError("the connection broke")
        return send(self, number, block)

    monkeypatch.setattr(s3_upload, "concurrent_parts", lambda _part: 1)
    monkeypatch.setattr(s3_upload.SendingParts, "_send_part", failing)
    with pytest.raises(StoreError, match="the connection broke"):
        store.ahead.stage(KEY, file, lambda: True, lambda _count: None)
    monkeypatch.setattr(s3_upload.SendingParts, "_send_part", send)
    counted = []
    transfer = store.put_file(KEY, path, file.sha256, counted.append)
    assert (transfer.resumed, sum(counted)) == (3 * PART, len(data))
    assert (bucket.objects[KEY].data, bucket.uploads) == (data, {})


def test_an_upload_that_somebody_has_ended_is_sent_anew(store, bucket, film):
    path, data, file = film
    mode = CHECKSUMS[0]
    first = store._target(KEY, file.sha256)
    store._client.upload_part(
        Bucket="films", Key=KEY, UploadId=first.create(mode), PartNumber=1, Body=data[:PART]
    )  # of a run that was killed: it is gone on with
    store.ahead.stage(KEY, file, lambda: True, lambda _count: None)
    bucket.uploads.clear()
    counted = []
    store.put_file(KEY, path, file.sha256, counted.append)
    assert (bucket.objects[KEY].data, sum(counted)) == (data, len(data))


def test_a_store_that_is_gone_when_it_should_forget_is_no_error_of_its_own(store, bucket, film, monkeypatch):
    stager = Stager(store, lambda: None)
    stager._keys.append(KEY)
    store.ahead.stage(KEY, film[2], lambda: True, lambda _count: None)

    def unreachable(**_request):
        raise EndpointConnectionError(endpoint_url="http://store.example")

    monkeypatch.setattr(store._client, "abort_multipart_upload", unreachable)
    assert stager.close() == 0
    assert len(bucket.uploads) == 1


def test_a_folder_stages_nothing(tmp_path):
    assert not isinstance(FolderStore(tmp_path), TakesAhead)


@pytest.fixture
def decoding(monkeypatch, bucket, catalogue):
    """Has the master decoded only when all of it is in the bucket; what is visible there by then, and what happens."""
    size = next((catalogue / "titles/small-film/masters").iterdir()).stat().st_size
    decode, seen = measuring.run_isolated, {"objects": None, "then": lambda: None}

    def late(*arguments, **options):
        waited = threading.Event()
        for _ in range(WAIT_SECONDS * 50):
            with bucket.lock:
                if any(sum(map(len, one.parts.values())) == size for one in bucket.uploads.values()):
                    break
            waited.wait(0.02)
        seen["objects"], seen["uploads"] = stored(bucket), len(bucket.uploads)
        seen["then"]()
        return decode(*arguments, **options)

    monkeypatch.setattr(measuring, "run_isolated", late)
    return seen


def deliver(catalogue, *options, code=0):
    words = ("deliver", "--territory", "KR", "--json", *options, "-C", str(catalogue))
    done = CliRunner().invoke(group, words, catch_exceptions=False, standalone_mode=False)
    assert done.return_value == code, done.output
    return json.loads(done.stdout)[0], done.stderr


def sent_parts(bucket):
    """How many parts of masters went."""
    return len([path for path in requests(bucket, "PUT") if "partNumber" in path and "/masters/" in path])


@pytest.fixture(
    params=[(), ("--jobs", "2", "--limit", "1G"), ("--jobs", "2")], ids=["here", "workers decode", "workers send, too"]
)
def by(request, monkeypatch):
    """The options that say who decodes and sends: this process, or workers, which are threads here.

    With a limit workers send nothing: it is this process that keeps it.
    """
    monkeypatch.setattr(Workers, "engine", lambda self, _titles: engines.Threads() if self.jobs else None)
    return request.param


def test_a_master_is_there_when_its_title_is_cleared(catalogue, bucket, decoding, by):
    (master,) = (catalogue / "titles/small-film/masters").iterdir()
    outcome, said = deliver(catalogue, *by)
    assert (decoding["objects"], decoding["uploads"]) == ([], 1)
    assert (outcome["state"], bucket.uploads) == ("delivered", {})
    (key,) = [key for key in bucket.objects if key.endswith(".mp4")]
    assert bucket.objects[key].data == master.read_bytes()
    assert sent_parts(bucket) == -(-master.stat().st_size // PART) + 1, "each once, and a byte that tries the store"
    assert "ahead" not in said


def test_what_a_report_refuses_is_given_up_and_said(catalogue, bucket, decoding, by):
    (catalogue / "titles/small-film/subtitles/en.srt").write_text(OVERLAPPING_SRT, encoding="utf-8")
    outcome, said = deliver(catalogue, *by, code=1)
    assert (outcome["state"], decoding["uploads"]) == ("refused", 1)
    assert (stored(bucket), bucket.uploads) == ([], {})
    assert "small-film: " in said
    assert "were sent ahead, where nobody saw them, and given up" in said


def test_rights_that_change_while_a_title_is_decoded_give_it_up(catalogue, bucket, decoding):
    path = catalogue / "titles/small-film/title.toml"
    text = path.read_text(encoding="utf-8").replace('end = "open"', "end = 2026-02-01")
    decoding["then"] = lambda: path.write_text(text, encoding="utf-8")
    outcome, _ = deliver(catalogue, code=1)
    assert outcome["state"] == "refused"
    assert not [key for key in bucket.objects if key.endswith("manifest.json")]
    assert bucket.uploads == {}


def test_a_title_that_is_another_one_after_its_decode_goes_the_ordinary_way(catalogue, bucket, decoding, by):
    path = catalogue / "titles/small-film/subtitles/en.srt"
    decoding["then"] = lambda: path.write_text(path.read_text().replace("Hello.", "Hello?"), encoding="utf-8")
    outcome, said = deliver(catalogue, *by)
    assert (outcome["state"], bucket.uploads) == ("delivered", {})
    assert "given up" in said
    prefixes = {key.rsplit("/masters/")[0] for key in stored(bucket) if "/masters/" in key}
    assert len(prefixes) == 1


def test_whoever_stops_while_a_title_is_decoded_leaves_nothing(catalogue, bucket, decoding):
    def stop():
        raise KeyboardInterrupt

    decoding["then"] = stop
    with pytest.raises(click.Abort):
        deliver(catalogue)
    assert (stored(bucket), bucket.uploads) == ([], {})


@pytest.mark.parametrize(
    "options",
    [("--dry-run",), ("--at", "2090-01-01"), ("--not-before", "2090-01-01")],
    ids=["dry run", "a later date", "held back"],
)
def test_nothing_is_sent_ahead_of_what_does_not_leave_at_once(catalogue, bucket, monkeypatch, options):
    drawn, draft = [], sending_ahead.draft
    monkeypatch.setattr(sending_ahead, "draft", lambda *given: drawn.append(draft(*given)) or drawn[-1])
    deliver(catalogue, *options)
    assert [found for found in drawn if found is not None] == []
    assert bucket.uploads == {}


def test_a_title_that_is_known_is_not_sent_ahead(catalogue, bucket, decoding, monkeypatch):
    deliver(catalogue)
    monkeypatch.setattr(sending_ahead, "_is_worth_it", lambda *_: True)
    begun = sent_parts(bucket)
    outcome, said = deliver(catalogue)
    assert (outcome["state"], sent_parts(bucket), said) == ("unchanged", begun, "")
    assert decoding["uploads"] == 1
