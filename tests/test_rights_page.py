"""docs/rights.md: its example is a catalogue, and what it shows is what the commands say of it."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import group

PAGE = (Path(__file__).parent.parent / "docs" / "rights.md").read_text(encoding="utf-8")
RIGHTS, TITLE = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
SHOWN = re.findall(r"```console\n\$ releaseprint (.*?)\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The catalogue of the page."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "titles" / "film").mkdir(parents=True)
    (folder / "releaseprint.toml").touch()
    (folder / "titles" / "film" / "title.toml").write_text(TITLE, encoding="utf-8")
    (folder / "titles" / "film" / "rights.toml").write_text(RIGHTS, encoding="utf-8")
    return folder


def test_the_page_shows_every_command():
    assert {command.split()[0] for command, _ in SHOWN} == {"avails", "conflicts", "rights"}


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_a_command_says_what_the_page_shows(root, command, output):
    words = [*shlex.split(command), "-C", str(root)]
    assert CliRunner().invoke(group, words, catch_exceptions=False).output == output
