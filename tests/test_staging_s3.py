"""A master that is sent while it is decoded, to a real S3 server on loopback: killed, resumed, refused."""

import json
import shutil
import signal
import subprocess
import time

import imageio_ffmpeg
import pytest
import small
from s3_tool import Tool

PART = 16 << 20
PADDING = 5 * PART
RUNS = "00:00:20"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def long_master(tmp_path_factory):
    """Twenty seconds of HD, which take some to decode, and bytes that no player reads."""
    path = tmp_path_factory.mktemp("media") / "master.mp4"
    inputs = ("-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=25:duration=20")
    inputs += ("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000:duration=20")
    codecs = ("-c:v", "libx264", "-preset", "superfast", "-profile:v", "high", "-pix_fmt", "yuv420p", "-c:a", "aac")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", "-y", *inputs, *codecs]
    subprocess.run([*command, "-metadata:s:a", "language=kor", str(path)], check=True, timeout=120)
    with path.open("ab") as file:
        file.write(b"\0" * PADDING)
    return path


@pytest.fixture
def tool(server, bucket, tmp_path, long_master):
    """The commands, in a catalogue whose title has the long master."""
    root = small.write_catalogue(tmp_path / "catalogue", long_master)
    runs(root, RUNS)
    return Tool(server, bucket, root)


def runs(root, runtime):
    """Say how long the title runs."""
    path = root / "titles/small-film/title.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(text.partition("\nruntime = ")[2].partition("\n")[0], f'"{runtime}"'), "utf-8")


def of_package(server, bucket):
    """The keys of what can be seen of the package."""
    found = server.client().list_objects_v2(Bucket=bucket).get("Contents", [])
    return [item["Key"] for item in found if "/small-film/" in item["Key"]]


def unfinished(server, bucket):
    """The sizes of the parts of each upload that nobody has completed."""
    client = server.client()
    uploads = client.list_multipart_uploads(Bucket=bucket).get("Uploads", [])
    asked = [{"Bucket": bucket, "Key": one["Key"], "UploadId": one["UploadId"]} for one in uploads]
    return [[part["Size"] for part in client.list_parts(**one).get("Parts", [])] for one in asked]


def wait_for_a_part(server, bucket, process):
    until = time.monotonic() + 120
    while not any(PART in parts for parts in unfinished(server, bucket)):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.02)


def killed_with_a_part_there(server, bucket, tool):
    """Deliver, and kill it as soon as the store has a part of the master."""
    process = tool.start("deliver", "--territory", "KR")
    wait_for_a_part(server, bucket, process)
    seen = of_package(server, bucket)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return seen


def test_killed_before_the_report_and_gone_on_with(server, bucket, tool):
    assert killed_with_a_part_there(server, bucket, tool) == [], "nothing can be seen of a package without a report"
    assert unfinished(server, bucket)
    tool.run("deliver", "--territory", "KR")
    (package,) = tool.packages()
    assert "all as delivered" in tool.run("releaseprint", "verify", package["prefix"])
    (key,) = [key for key in of_package(server, bucket) if "/_receipts/" in key]
    receipt = json.loads(server.client().get_object(Bucket=bucket, Key=key)["Body"].read())
    assert receipt["resumed_bytes"] >= PART
    assert unfinished(server, bucket) == []


def test_what_was_killed_is_given_up_by_a_run_that_refuses(server, bucket, tool):
    killed_with_a_part_there(server, bucket, tool)
    house = tool.catalogue / "platforms/house.toml"  # by a limit, which is no part of the id
    text = house.read_text(encoding="utf-8")
    house.write_text(text.replace('allowed = ["h264/High"]', 'allowed = ["prores/*"]'), encoding="utf-8")
    process = tool.start("deliver", "--territory", "KR")
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "were sent ahead, where nobody saw them, and given up" in errors
    assert unfinished(server, bucket) == []
    assert of_package(server, bucket) == []


def test_a_master_that_is_changed_while_it_is_sent_is_not_delivered(server, bucket, tool, long_master):
    (master,) = (tool.catalogue / "titles/small-film/masters").iterdir()
    process = tool.start("deliver", "--territory", "KR", "--limit", "20M")
    wait_for_a_part(server, bucket, process)
    with master.open("r+b") as file:
        file.seek(-4, 2)
        file.write(b"else")
    process.communicate(timeout=120)
    for package in tool.packages():
        assert "all as delivered" in tool.run("releaseprint", "verify", package["prefix"])
    assert unfinished(server, bucket) == []
    shutil.copy(long_master, master)
    tool.run("deliver", "--territory", "KR")
    assert unfinished(server, bucket) == []
