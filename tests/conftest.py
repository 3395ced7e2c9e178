"""Fixtures that several test files share."""

import os

import pytest
import small
from hypothesis import settings

# No deadline: a slow machine is no fault of the code. In CI the same inputs each time: a gate must not roll dice.
settings.register_profile("releaseprint", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("releaseprint")


@pytest.fixture(scope="session")
def master_file(tmp_path_factory):
    """Two seconds of real media, made once."""
    path = tmp_path_factory.mktemp("media") / "master.mp4"
    small.write_master(path)
    return path


@pytest.fixture
def catalogue(tmp_path, master_file):
    """A small catalogue with real media, whose title can be delivered to the platform `house`."""
    return small.write_catalogue(tmp_path / "catalogue", master_file)
