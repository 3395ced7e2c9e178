"""A master that lies only in a real S3 store: checked and delivered from there, killed on its way there and back."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

PROGRAMS = Path(sys.executable).parent
PADDING = 60_000_000
"""Bytes after the end of the film, so that its way takes long enough to be hit."""

pytestmark = pytest.mark.slow


class Tool:
    """The commands, in a catalogue with a bucket for packages and one for what is away."""

    def __init__(self, server, catalogue):
        self.archive, packages = f"films-{uuid.uuid4()}", f"films-{uuid.uuid4()}"
        self.client = server.client()
        for name in (self.archive, packages):
            self.client.create_bucket(Bucket=name)
        self.environment = {**os.environ, **server.environment, "RELEASEPRINT_STORE": f"s3://{packages}"}
        self.catalogue = catalogue
        (self.master,) = (catalogue / "titles/small-film/masters").iterdir()
        self.bytes = self.master.read_bytes()

    def start(self, program, *arguments):
        command = [str(PROGRAMS / program), *arguments, "-C", str(self.catalogue)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, env=self.environment, text=True, **pipes)

    def run(self, program, *arguments, code=0):
        process = self.start(program, *arguments)
        out, errors = process.communicate(timeout=120)
        assert process.returncode == code, out + errors
        return out

    def stow(self):
        return "releaseprint", "stow", "small-film", "master", "--to", f"s3://{self.archive}/보관"

    def beside(self):
        return [path.name for path in self.master.parent.iterdir()]


@pytest.fixture
def tool(server, catalogue):
    return Tool(server, catalogue)


def test_checked_and_delivered_without_being_here(tool):
    tool.run("releaseprint", "check", "small-film", "--territory", "KR")
    tool.run(*tool.stow())
    assert tool.beside() == []
    (title,) = json.loads(tool.run("releaseprint", "status", "small-film", "--json"))["titles"]
    assert {"presence": "away", "check": "pass"}.items() <= title["assets"][0].items()
    tool.run("releaseprint", "check", "small-film", "--territory", "KR")
    (done,) = json.loads(tool.run("deliver", "--territory", "KR", "--json"))
    assert done["state"] == "delivered"
    (package,) = json.loads(tool.run("releaseprint", "packages", "--json"))
    assert "all as delivered" in tool.run("releaseprint", "verify", package["prefix"])
    (again,) = json.loads(tool.run("deliver", "--territory", "KR", "--json"))
    assert (again["state"], again["sent_bytes"]) == ("unchanged", 0)
    tool.run("releaseprint", "rebuild")
    tool.run("releaseprint", "fetch", "small-film")
    assert tool.master.read_bytes() == tool.bytes
    tool.run("releaseprint", "history", "small-film")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_was_never_measured_is_measured_in_its_store(tool, jobs):
    tool.run(*tool.stow())
    (report,) = json.loads(tool.run("releaseprint", "check", "small-film", "--jobs", jobs, "--json"))
    assert report["verdict"] == "pass"
    (done,) = json.loads(tool.run("deliver", "--territory", "KR", "--json"))
    assert done["state"] == "delivered"
    assert tool.beside() == []
    assert "X-Amz" not in everything_kept(tool.catalogue)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_was_never_measured_is_delivered(tool, jobs):
    tool.run(*tool.stow())
    (done,) = json.loads(tool.run("deliver", "--territory", "KR", "--jobs", jobs, "--json"))
    assert done["state"] == "delivered"
    assert tool.beside() == []


def everything_kept(folder):
    """All bytes of a catalogue's own files, as text."""
    return "".join(path.read_bytes().decode("latin-1") for path in folder.rglob("*") if path.is_file())


def test_other_bytes_in_the_bucket_are_not_delivered_and_not_fetched(tool):
    tool.run("releaseprint", "check", "small-film", "--territory", "KR")
    tool.run(*tool.stow())
    (item,) = tool.client.list_objects_v2(Bucket=tool.archive)["Contents"]
    head = tool.client.head_object(Bucket=tool.archive, Key=item["Key"])
    tool.client.put_object(Bucket=tool.archive, Key=item["Key"], Body=tool.bytes[:-1] + b"?", Metadata=head["Metadata"])
    tool.run("deliver", "--territory", "KR", code=4)
    assert json.loads(tool.run("releaseprint", "packages", "--json")) == []
    tool.run("releaseprint", "fetch", "small-film", code=4)
    assert tool.beside() == []


def test_killed_on_the_way_there_and_back(tool):
    with tool.master.open("ab") as file:
        file.write(b"\0" * PADDING)
    tool.bytes = tool.master.read_bytes()
    chance = random.Random(7)  # noqa: S311 -- repeatable, not secret
    for command in (tool.stow(), ("releaseprint", "fetch", "small-film")):
        for point in range(6):
            process = tool.start(*command)
            time.sleep(0.3 + point * 0.2 + chance.random() * 0.2)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            if tool.master.exists():
                assert tool.master.read_bytes() == tool.bytes
            else:
                (item,) = tool.client.list_objects_v2(Bucket=tool.archive)["Contents"]
                body = tool.client.get_object(Bucket=tool.archive, Key=item["Key"])["Body"].read()
                assert body == tool.bytes
        tool.run(*command)
    assert tool.master.read_bytes() == tool.bytes
    assert tool.beside() == [tool.master.name]
