"""Who may read what: policies of one window, links that end with it, a check that nothing is open; and the hooks."""

import json
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
import moto
import pytest
import store_cases
from packaged import TITLE, plan_of, reports, store_of
from pydantic import ValidationError
from rights_deals import licence, mandate, scope, term
from rights_deals import title as title_rights
from rights_files import HELD
from titles import write_title

from assets import manifest
from assets.catalogue import StoreSettings
from assets.errors import Refused, StoreError, UsageError
from assets.rights import embargoes
from assets.rights.model import Status
from cli import accessing, judgement
from storage import access, exposure, hooks
from storage.access import Permission
from storage.deliver import Ordered, deliver
from storage.stores import open_store

START = datetime(2026, 12, 1, tzinfo=UTC)
WINDOW = """\
original_language = "ko"
format = "1 x 84"
runtime = "01:24:00"
production_year = 2020
[names]
ko = "김일성의 아이들"
[[windows]]
id = "svod-world"
right = "svod"
territories = ["worldwide"]
start = 2026-12-01
end = 2028-12-01
zone = "UTC"
languages = "all"
"""
RIGHTS = (
    HELD
    + """
[[licences]]
id = "svod"
to = "A service"
contract = "C-8"
status = "signed"
signed = 2026-01-02
[[licences.grants]]
id = "svod-kr"
rights = ["svod"]
territories = ["KR"]
start = 2026-11-01
end = 2028-01-01
languages = "all"
announce = 2027-01-01T00:00:00Z
suppress_until = 2027-02-01T00:00:00Z
"""
)


def test_policy_gives_one_prefix_until_a_date_and_nothing_else():
    given = Permission("s3://bucket/films", "film/svod/w/", START, START + timedelta(days=30), "123456789012")
    listing, reading = access.policy(given)["Statement"]
    assert (listing["Action"], listing["Resource"]) == ("s3:ListBucket", "arn:aws:s3:::bucket")
    assert listing["Condition"]["StringLike"] == {"s3:prefix": "films/film/svod/w/*"}
    assert (reading["Action"], reading["Resource"]) == ("s3:GetObject", "arn:aws:s3:::bucket/films/film/svod/w/*")
    for statement in (listing, reading):
        assert statement["Principal"] == {"AWS": "123456789012"}
        assert statement["Condition"]["DateGreaterThanEquals"] == {"aws:CurrentTime": "2026-12-01T00:00:00Z"}
        assert statement["Condition"]["DateLessThan"] == {"aws:CurrentTime": "2026-12-31T00:00:00Z"}
        assert statement["Condition"]["Bool"] == {"aws:SecureTransport": "true"}


def test_policy_of_an_identity_names_nobody_and_sees_no_wildcard_in_a_name():
    given = Permission("s3://bucket/a*b?${aws:username}", "film/svod/w/", START, START + timedelta(days=1))
    _, reading = access.policy(given)["Statement"]
    assert "Principal" not in reading
    assert reading["Resource"] == "arn:aws:s3:::bucket/a${*}b${?}${$}{aws:username}/film/svod/w/*"
    with pytest.raises(StoreError, match="only S3 stores"):
        access.policy(Permission("file:x", "", START, START))


@pytest.mark.parametrize(
    "text", ["*", "", "1234", "arn:aws:iam::123456789012:user/", "arn:aws:s3:::bucket", "123456789012\n"]
)
def test_nobody_is_named_by_a_wildcard(text):
    with pytest.raises(UsageError, match="nobody whom a policy can name"):
        access.a_receiver(text)


def test_policy_is_of_the_receivers_part_of_the_cloud():
    given = Permission("s3://films", "a/", START, START + timedelta(days=1), "arn:aws-cn:iam::123456789012:root")
    assert {item["Resource"] for item in access.policy(given)["Statement"]} == {
        "arn:aws-cn:s3:::films",
        "arn:aws-cn:s3:::films/a/*",
    }


def test_receivers():
    for text in ("123456789012", "arn:aws:iam::123456789012:role/a/b", "arn:aws-cn:iam::123456789012:root"):
        assert access.a_receiver(text) == text


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    write_title(tmp_path, WINDOW)
    monkeypatch.setattr(judgement, "now", lambda: START)
    return tmp_path


def asked(**changes):
    usual = {"title": "film", "platform_name": "svod", "window": "svod-world", "receiver": None}
    return accessing.Asked(**{**usual, "start": None, "end": None, **changes})


@dataclass
class Addressed:
    """A folder that says it is a bucket, whose objects have one address."""

    store: object
    address: str

    url = "s3://films"

    def __getattr__(self, name):
        return getattr(self.store, name)

    def link(self, _key, _seconds):
        return self.address


@pytest.fixture
def bucket(catalogue, monkeypatch):
    store = Addressed(store_of(catalogue), "")
    monkeypatch.setattr(accessing, "open_store", lambda *_: store)
    return store


def until(document):
    return document["Statement"][0]["Condition"]["DateLessThan"]["aws:CurrentTime"]


def test_policy_ends_with_the_window(catalogue, bucket):
    assert bucket.url == "s3://films"
    assert until(accessing.policy(asked(), None, catalogue)) == "2028-12-01T00:00:00Z"
    later = datetime(2040, 1, 1, tzinfo=UTC)
    assert until(accessing.policy(asked(end=later), None, catalogue)) == "2028-12-01T00:00:00Z"
    sooner = START + timedelta(days=1)
    assert until(accessing.policy(asked(end=sooner), None, catalogue)) == "2026-12-02T00:00:00Z"
    with pytest.raises(UsageError, match="nothing is given"):
        accessing.policy(asked(start=later), None, catalogue)
    with pytest.raises(UsageError, match="windows: svod-world"):
        accessing.policy(asked(window="other"), None, catalogue)


def test_policy_is_refused_when_the_window_is_over(catalogue, bucket, monkeypatch):
    monkeypatch.setattr(judgement, "now", lambda: datetime(2029, 1, 1, tzinfo=UTC))
    with pytest.raises(Refused, match="is over"):
        accessing.policy(asked(), None, catalogue)
    assert list(bucket.list()) == []


def test_window_without_end_is_not_given_for_ever(catalogue, bucket):
    path = catalogue / "titles/film/title.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("end = 2028-12-01", 'end = "open"'), encoding="utf-8")
    assert bucket.head("x") is None
    with pytest.raises(UsageError, match="--until is needed"):
        accessing.policy(asked(), None, catalogue)


@pytest.fixture
def package(catalogue, bucket, monkeypatch):
    """A package that stands in the bucket; its window began a day ago."""
    plan = plan_of(catalogue)
    receipt = deliver(plan, bucket, reports, Ordered(START, "worldwide"), lambda _: None)
    monkeypatch.setattr(judgement, "now", lambda: START + timedelta(days=1))
    return receipt.prefix


def test_links_do_not_outlast_what_was_said_however_long_it_takes(catalogue, bucket, package, monkeypatch, capsys):
    now, asked_for = [START], []

    def link(_key, seconds):
        asked_for.append(now[0] + timedelta(seconds=seconds))
        now[0] += timedelta(seconds=2)
        return "https://films"

    monkeypatch.setattr(judgement, "now", lambda: now[0])
    monkeypatch.setattr(bucket, "link", link, raising=False)
    found = accessing.links(package, 1, None, catalogue)
    accessing.show_links(found, as_json=False)
    assert capsys.readouterr().out.endswith("\nmanifest.json\thttps://films\n"), "key, tab and link"
    assert found.ends == START + timedelta(days=1)
    assert len(asked_for) == len(found.addresses) > 5
    assert set(asked_for) == {found.ends}
    now[0] = datetime(2028, 11, 30, 14, 59, 58, tzinfo=UTC)
    with pytest.raises(Refused, match="its window ended 2028-11-30T15:00:00Z"):
        accessing.links(package, 1, None, catalogue)


def test_links_end_with_the_window_as_it_is_by_now(catalogue, bucket, package):
    path = catalogue / "titles/film/title.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("end = 2028-12-01", "end = 2026-12-03"), encoding="utf-8")
    assert bucket.head(f"{package}manifest.json")
    assert accessing.links(package, 7, None, catalogue).ends == datetime(2026, 12, 2, 15, tzinfo=UTC)
    path.write_text(text.replace("end = 2028-12-01", "end = 2026-12-02"), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        accessing.links(package, 7, None, catalogue)
    assert refused.value.reasons == ("the window svod-world ended 2026-12-01T15:00:00Z",)
    path.unlink()
    assert accessing.links(package, 7, None, catalogue).ends == START + timedelta(days=8), "its manifest alone is asked"


def test_links_to_what_has_no_end_end_all_the_same(catalogue, bucket, monkeypatch):
    plan = plan_of(catalogue, text=TITLE.replace("end = 2028-12-01", 'end = "open"'))
    monkeypatch.setattr(bucket, "address", "https://films")
    package = deliver(plan, bucket, reports, Ordered(START, "worldwide"), lambda _: None).prefix
    assert accessing.links(package, 7, None, catalogue).ends == START + timedelta(days=7)


@pytest.fixture
def answering():
    """A server that answers everything with one status, and what it was asked."""

    class Handler(BaseHTTPRequestHandler):
        status, seen = 200, []

        def do_HEAD(self):
            self.seen.append(self.path)
            self.send_response(self.status)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Handler, f"http://127.0.0.1:{server.server_port}/films/key?X-Amz-Signature=secret"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_object_is_open_if_anybody_gets_it(catalogue, answering, monkeypatch):
    handler, address = answering
    store = Addressed(store_of(catalogue), address)
    assert exposure.is_open(store, "key") is True
    assert handler.seen == ["/films/key"], "no signature is sent"
    for status in (403, 401, 404, 307, 500):
        monkeypatch.setattr(handler, "status", status)
        assert exposure.is_open(store, "key") is False
    assert exposure.is_open(store_of(catalogue), "key") is None


def test_nothing_is_sent_to_a_store_that_is_open(catalogue, answering, monkeypatch):
    _, address = answering
    store = Addressed(store_of(catalogue), address)
    assert exposure.require_private(store) is True, "a server on this machine is no public one"
    monkeypatch.setattr(exposure, "_is_here", lambda _host: False)
    with pytest.raises(StoreError, match="anybody can read what is stored here; nothing was sent"):
        exposure.require_private(store)
    assert [item.key for item in store.list()] == [exposure.PROBE]
    assert exposure.require_private(Addressed(store_of(catalogue), "http://127.0.0.1:1/x")) is False


def program(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return {
        hooks.PROGRAM: str(path),
        "PATH": "/usr/bin:/bin",
        "AWS_SECRET_ACCESS_KEY": "hidden",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": "hidden",
    }


def test_program_gets_the_receipt_and_no_secret(tmp_path):
    environment = program(
        tmp_path / "tell;me", f'cat > {tmp_path}/told; env >> {tmp_path}/told; echo "$#" >> {tmp_path}/told'
    )
    hooks.notify("delivered", '{"title": "영화"}\n'.encode(), environment)
    told = (tmp_path / "told").read_text(encoding="utf-8")
    assert told.startswith('{"title": "영화"}\n')
    assert "RELEASEPRINT_EVENT=delivered" in told
    assert "hidden" not in told
    assert told.endswith("\n0\n")


def test_program_that_fails_or_hangs_is_told(tmp_path, monkeypatch):
    with pytest.raises(UsageError, match="failed with 3: no"):
        hooks.notify("delivered", b"{}", program(tmp_path / "fails", "echo no >&2; exit 3"))
    monkeypatch.setattr(hooks, "_SECONDS", 0.1)
    with pytest.raises(UsageError, match="did not end"):
        hooks.notify("delivered", b"{}", program(tmp_path / "hangs", "exec sleep 5"))
    for path, wrong in (("notify", "is no absolute path"), ("/nonexistent/notify", "cannot be run")):
        with pytest.raises(UsageError, match=wrong):
            hooks.notify("delivered", b"{}", {hooks.PROGRAM: path})


def test_file_is_written_for_a_webhook(tmp_path):
    hooks.notify("withdrawn", b'{"a": 1}', {hooks.FOLDER: str(tmp_path)})
    (path,) = tmp_path.iterdir()
    assert path.name.startswith("withdrawn-")
    assert json.loads(path.read_bytes()) == {"a": 1}
    with pytest.raises(UsageError, match="cannot be written"):
        hooks.notify("withdrawn", b"{}", {hooks.FOLDER: str(tmp_path / "none")})


@pytest.mark.parametrize(
    ("encryption", "told"),
    [
        ("AES256", {"ServerSideEncryption": "AES256"}),
        ("aws:kms:1234-ab", {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "1234-ab"}),
    ],
)
def test_store_is_asked_to_encrypt_what_comes_into_being(tmp_path, monkeypatch, encryption, told):
    store_cases.use_environment(monkeypatch, store_cases.MOTO_ENVIRONMENT)
    with moto.mock_aws():
        settings = {"films": StoreSettings(url="s3://films", encryption=encryption)}
        store = open_store("films", store_cases.catalogue(tmp_path, stores=settings))
        client = boto3.client("s3")
        client.create_bucket(Bucket="films")
        small, data = store_cases.file_of(tmp_path, 1000)
        large, parted = store_cases.file_of(tmp_path, (16 << 20) + 1, 2)
        store.put_bytes("bytes", b"x", only_if_absent=True)
        store.put_file("small", small, store_cases.sha256(data), lambda _: None)
        store.put_file("large", large, store_cases.sha256(parted), lambda _: None)
        assert store.copy("small", "copy", len(data), store_cases.sha256(data)) is not None
        for key in ("bytes", "small", "large", "copy"):
            head = client.head_object(Bucket="films", Key=key)
            assert {name: head.get(name) for name in told} == told


def test_other_encryptions_are_refused():
    for text in ("none", "aws:kms:", "AES-256", "aws:kms:key\nx"):
        with pytest.raises(ValidationError):
            StoreSettings(url="s3://films", encryption=text)


def test_embargo_lifts_when_the_licence_says(tmp_path):
    path = write_title(tmp_path, WINDOW)
    rights = path.with_name("rights.toml")
    rights.write_text(RIGHTS, encoding="utf-8")
    title = manifest.read_title(path, tmp_path)
    assert embargoes.lifts(title.rights, "svod-kr") == datetime(2027, 2, 1, tzinfo=UTC)
    assert embargoes.lifts(title.rights, "svod-world") is None


def test_what_a_mandate_keeps_back_is_kept_back_too():
    late, early, earlier = (int(datetime(2027, month, 1, tzinfo=UTC).timestamp()) for month in (3, 2, 1))
    held = mandate((scope(territories="JP KR"), {"suppress_until": late}), (scope("freetv"), {"announce": late * 2}))
    sold = licence("tube", (scope(), {"announce": early}), (scope(territories="KR", when=term(end="2026-01-01")), {}))
    rights = title_rights(held, sold, licence("sky", (scope("freetv", "US"), {"suppress_until": earlier})))
    assert embargoes.lifts(rights, "tube-1") == datetime(2027, 3, 1, tzinfo=UTC)
    assert embargoes.lifts(rights, "sky-1") == datetime(2027, 1, 1, tzinfo=UTC)
    unsigned = mandate((scope(), {"suppress_until": late}), status=Status.PENDING)
    assert embargoes.lifts(title_rights(unsigned, sold), "tube-1") == datetime(2027, 2, 1, tzinfo=UTC)
