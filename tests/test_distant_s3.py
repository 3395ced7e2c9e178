"""A master in a real S3 server is measured there: each byte once, of one object, by a link that ends."""

import hashlib
import json
import time
import uuid
from contextlib import closing

import engines
import media_files
import pytest
from click.testing import CliRunner

from assets.catalogue import Catalogue, Config
from assets.distant.blocks import BLOCK_BYTES
from assets.distant.link import LinkError
from assets.distant.measuring import measure_object
from assets.distant.ranged_file import RangedFile
from assets.distant.ranges import Ranges
from assets.measuring import Measuring
from assets.measuring_away import measure_away
from assets.probe import open_stream
from assets.signals.one_pass import measure_here, measured
from assets.title import AssetFile, Away
from cli import judgement
from cli.main import group
from storage.lending import Lending

FEW = 3 * BLOCK_BYTES
"""What may come twice of a film, whatever its length: the index at its end, and what was fetched ahead of a jump."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """A film of many parts with its index at its end, and at its beginning."""
    folder = tmp_path_factory.mktemp("films")
    noise = ("-vf", "noise=alls=100:allf=t", "-c:v", "mpeg2video", "-b:v", "120M", "-c:a", "pcm_s24le")
    pictures, sounds = media_files.picture("1280x720", seconds=6), media_files.sound("stereo", seconds=6)
    end = media_files.ffmpeg(folder / "end.mov", *pictures, *sounds, *noise)
    fast = media_files.ffmpeg(folder / "fast.mov", "-i", str(end), "-c", "copy", "-movflags", "+faststart")
    assert end.stat().st_size > 6 * BLOCK_BYTES
    return {"end": end, "fast": fast}


class Bucket:
    """A bucket of its own, and links to what lies in it."""

    def __init__(self, server):
        self.client, self.name = server.client(), f"films-{uuid.uuid4()}"
        self.client.create_bucket(Bucket=self.name)

    def put(self, data):
        self.client.put_object(Bucket=self.name, Key="보관/영화", Body=data)

    def away(self, data):
        url = f"s3://{self.name}/보관/영화"
        return Away("film", "a.mov", hashlib.sha256(data).hexdigest(), len(data), url, judgement.now())

    def link(self, data, root, seconds=3600):
        return Lending(Catalogue(root, Config(measure_timeout_seconds=seconds)))(self.away(data))


@pytest.fixture
def bucket(server, monkeypatch):
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return Bucket(server)


@pytest.mark.parametrize("name", ["end", "fast"])
def test_each_byte_comes_once(bucket, films, tmp_path, name):
    data = films[name].read_bytes()
    bucket.put(data)
    with RangedFile(bucket.link(data, tmp_path), "a.mov") as file:
        with open_stream(file, len(data)) as media:
            found = measured(media, file)
        assert len(data) <= file.received <= 1.1 * len(data) + FEW
    assert found == measure_here(str(films[name]))


def test_an_object_that_is_replaced_is_another_one(bucket, tmp_path):
    data = bytes(100_000)
    bucket.put(data)
    with closing(Ranges(bucket.link(data, tmp_path))) as read:
        assert read.read(0, 50_000) == data[:50_000]
        bucket.put(data[:-1] + b"?")
        with pytest.raises(LinkError, match="it was replaced while it was read"):
            read.read(50_000, 100_000)


def test_a_link_ends(bucket, films, tmp_path):
    data = films["fast"].read_bytes()
    bucket.put(data)
    link = bucket.link(data, tmp_path, 1)
    with closing(Ranges(link)) as read:
        time.sleep(3)
        with pytest.raises(LinkError, match="the link to it has ended") as caught:
            read.read(0, 10)
    assert caught.value.trouble.is_ended
    assert measure_object(link, "a.mov").is_ended


@pytest.mark.usefixtures("read_here")
def test_for_a_link_that_has_ended_there_is_another(bucket, films, tmp_path):
    """The process that reads asks the one with the credentials, and goes on."""
    data = films["fast"].read_bytes()
    bucket.put(data)
    given = []

    def sources(_away):
        given.append(bucket.link(data, tmp_path, 3600 if given else 1))
        time.sleep(0 if given[1:] else 3)
        return given[-1]

    away = bucket.away(data)
    how = Measuring(None, 600, lambda _name, _share: None, sources=sources)
    assert measure_away(AssetFile(away.name, tmp_path / "none.mov", away=away), away, how).sha256 == away.sha256
    assert len(given) == 2


def test_what_is_gone_or_forbidden_is_told_without_the_address(bucket, tmp_path, monkeypatch):
    with (
        closing(Ranges(bucket.link(b"a", tmp_path))) as read,
        pytest.raises(LinkError, match="there is no such object"),
    ):
        read.read(0, 1)
    bucket.put(b"a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "geheim-and-wrong")
    with closing(Ranges(bucket.link(b"a", tmp_path))) as read, pytest.raises(LinkError) as caught:
        read.read(0, 1)
    assert str(caught.value).startswith(f"s3://{bucket.name}/보관/영화: the store refuses to give it (403 ")
    assert "X-Amz" not in str(caught.value)


@pytest.fixture
def bare_cluster(server, tmp_path, monkeypatch):
    """A scheduler and a worker that know neither the store's address nor any credentials."""
    with monkeypatch.context() as bare:
        for name in server.environment:
            bare.delenv(name, raising=False)
        bare.setenv("AWS_EC2_METADATA_DISABLED", "true")
        parts = engines.DaskParts(tmp_path)
        parts.scheduler()
        parts.worker()
    try:
        engines.cluster(parts).__exit__(None, None, None)
        yield parts
    finally:
        parts.stop()


def stow(bucket, catalogue):
    words = ["stow", "small-film", "master", "--to", f"s3://{bucket.name}", "--who", "Kim", "-C", str(catalogue)]
    assert CliRunner().invoke(group, words, standalone_mode=False).exit_code == 0


@pytest.mark.parametrize("command", ["check", "deliver"])
def test_a_worker_without_credentials_whose_link_ends_is_lent_another(
    bare_cluster, bucket, catalogue, command, monkeypatch
):
    stow(bucket, catalogue)
    given, lend = [], Lending.__call__

    def short_at_first(self, away):
        given.append(away.url)
        if len(given) > 2:
            return lend(self, away)
        link = lend(Lending(Catalogue(catalogue, Config(measure_timeout_seconds=1))), away)
        time.sleep(2.5)
        return link

    monkeypatch.setattr(Lending, "__call__", short_at_first)
    plan = catalogue / "plan.toml"
    to = f'to = "s3://{bucket.name}/out"\n' if command == "deliver" else ""
    plan.write_text(f'[[steps]]\ndo = "{command}"\nterritory = "KR"\n{to}')
    words = ["run", str(plan), "--cluster", bare_cluster.address, "--json", "-C", str(catalogue)]
    run = CliRunner().invoke(group, words, standalone_mode=False)
    assert run.return_value == 0, run.output
    (step,) = json.loads(run.stdout)["steps"]
    (task,) = [task for task in step["tasks"] if task["task"] in {"judge_title", "measure_lent"}]
    assert (task["tries"], task["fault"], len(given)) == (3, None, 3)
    assert "X-Amz" not in run.output


@pytest.mark.parametrize("command", ["check", "deliver"])
def test_a_cluster_without_credentials_measures_by_links(bare_cluster, bucket, catalogue, command):
    (master,) = (catalogue / "titles/small-film/masters").iterdir()
    stow(bucket, catalogue)
    options = ["--cluster", bare_cluster.address, "--json", "-C", str(catalogue)]
    if command == "deliver":
        options = ["--territory", "KR", "--to", f"s3://{bucket.name}/out", *options]
    run = CliRunner().invoke(group, [command, *options], standalone_mode=False)
    assert run.return_value == 0, run.output
    (told,) = json.loads(run.stdout)
    assert (told["verdict"] if command == "check" else told["state"]) in {"pass", "delivered"}
    assert not master.exists()
    assert "X-Amz" not in run.output + bare_cluster.said("worker") + bare_cluster.said("scheduler")
