"""Large files sent by the workers of a real Dask cluster to a real S3 server: killed, stopped, without credentials."""

import json
import signal
import time
from contextlib import contextmanager, suppress

import engines
import psutil
import pytest
import small
from s3_tool import Tool

PART = 16 << 20
PARTS = 10
WAIT_SECONDS = 90

pytestmark = pytest.mark.slow


@contextmanager
def a_cluster(folder, **environment):
    parts = engines.DaskParts(folder)
    try:
        parts.scheduler()
        parts.worker(env=environment)
        with engines.cluster(parts):  # its workers are there
            yield parts
    finally:
        parts.stop()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory, server):
    with a_cluster(tmp_path_factory.mktemp("dask"), **server.environment) as parts:
        yield parts


@pytest.fixture
def tool(server, bucket, tmp_path, master_file):
    """The commands, in a catalogue whose title has a master of many parts."""
    root = small.write_catalogue(tmp_path / "catalogue", master_file)
    (master,) = (root / "titles/small-film/masters").iterdir()
    with master.open("r+b") as file:
        file.truncate(PARTS * PART)
    (root / "night.toml").write_text('[[steps]]\ndo = "deliver"\nterritory = "KR"\n', encoding="utf-8")
    return Tool(server, bucket, root)


def begin(tool, cluster, *by):
    by = by or ("--cluster", cluster.address)
    return tool.start("releaseprint", "run", str(tool.catalogue / "night.toml"), "--json", *by)


def unfinished(server, bucket):
    """The parts of each upload that nobody has completed."""
    client = server.client()
    uploads = client.list_multipart_uploads(Bucket=bucket).get("Uploads", [])
    asked = [{"Bucket": bucket, "Key": one["Key"], "UploadId": one["UploadId"]} for one in uploads]
    return [[part["Size"] for part in client.list_parts(**one).get("Parts", [])] for one in asked]


def wait_for(found, process):
    until = time.monotonic() + WAIT_SECONDS
    while not found():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.02)


def ended(process, code=0):
    out, errors = process.communicate(timeout=WAIT_SECONDS)
    assert process.returncode == code, out + errors
    (step,) = json.loads(out)["steps"]
    return step, errors


def receipts(server, bucket):
    client = server.client()
    found = client.list_objects_v2(Bucket=bucket).get("Contents", [])
    keys = [item["Key"] for item in found if "/_receipts/" in item["Key"]]
    return [json.loads(client.get_object(Bucket=bucket, Key=key)["Body"].read()) for key in keys]


def sent(step):
    (task,) = [task for task in step["tasks"] if task["task"] == "send_parts"]
    return task


def test_a_worker_sends_and_the_coordinator_completes(server, bucket, tool, cluster):
    step, errors = ended(begin(tool, cluster))
    assert [item["state"] for item in step["items"]] == ["delivered"]
    assert (sent(step)["fault"], sent(step)["tries"]) == (None, 1)
    assert (unfinished(server, bucket), "is sent from here" in errors) == ([], False)
    (package,) = tool.packages()
    assert "all as delivered" in tool.run("releaseprint", "verify", package["prefix"])
    (receipt,) = receipts(server, bucket)
    assert receipt["resumed_bytes"] == 0


def test_a_worker_sends_what_is_delivered_again(server, bucket, tool, cluster):
    ended(begin(tool, cluster))
    (master,) = (tool.catalogue / "titles/small-film/masters").iterdir()
    with master.open("r+b") as file:
        file.truncate(PARTS * PART - 1)
    (tool.catalogue / "night.toml").write_text(
        '[[steps]]\ndo = "redeliver"\ntitles = ["small-film"]\n', encoding="utf-8"
    )
    step, errors = ended(begin(tool, cluster))
    assert [item["state"] for item in step["items"]] == ["delivered"]
    assert (sent(step)["fault"], "is sent from here" in errors, unfinished(server, bucket)) == (None, False, [])
    assert "all as delivered" in tool.run("releaseprint", "verify", step["items"][0]["prefix"])


def test_workers_that_are_killed_while_they_send(server, bucket, tool, cluster):
    process = begin(tool, cluster)
    wait_for(lambda: any(PART in parts for parts in unfinished(server, bucket)), process)
    for child in psutil.Process(cluster.processes["worker"].pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            child.kill()
    step, _ = ended(process)
    assert [item["state"] for item in step["items"]] == ["delivered"]
    assert unfinished(server, bucket) == []
    (package,) = tool.packages()
    assert "all as delivered" in tool.run("releaseprint", "verify", package["prefix"])
    (receipt,) = receipts(server, bucket)
    assert receipt["resumed_bytes"] >= PART


def test_a_worker_without_credentials(server, bucket, tool, tmp_path_factory):
    none = {"AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"}
    with a_cluster(tmp_path_factory.mktemp("poor"), **none, AWS_EC2_METADATA_DISABLED="true") as poor:
        step, errors = ended(begin(tool, poor))
    assert [item["state"] for item in step["items"]] == ["delivered"]
    assert "credentials" in sent(step)["fault"]
    assert "small-film: is sent from here, for a worker could not" in errors
    assert unfinished(server, bucket) == []


@pytest.mark.parametrize("by", [(), ("--jobs", "2")], ids=["cluster", "jobs"])
def test_a_run_that_is_stopped_leaves_nothing_of_what_workers_sent(server, bucket, tool, cluster, by):
    process = begin(tool, cluster, *by)
    wait_for(lambda: any(PART in parts for parts in unfinished(server, bucket)), process)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=WAIT_SECONDS)
    assert process.returncode == 130
    until = time.monotonic() + WAIT_SECONDS
    while unfinished(server, bucket) and time.monotonic() < until:
        time.sleep(0.1)
    assert unfinished(server, bucket) == []
    assert [item["Key"] for item in server.client().list_objects_v2(Bucket=bucket).get("Contents", [])] == []
