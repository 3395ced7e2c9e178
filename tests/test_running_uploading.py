"""Large files that workers send: unseen, completed by the coordinator alone, sent from here where a worker cannot."""

import json
import pickle
import threading
from itertools import takewhile
from types import SimpleNamespace

import engines
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from planned_runs import DELIVER, HEAD, SCHEMA, copy_title, states
from small import OVERLAPPING_SRT
from store_cases import MOTO_ENVIRONMENT, file_of, sha256, use_environment
from store_cases import catalogue as catalogue_at
from tiny_s3 import tiny_s3

from assets.errors import StoreError
from cli.main import group
from cli.running import uploading
from cli.running.asking import Workers
from cli.running.handing import Handed, Seen
from cli.running.packing import Packed
from cli.running.tasks import Done, Task, is_wanted
from cli.running.uploading import send_parts
from storage import staging
from storage.stores import open_store, s3_upload
from storage.stores.store import ToStage

PART = 4096
KEY = "film/masters/ko.mov"
PLAN = HEAD.replace("file:out", "s3://films") + DELIVER
BY_WORKERS = ("--jobs", "4")


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


class Four(engines.Threads):
    """Room for two uploads at a time."""

    slots = 4


@pytest.fixture(autouse=True)
def threads(monkeypatch):
    """Workers are threads, each with a store of its own."""
    monkeypatch.setattr(Workers, "engine", lambda self, _titles: Four() if self.jobs else None)


@pytest.fixture
def two(catalogue):
    """Two titles, each with bytes of its own."""
    copy_title(catalogue, "night-film")
    (master,) = (catalogue / "titles/night-film/masters").iterdir()
    with master.open("ab") as file:
        file.write("밤".encode())
    return catalogue


def parts_sent(bucket):
    """The parts of masters that went."""
    with bucket.lock:
        return [
            path for verb, path in bucket.requests if verb == "PUT" and "/masters/" in path and "partNumber" in path
        ]


def delivered(catalogue, *options, plan=PLAN, code=0):
    """As `planned_runs.run`, with the environment of this test: the step, and what was said."""
    path, report = catalogue / "plan.toml", catalogue / "report.json"
    path.write_text(plan, encoding="utf-8")
    words = ("run", str(path), "-C", str(catalogue), "--json", "--report", str(report), *options)
    done = CliRunner().invoke(group, words, catch_exceptions=False, standalone_mode=False)
    assert done.return_value == code, done.output
    told = json.loads(report.read_text(encoding="utf-8"))
    Draft202012Validator(SCHEMA).validate(told)
    return told["steps"][0], done.stderr


def masters_of(catalogue):
    return {path.parents[1].name: path.read_bytes() for path in catalogue.glob("titles/*/masters/*")}


def stored_masters(bucket):
    return {key.split("/")[0]: found.data for key, found in bucket.objects.items() if "/masters/" in key}


def test_workers_send_and_the_coordinator_completes(two, bucket):
    step, said = delivered(two, *BY_WORKERS)
    assert set(states(step).values()) == {"delivered"}
    tasks = [(task["title"], task["fault"]) for task in step["tasks"] if task["task"] == "send_parts"]
    assert sorted(tasks) == [("night-film", None), ("small-film", None)]
    assert (bucket.uploads, said) == ({}, "")
    assert stored_masters(bucket) == masters_of(two)
    needed = sum(-(-len(data) // PART) for data in masters_of(two).values())
    assert len(parts_sent(bucket)) == needed + 2, "each once, and a byte of each worker that tries the store"
    receipts = [json.loads(found.data) for key, found in bucket.objects.items() if key.startswith("_receipts/")]
    assert {item["resumed_bytes"] for item in receipts} == {0}


@pytest.mark.parametrize(
    ("failing", "told"),
    [
        (("storage.stores.opening.reopened", StoreError("s3://films: no credentials")), "no credentials"),
        (("cli.running.uploading.draft", MemoryError()), "MemoryError"),
    ],
)
def test_what_a_worker_cannot_send_is_sent_from_here_and_said(catalogue, bucket, monkeypatch, failing, told):
    name, error = failing

    def fail(*_given):
        raise error

    monkeypatch.setattr(name, fail)
    step, said = delivered(catalogue, *BY_WORKERS)
    assert states(step) == {"small-film": "delivered"}
    (fault,) = [task["fault"] for task in step["tasks"] if task["task"] == "send_parts"]
    assert told in fault
    assert f"small-film: is sent from here, for a worker could not: {fault}" in said
    assert stored_masters(bucket) == masters_of(catalogue)


def test_a_worker_that_has_other_files_sends_nothing(catalogue, bucket):
    path = catalogue / "titles/small-film/title.toml"
    for seen in (Seen(3, 3), None):
        files = {path: seen} if seen else {path.with_name("none"): Seen(1, 1)}
        with pytest.raises(StoreError, match="a worker needs the same files"):
            send_parts(None, (), Packed.of(None), Handed(), files)
    assert bucket.requests == []


def test_with_a_limit_workers_send_nothing(catalogue, bucket):
    step, _ = delivered(catalogue, *BY_WORKERS, plan=PLAN + 'limit = "1G"\n')
    assert states(step) == {"small-film": "delivered"}
    assert {task["task"] for task in step["tasks"]} == {"measure_file"}
    assert stored_masters(bucket) == masters_of(catalogue)


def test_what_was_sent_of_a_title_whose_turn_never_comes_is_given_up(two, bucket, monkeypatch):
    def fail(*_given, **_options):
        raise StoreError("the store is gone")

    both = threading.Barrier(2)
    send = uploading.send_parts

    def together(*given):
        found = send(*given)
        both.wait(60)
        return found

    together.__name__ = send.__name__
    monkeypatch.setattr(uploading, "send_parts", together)
    monkeypatch.setattr("cli.delivery.deliver", fail)
    step, _ = delivered(two, *BY_WORKERS, code=4)
    assert (step["state"], step["reason"]) == ("failed", "the store is gone")
    assert (bucket.uploads, stored_masters(bucket)) == ({}, {})


AGAIN = 'do = "redeliver"\ntitles = ["small-film", "night-film"]'
REDELIVER = PLAN.replace('do = "deliver"\nterritory = "KR"', AGAIN)


def changed(catalogue, title):
    """The title's master has other bytes from now on."""
    (master,) = (catalogue / "titles" / title / "masters").iterdir()
    with master.open("ab") as file:
        file.write("낮".encode())


def sent_by_workers(step):
    return {task["title"]: task["fault"] for task in step["tasks"] if task["task"] == "send_parts"}


def test_workers_send_what_has_changed_since_the_last_delivery(two, bucket):
    delivered(two, *BY_WORKERS)
    changed(two, "night-film")
    bucket.requests.clear()
    step, said = delivered(two, *BY_WORKERS, plan=REDELIVER)
    assert states(step) == {"small-film": "unchanged", "night-film": "delivered"}
    assert sent_by_workers(step) == {"small-film": None, "night-film": None}
    assert (bucket.uploads, said) == ({}, "")
    masters = masters_of(two)
    assert stored_masters(bucket) == masters
    assert {path.split("/")[2] for path in parts_sent(bucket)} == {"night-film"}
    more = len(parts_sent(bucket)) - -(-len(masters["night-film"]) // PART)
    assert 0 <= more <= Four.slots, "each worker that opens the store anew tries it by a byte"


def test_one_title_is_delivered_again_by_workers(two, bucket, monkeypatch):
    delivered(two, *BY_WORKERS)
    changed(two, "small-film")
    asked = []
    monkeypatch.setattr("cli.life.require_private", lambda store: asked.append((store.url, len(parts_sent(bucket)))))
    words = ("redeliver", "small-film", "--platform", "house", "-C", str(two), "--json")
    before = len(parts_sent(bucket))
    done = CliRunner().invoke(group, [*words, "--dry-run", *BY_WORKERS], standalone_mode=False)
    assert (done.return_value, len(parts_sent(bucket)), asked) == (0, before, []), done.output
    done = CliRunner().invoke(group, [*words, *BY_WORKERS], standalone_mode=False)
    assert [item["state"] for item in json.loads(done.stdout)] == ["delivered"]
    assert asked[0] == ("s3://films", before), "before a worker sends anything"
    assert (bucket.uploads, stored_masters(bucket)) == ({}, masters_of(two))


def test_what_a_refused_redelivery_would_send_is_given_up(two, bucket):
    delivered(two, *BY_WORKERS)
    changed(two, "night-film")
    (two / "titles/night-film/subtitles/en.srt").write_text(OVERLAPPING_SRT, encoding="utf-8")
    step, said = delivered(two, *BY_WORKERS, plan=REDELIVER, code=1)
    assert states(step) == {"small-film": "unchanged", "night-film": "refused"}
    assert (bucket.uploads, "night-film: " in said, "given up" in said) == ({}, True, True)


def test_uploads_are_bounded_over_all_workers():
    many = SimpleNamespace(slots=100)
    sent = uploading.Uploads(None, None, lambda _title: ())
    sent._waiting.extend(Task(str(number), f"film-{number}", send_parts, (), number) for number in range(20))
    going = list(takewhile(bool, sent.due(many, 0)))
    assert len(going) == uploading.MOST_UPLOADS
    assert next(sent.due(many, 0)) is None
    assert list(sent.due(many, 12)) == []
    assert sent.finished(Done(going[0], fault="died"))
    assert next(sent.due(many, 0)).label == "film-8"
    few = uploading.Uploads(None, None, lambda _title: ())
    few._waiting.extend(going)
    assert len(list(takewhile(bool, few.due(SimpleNamespace(slots=4), 0)))) == 2
    assert not few.finished(Done(Task("", "", print), value=()))


def carried(value):
    """What another process gets."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 -- our own


@pytest.fixture
def stores(bucket, tmp_path):  # noqa: ARG001 -- what they are opened on
    """That of a worker, and that of the coordinator."""
    here = open_store("s3://films", catalogue_at(tmp_path))
    return carried(here.ahead.place).open(), here


@pytest.fixture
def film(tmp_path):
    path, data = file_of(tmp_path, 5 * PART + 100)
    return path, data, ToStage(path, sha256(data))


def handed_over(worker, file):
    worker.ahead.stage(KEY, file, lambda: True, lambda _count: None)
    return carried(worker.ahead.hand_over(KEY))


def test_what_a_worker_has_sent_is_completed_here(stores, bucket, film):
    worker, here = stores
    path, data, file = film
    sent = handed_over(worker, file)
    assert (sent.size, bucket.objects, len(bucket.uploads)) == (len(data), {}, 1)
    parts, counted = len(bucket.requests), []
    here.ahead.take(sent)
    transfer = here.put_file(KEY, path, file.sha256, counted.append)
    assert (bucket.objects[KEY].data, bucket.uploads, sum(counted)) == (data, {}, len(data))
    assert transfer.integrity == sent.mode.told
    assert not [path for verb, path in bucket.requests[parts:] if verb == "PUT"]


def test_parts_that_are_gone_are_sent_from_here(stores, bucket, film):
    worker, here = stores
    path, data, file = film
    here.ahead.take(handed_over(worker, file))
    bucket.uploads.clear()
    counted = []
    here.put_file(KEY, path, file.sha256, counted.append)
    assert (bucket.objects[KEY].data, sum(counted)) == (data, len(data))


def test_an_upload_that_was_begun_for_other_bytes_is_not_believed(stores, bucket, film):
    worker, here = stores
    path, data, file = film
    here.ahead.take(handed_over(worker, file))
    (upload,) = bucket.uploads.values()
    upload.headers["x-amz-meta-sha256"] = "0" * 64
    here.put_file(KEY, path, file.sha256, lambda _count: None)
    found = bucket.objects[KEY]
    assert (found.data, found.headers["x-amz-meta-sha256"]) == (data, file.sha256)


def test_parts_that_somebody_changed_are_refused_by_the_store_and_sent_from_here(stores, bucket, film):
    worker, here = stores
    path, data, file = film
    here.ahead.take(handed_over(worker, file))
    (upload,) = bucket.uploads.values()
    upload.parts[2] = b"x" * PART
    here.put_file(KEY, path, file.sha256, lambda _count: None)
    assert bucket.objects[KEY].data == data


def test_what_is_not_all_there_is_not_handed_over(stores, bucket, film):
    worker, _ = stores
    assert worker.ahead.hand_over(KEY) is None
    with pytest.raises(StoreError, match="changed after it was hashed"):
        worker.ahead.stage(KEY, ToStage(film[0], sha256(b"other")), lambda: True, lambda _count: None)
    assert worker.ahead.hand_over(KEY) is None
    assert bucket.uploads == {}


@pytest.fixture
def to_send(film, monkeypatch):
    """Has the draft of a package one large file."""
    monkeypatch.setattr(staging.packaging, "prefix_of", lambda _draft: "film/")
    monkeypatch.setattr(staging, "to_stage", lambda *_: [(SimpleNamespace(key="masters/ko.mov"), film[2])])


@pytest.mark.usefixtures("to_send")
def test_who_is_not_waited_for_any_more_gives_up_what_he_sent(stores, bucket):
    worker, _ = stores
    answers = iter([True, True, *[False] * 9])
    assert staging.for_another(None, worker, worker.ahead, lambda: next(answers)) == ()
    assert (bucket.uploads, bucket.objects) == ({}, {})


@pytest.mark.usefixtures("to_send")
def test_who_is_stopped_gives_up_what_he_sent(stores, bucket):
    worker, _ = stores
    answers = iter([True, True])

    def stopping():
        if not next(answers, False):
            raise SystemExit(143)
        return True

    with pytest.raises(SystemExit):
        staging.for_another(None, worker, worker.ahead, stopping)
    assert (bucket.uploads, bucket.objects) == ({}, {})


@pytest.mark.usefixtures("to_send")
def test_what_fails_leaves_its_parts_to_whoever_sends_the_file(stores, bucket, film, monkeypatch):
    worker, here = stores
    path, data, file = film
    send = s3_upload.SendingParts._send_part

    def failing(self, number, block):
        if number == 4:
            raise StoreError("the connection broke")
        return send(self, number, block)

    monkeypatch.setattr(s3_upload, "concurrent_parts", lambda _part: 1)
    monkeypatch.setattr(s3_upload.SendingParts, "_send_part", failing)
    with pytest.raises(StoreError, match="the connection broke"):
        staging.for_another(None, worker, worker.ahead, lambda: True)
    monkeypatch.setattr(s3_upload.SendingParts, "_send_part", send)
    assert here.put_file(KEY, path, file.sha256, lambda _count: None).resumed == 3 * PART
    assert (bucket.objects[KEY].data, bucket.uploads) == (data, {})


def test_a_task_is_wanted_where_nobody_can_say():
    assert is_wanted()()
