"""What locks of a bucket keep when a package is taken down: nothing is bypassed, and it is said what stays and why."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import moto
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError
from click.testing import CliRunner
from store_cases import MOTO_ENVIRONMENT, catalogue, use_environment

from assets.errors import StoreError
from cli.main import group
from storage.stores import open_store

UNTIL = datetime(2999, 1, 1, tzinfo=UTC)
RETAINED = "GOVERNANCE retention until 2999-01-01T00:00:00Z"


@pytest.fixture
def films(monkeypatch):
    """A bucket in this process that keeps versions and knows locks."""
    use_environment(monkeypatch, {**MOTO_ENVIRONMENT, "RELEASEPRINT_STORE": "s3://films"})
    with moto.mock_aws():
        store = open_store("s3://films", catalogue(Path()))
        store._client.create_bucket(Bucket="films", ObjectLockEnabledForBucket=True)
        yield store


def hold(store, key):
    store._client.put_object_legal_hold(Bucket="films", Key=key, LegalHold={"Status": "ON"})


def retain(store, key):
    retention = {"Mode": "GOVERNANCE", "RetainUntilDate": UNTIL}
    store._client.put_object_retention(Bucket="films", Key=key, Retention=retention)


def versions(store):
    return [item["Key"] for item in store._client.list_object_versions(Bucket="films").get("Versions", [])]


@contextmanager
def failing(store, operation, code, only):
    """Requests of one kind to the bucket are answered with an error, if `only` says so of what they ask."""
    kept = store._client._make_api_call

    def call(name, asked):
        if name == operation and only(asked):
            raise ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": 503}}, name)
        return kept(name, asked)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", lambda _client, name, asked: call(name, asked))
        yield


@pytest.mark.parametrize(
    ("locks", "said"),
    [
        ((), ""),
        ((hold,), "the store keeps 1 version(s): legal hold; no link opens them"),
        ((retain,), f"the store keeps 1 version(s): {RETAINED}; no link opens them"),
        ((hold, retain), f"the store keeps 1 version(s): legal hold and {RETAINED}; no link opens them"),
    ],
    ids=["none", "hold", "retention", "both"],
)
def test_what_a_lock_keeps_is_named(films, locks, said):
    films.put_bytes("a.mov", b"first")
    films.put_bytes("a.mov", b"second")
    for lock in locks:
        lock(films, "a.mov")
    assert films.remove("a.mov") == said
    assert films.head("a.mov") is None
    assert len(versions(films)) == bool(locks), "of what is not locked no version stays"
    assert films.remove("a.mov") == said, "taken down twice, it says the same"


def test_a_hold_that_was_lifted_keeps_nothing(films):
    films.put_bytes("a.mov", b"bytes")
    hold(films, "a.mov")
    films._client.put_object_legal_hold(Bucket="films", Key="a.mov", LegalHold={"Status": "OFF"})
    assert films.remove("a.mov") == ""
    assert versions(films) == []


def test_what_the_store_fails_at_is_no_lock(films):
    films.put_bytes("a.mov", b"bytes")
    with failing(films, "DeleteObject", "SlowDown", only=lambda asked: "VersionId" in asked):
        with pytest.raises(StoreError, match="overloaded"):
            films.remove("a.mov")
        assert films.head("a.mov") is None, "no link opens it any more"
    assert films.remove("a.mov") == ""
    assert versions(films) == []


def test_a_withdrawal_that_was_interrupted_leaves_no_older_version(films, catalogue):
    def run(*arguments):
        return CliRunner().invoke(group, [*arguments, "-C", str(catalogue)], standalone_mode=False)

    (package,) = json.loads(run("deliver", "--territory", "KR", "--json").stdout)
    film = next(item.key for item in films.list(package["prefix"]) if item.key.endswith(".mp4"))
    with failing(
        films, "DeleteObject", "ExpiredToken", only=lambda asked: asked["Key"] == film and "VersionId" in asked
    ):
        broken = run("withdraw", "small-film", "--why", "계약 종료")
    assert broken.return_value == 4
    assert films.head(film) is None, "a list does not have it any more"
    assert film in versions(films)
    assert run("withdraw", "small-film", "--why", "계약 종료").return_value == 0
    assert [key for key in versions(films) if key.startswith(package["prefix"])] == []


def test_a_package_under_locks_comes_down_and_the_exit_code_says_that_bytes_stay(films, catalogue):
    def run(*arguments):
        return CliRunner().invoke(group, [*arguments, "-C", str(catalogue)], standalone_mode=False)

    (package,) = json.loads(run("deliver", "--territory", "KR", "--json").stdout)
    hold(films, f"{package['prefix']}manifest.json")
    retain(films, f"{package['prefix']}SHA256SUMS")
    done = run("withdraw", "small-film", "--why", "계약 종료", "--json")
    assert done.return_value == 1
    (down,) = json.loads(done.stdout)
    assert down["withdrawn"]["kept"] == [
        "the store keeps 1 version(s): legal hold; no link opens them",
        f"the store keeps 1 version(s): {RETAINED}; no link opens them",
    ]
    assert list(films.list(package["prefix"])) == []
    assert sorted(key.rpartition("/")[2] for key in versions(films) if key.startswith(package["prefix"])) == [
        "SHA256SUMS",
        "manifest.json",
    ]
    assert {row["state"] for row in json.loads(run("receipts", "small-film", "--json").stdout)} == {"withdrawn"}
