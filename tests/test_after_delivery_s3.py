"""The life of packages on a real S3 server on loopback: object locks respected, a killed withdrawal finished."""

import json
import random
import signal
import time
import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import s3_servers
from s3_tool import Tool

pytestmark = pytest.mark.slow

SUBTITLES = "1\n00:00:00,200 --> 00:00:00,900\nHello there.\n\n2\n00:00:01,000 --> 00:00:01,800\nGoodbye.\n"


def bucket_of(server, **settings):
    name = f"films-{uuid.uuid4()}"
    server.client().create_bucket(Bucket=name, **settings)
    return name


def keys(server, bucket, part):
    pages = server.client().get_paginator("list_objects_v2").paginate(Bucket=bucket)
    found = [item["Key"] for page in pages for item in page.get("Contents", [])]
    return [key for key in found if part in key]


def test_redelivery_copies_and_withdrawal_is_told_by_the_store(server, catalogue):
    bucket = bucket_of(server)
    tool = Tool(server, bucket, catalogue)
    (first,) = json.loads(tool.run("deliver", "--territory", "KR", "--json"))
    (catalogue / "titles/small-film/subtitles/en.srt").write_text(SUBTITLES, encoding="utf-8")
    (second,) = json.loads(tool.run("releaseprint", "redeliver", "small-film", "--json"))
    assert second["superseded"] == [first["prefix"]]
    assert 0 < second["sent_bytes"] < first["sent_bytes"] / 2, "the film is copied by the store"
    tool.run("releaseprint", "withdraw", "small-film", "--superseded", "--why", "대체됨")
    assert keys(server, bucket, f"배급/{first['prefix']}") == []
    assert "all as delivered" in tool.run("releaseprint", "verify", second["prefix"])
    tool.run("releaseprint", "withdraw", "small-film", "--why", "계약 종료")
    assert "계약 종료" in tool.run("deliver", "--territory", "KR", code=1)
    assert "nothing was changed" in tool.run("releaseprint", "audit", "verify")
    states = {row["state"] for row in json.loads(tool.run("releaseprint", "receipts", "--json"))}
    assert states == {"withdrawn"}


def test_locked_versions_stay_and_it_is_said(server, catalogue):
    bucket = bucket_of(server, ObjectLockEnabledForBucket=True)
    tool = Tool(server, bucket, catalogue)
    (package,) = json.loads(tool.run("deliver", "--territory", "KR", "--json"))
    client = server.client()
    key = f"배급/{package['prefix']}manifest.json"
    until = datetime.now(UTC) + timedelta(days=1)
    client.put_object_retention(Bucket=bucket, Key=key, Retention={"Mode": "COMPLIANCE", "RetainUntilDate": until})
    told = tool.run("releaseprint", "withdraw", "small-film", "--why", "계약 종료", code=1)
    assert "the store keeps 1 version(s): COMPLIANCE retention until " in told
    assert keys(server, bucket, package["prefix"] + "manifest.json") == []
    assert tool.packages() == []
    (kept,) = client.list_object_versions(Bucket=bucket, Prefix=key)["Versions"]
    body = client.get_object(Bucket=bucket, Key=key, VersionId=kept["VersionId"])["Body"].read()
    assert json.loads(body)["package"] == package["package"], "what is locked is untouched"


def test_killed_withdrawals_are_finished(server, catalogue):
    tool = Tool(server, bucket_of(server), catalogue)
    chance = random.Random(11)  # noqa: S311 -- repeatable, not secret
    first, again = ("deliver", "--territory", "KR"), ("releaseprint", "redeliver", "small-film")
    for number in range(6):
        tool.run(*(again if number else first))
        process = tool.start("releaseprint", "withdraw", "small-film", "--why", "계약 종료")
        time.sleep(0.5 + chance.random() * 0.6)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for package in tool.packages():
            tool.run("releaseprint", "verify", package["prefix"])
        (row, *_) = json.loads(tool.run("releaseprint", "receipts", "small-film", "--json"))
        is_done = row["state"] == "withdrawn"
        tool.run("releaseprint", "withdraw", "small-film", "--why", "계약 종료", code=2 if is_done else 0)
        assert tool.packages() == []
        assert "nothing was changed" in tool.run("releaseprint", "audit", "verify")


def test_documents_are_taken_by_a_real_server_and_no_secret_is_anywhere(server, catalogue, tmp_path):
    title = catalogue / "titles/small-film/title.toml"
    text = title.read_text(encoding="utf-8")
    title.write_text(text.replace('end = "open"', "end = 2098-01-01"), encoding="utf-8")
    bucket = bucket_of(server)
    tool = Tool(server, bucket, catalogue)
    said = tool.run("deliver", "--territory", "KR", "--json")
    (package,) = json.loads(said)
    rules, tags = tmp_path / "rules.json", tmp_path / "tags.json"
    said += tool.run("releaseprint", "expire", "--lifecycle", str(rules), "--tags", str(tags))
    client = server.client()
    client.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration=json.loads(rules.read_text()))
    for item in json.loads(tags.read_text()):
        client.put_object_tagging(**item)
        tagged = client.get_object_tagging(Bucket=bucket, Key=item["Key"])["TagSet"]
        assert {"Key": "releaseprint-title", "Value": "small-film"} in tagged
    receiver = ("--receiver", "123456789012")
    document = tool.run("releaseprint", "access", "policy", "small-film", "--window", "svod-world", *receiver)
    client.put_bucket_policy(Bucket=bucket, Policy=document)
    said += document + tool.run("releaseprint", "access", "check")
    assert "0 open, 0 not known" in said
    links = json.loads(tool.run("releaseprint", "access", "links", package["prefix"], "--json"))["links"]
    with urlopen(links["manifest.json"], timeout=20) as answer:  # noqa: S310 -- an address of the test's own server
        assert json.loads(answer.read())["package"] == package["package"]
    with pytest.raises(HTTPError, match="403"):
        urlopen(links["manifest.json"].partition("?")[0], timeout=20)  # noqa: S310
    stored = [client.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys(server, bucket, "")]
    written = [path.read_bytes() for path in catalogue.rglob("*") if path.is_file()]
    for secret in (s3_servers.ACCESS_KEY, s3_servers.SECRET_KEY):
        assert not any(secret.encode() in data for data in [said.encode(), *stored, *written])


def command_lines(root):
    """Those of a process and of all that it has begun.

    Others have nothing to do with it: servers of other tests bear the secret, and reading the line of one that is busy
    with its memory may wait for it.
    """
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text(errors="replace").rpartition(")")[2].split()[1])
    family = {root}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    for number in family:
        with suppress(OSError):
            yield Path(f"/proc/{number}/cmdline").read_bytes()


def test_no_secret_is_in_the_list_of_processes(server, catalogue):
    process = Tool(server, bucket_of(server), catalogue).start("deliver", "--territory", "KR")
    limit, lines = time.monotonic() + 120, set()
    while process.poll() is None and time.monotonic() < limit:
        lines.update(command_lines(process.pid))
        time.sleep(0.05)
    process.communicate(timeout=10)
    assert process.returncode == 0
    assert any(b"deliver" in line for line in lines)
    assert not any(s3_servers.SECRET_KEY.encode() in line for line in lines)


def test_public_object_is_found(server, catalogue):
    bucket = bucket_of(server)
    tool = Tool(server, bucket, catalogue)
    tool.run("deliver", "--territory", "KR")
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    server.client().put_bucket_policy(Bucket=bucket, Policy=policy)
    assert "anybody can read" in tool.run("releaseprint", "access", "check", code=1)
