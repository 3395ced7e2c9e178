"""The main job against a real S3 server on loopback: delivered, killed, resumed, tampered with, verified."""

import json
import random
import signal
import sys
import time
from pathlib import Path

import pytest
from s3_tool import Tool

PROGRAMS = Path(sys.executable).parent
PADDING = 60_000_000

pytestmark = pytest.mark.slow


@pytest.fixture
def tool(server, bucket, catalogue):
    return Tool(server, bucket, catalogue)


def keys(server, bucket, end=""):
    pages = server.client().get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return [item["Key"] for page in pages for item in page.get("Contents", []) if item["Key"].endswith(end)]


def test_delivered_once_and_verified(server, bucket, tool):
    (first,) = json.loads(tool.run("deliver", "--territory", "KR", "--json"))
    assert first["state"] == "delivered"
    (package,) = tool.packages()
    assert "all as delivered" in tool.run("releaseprint", "verify", package["prefix"])
    (second,) = json.loads(tool.run("deliver", "--territory", "KR", "--json"))
    assert (second["state"], second["sent_bytes"]) == ("unchanged", 0)
    assert len(keys(server, bucket, ".json")) == 5, "title, report, manifest, receipt, line of the audit log"


def test_changed_bytes_in_the_bucket_are_found(server, bucket, tool):
    tool.run("deliver", "--territory", "KR")
    (package,) = tool.packages()
    (key,) = keys(server, bucket, "en.full.vtt")
    client = server.client()
    head = client.head_object(Bucket=bucket, Key=key)
    body = client.get_object(Bucket=bucket, Key=key)["Body"].read()
    client.put_object(Bucket=bucket, Key=key, Body=body.replace(b"Hello", b"Hullo"), Metadata=head["Metadata"])
    assert "subtitles/ko/en.full.vtt: has SHA-256" in tool.run("releaseprint", "verify", package["prefix"], code=4)


def test_killed_and_resumed(server, bucket, tool):
    (master,) = (tool.catalogue / "titles/small-film/masters").iterdir()
    with master.open("ab") as file:
        file.write(b"\0" * PADDING)
    chance = random.Random(7)  # noqa: S311 -- repeatable, not secret
    for point in range(8):
        process = tool.start("deliver", "--territory", "KR")
        time.sleep(0.3 + point * 0.25 + chance.random() * 0.2)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        for package in tool.packages():
            tool.run("releaseprint", "verify", package["prefix"])
    tool.run("deliver", "--territory", "KR")
    (package,) = tool.packages()
    assert "all as delivered" in tool.run("releaseprint", "verify", package["prefix"])
    assert len([key for key in keys(server, bucket, ".json") if "_receipts/" in key]) == 1


def test_a_missing_bucket_is_4_and_no_secret_is_shown(server, tool):
    tool.environment["RELEASEPRINT_STORE"] = "s3://no-such-bucket-here"
    process = tool.start("deliver", "--territory", "KR")
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 4
    assert "no-such-bucket-here" in errors
    assert server.environment["AWS_SECRET_ACCESS_KEY"] not in out + errors
    assert "Traceback" not in errors
