"""`releaseprint doctor`: each probe alone, what fails beside what does not, what is told and what never is."""

import json
import socket
import sqlite3
import threading
import time
from datetime import UTC, datetime
from email.utils import format_datetime

import click
import pytest
import tiny_s3
from click.testing import CliRunner

from assets.catalogue import open_catalogue
from assets.errors import StoreError
from cli import diagnosing
from cli.diagnosis import Probe, Question, State, fail, ok, warn
from cli.doctor import catalogue as of_catalogue
from cli.doctor import clock, fonts, git, media, python, store, terminal
from cli.global_options import Settings, settings
from cli.main import group
from storage.stores import diagnosis, open_store

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


@pytest.fixture
def films(tmp_path):
    """A catalogue without a title."""
    (tmp_path / "releaseprint.toml").write_text("", encoding="utf-8")
    return open_catalogue(tmp_path)


@pytest.fixture(scope="module")
def bucket():
    with tiny_s3.tiny_s3() as found:
        yield found


@pytest.fixture
def credentials(monkeypatch, bucket):
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("RELEASEPRINT_S3_ENDPOINT", bucket.endpoint)
    monkeypatch.setenv("RELEASEPRINT_S3_PATH_STYLE", "1")


def states(answers):
    return {item.what: item.state for item in answers}


def test_every_module_is_a_probe_and_they_stand_in_an_order():
    found = diagnosing.probes()
    assert [item.name for item in found] == [
        "python", "media", "clock", "fonts", "catalogue", "store", "git", "terminal",
    ]  # fmt: skip
    assert all(item.seconds <= 60 for item in found)


@pytest.mark.parametrize(
    ("limits", "version", "allowed"),
    [
        (">=18,<19", "18.1.0", True),
        (">=18,<19", "19.0", False),
        (">=18,<19", "17.9.9", False),
        (">=2025.2", "2026.6", True),
        ("==1.2", "1.2.0", True),
        ("!=1.2", "1.2", False),
        ("", "0.1", True),
    ],
)
def test_versions(limits, version, allowed):
    assert python.allows(limits, version) is allowed


def test_python_and_its_packages_are_as_declared():
    assert {item.state for item in python.probe(Question(None, None))} <= {State.OK, State.WARN}
    assert "18.1.0" in python.pins()["av"]


def test_a_package_that_is_missing_old_or_other_than_pinned_is_named(monkeypatch):
    needed = ["av<19,>=18", "no-such-package>=1", "click>=99", 'moto[s3]>=5; extra == "dev"']
    monkeypatch.setattr(python.metadata, "requires", lambda _: needed)
    monkeypatch.setattr(python, "pins", lambda: {"av": frozenset({"18.0.0"})})
    found = {item.what: item for item in python.probe(Question(None, None))}
    assert found["av"].state is State.WARN
    assert "tested with 18.0.0" in found["av"].so
    assert found["no-such-package"].found == "is not installed"
    assert found["click"].state is State.FAIL
    assert "moto" not in found


@pytest.mark.slow
def test_the_media_engine():
    found = list(media.probe(Question(None, None)))
    assert {item.state for item in found} == {State.OK}, found
    assert [item.what for item in found] == ["reading", "decoders", "making", "encoders", "one file alone"]


def test_a_decoder_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(media, "_DECODERS", ("h264", "no-such-decoder"))
    (_, decoders) = media._reading()
    assert (decoders.state, decoders.found) == (State.FAIL, "there is no no-such-decoder")
    assert decoders.so


@pytest.mark.parametrize(("year", "state"), [(1970, State.FAIL), (2026, State.OK), (2150, State.FAIL)])
def test_the_clock(monkeypatch, year, state):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(year, 12, 1, tzinfo=tz)

    monkeypatch.setattr(clock, "datetime", Clock)
    assert states(clock.probe(Question(None, None)))["clock"] is state


def test_time_zones_that_are_missing_are_named(monkeypatch):
    assert states(clock.probe(Question(None, None)))["time zones"] is State.OK
    assert "tzdata" in clock.versions()
    monkeypatch.setattr(clock, "_ZONES", ("Asia/Seoul", "Asia/Nowhere"))
    zones = list(clock.probe(Question(None, None)))[-1]
    assert (zones.state, zones.found) == (State.FAIL, "there is no Asia/Nowhere")


def test_letters_that_no_font_has_are_a_warning(monkeypatch):
    monkeypatch.setattr(fonts, "_SAMPLES", (("English", "Film"), ("Nobody's", "\U0010ff00")))
    english, other = fonts.probe(Question(None, None))
    assert (english.state, other.state) == (State.OK, State.WARN)
    assert "Noto Sans CJK" in other.so


def test_git(monkeypatch, films):
    assert states(git.probe(Question(films, None)))["version control"] is State.WARN
    monkeypatch.setattr(git.shutil, "which", lambda _: None)
    (missing,) = git.probe(Question(films, None))
    assert (missing.state, missing.found) == (State.WARN, "is not installed")


def test_the_terminal_of_a_pipe_is_no_fault():
    assert State.FAIL not in states(terminal.probe(Question(None, None))).values()


def test_a_probe_knows_what_is_asked_of_the_terminal():
    def ask(_):
        yield ok("colour", str(settings().no_color))

    with click.Context(click.Command("doctor"), obj=Settings(no_color=True)):
        ((_, (answer,)),) = diagnosing.asked([Probe("terminal", ask, 5.0)], Question(None, None))
    assert answer == ok("colour", "True")


def test_a_catalogue_and_its_state(films):
    assert states(of_catalogue.probe(Question(None, None))) == {"catalogue": State.WARN}
    found = states(of_catalogue.probe(Question(films, None)))
    assert found == {"catalogue": State.OK, "state": State.WARN, "disk": State.OK}
    assert not (films.root / ".releaseprint").exists(), "looking makes nothing"


def test_a_state_that_is_free_held_or_damaged(films, monkeypatch):
    monkeypatch.setattr(of_catalogue, "_LOCK_SECONDS", 0.05)
    (films.root / ".releaseprint").mkdir()
    path = films.root / ".releaseprint" / "state.sqlite"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("CREATE TABLE t (x)")
    assert states(of_catalogue.probe(Question(films, None)))["lock"] is State.OK
    holder.execute("BEGIN IMMEDIATE")
    assert states(of_catalogue.probe(Question(films, None)))["lock"] is State.WARN
    holder.close()
    path.write_bytes(b"no database at all" * 100)
    damaged = {item.what: item for item in of_catalogue.probe(Question(films, None))}["state"]
    assert (damaged.state, damaged.code) == (State.FAIL, 3)
    assert "releaseprint rebuild" in damaged.so


def test_a_disk_without_room_for_a_revision(films, monkeypatch):
    master = films.root / "titles" / "thaw" / "봄날의 눈석이.mov"
    master.parent.mkdir(parents=True)
    master.write_bytes(bytes(1000))
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(of_catalogue.shutil, "disk_usage", lambda _: usage)
    disk = list(of_catalogue.probe(Question(films, None)))[-1]
    assert (disk.state, disk.found) == (State.FAIL, "1.0 kB free; the largest file has 1.0 kB")
    assert "releaseprint stow" in disk.so


def test_a_folder_as_store(films):
    assert states(store.probe(Question(films, "file:out")))["store"] is State.OK
    assert not (films.root / "out").exists()
    (films.root / "out").write_text("a file", encoding="utf-8")
    (answer,) = store.probe(Question(films, "file:out"))
    assert (answer.state, answer.code, "is no folder" in answer.found) == (State.FAIL, 4, True)


def test_a_store_outside_any_catalogue():
    assert list(store.probe(Question(None, None))) == []
    (answer,) = store.probe(Question(None, "s3://films"))
    assert "--catalogue" in answer.so


@pytest.mark.usefixtures("credentials")
def test_an_s3_store_that_answers(films, bucket):
    found = {item.what: item for item in store.probe(Question(films, "s3://films/out"))}
    assert {item.state for item in found.values()} <= {State.OK, State.WARN}
    assert found["credentials"].found == "found in the environment"
    assert found["store's clock"].state is State.OK
    assert "releaseprint store test" in found["conditional writes"].so
    assert SECRET not in str(found)
    assert {method for method, _ in bucket.requests} == {"GET"}, "nothing is written"


@pytest.mark.usefixtures("credentials")
def test_a_store_without_credentials(films, monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    found = {item.what: item for item in store.probe(Question(films, "s3://films/out"))}
    assert (found["store"].state, found["store"].code) == (State.FAIL, 4)
    assert "AWS_ACCESS_KEY_ID" in found["credentials"].so


def test_a_store_that_nobody_answers_for_is_told_at_once(films, monkeypatch):
    monkeypatch.setenv("RELEASEPRINT_S3_ENDPOINT", "http://127.0.0.1:1")
    begun = time.monotonic()
    (answer,) = store.probe(Question(films, "s3://films/out"))
    assert (answer.state, answer.code) == (State.FAIL, 4)
    assert time.monotonic() - begun < 20


def test_no_such_host(monkeypatch):
    def nowhere(*_given, **_options):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(diagnosis, "_PROXIES", ())
    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(StoreError, match="there is no such host; see endpoint"):
        diagnosis.require_answer("https://no-such-host.invalid")


@pytest.mark.parametrize(
    ("ahead", "state"),
    [(None, State.WARN), (0, State.OK), (5, State.OK), (-6, State.WARN), (899, State.WARN), (-900, State.FAIL)],
)
def test_clocks_that_differ(ahead, state):
    answer = store._clock(ahead)
    assert answer.state is state
    assert bool(answer.so) is (state is not State.OK)


def test_the_date_of_an_answer():
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert diagnosis.ahead_seconds(format_datetime(now.replace(second=30), usegmt=True), now) == 30
    assert diagnosis.ahead_seconds("soon", now) is None


@pytest.mark.usefixtures("credentials")
def test_nothing_is_heard_after_the_block(films):
    opened = open_store("s3://films/out", films)
    with diagnosis.heard(opened) as heard:
        pass
    next(opened.list("x"), None)
    assert not heard.is_signed


def test_a_probe_that_breaks_or_hangs_fails_alone():
    told, over = threading.Event(), threading.Event()

    def hangs(_):
        yield ok("first", "was found")
        told.set()
        over.wait(60)

    def works(_):
        assert told.wait(60)
        return [ok("a", "b")]

    def breaks(_):
        raise ZeroDivisionError("so it is")

    probes = [Probe("hangs", hangs, 0.2), Probe("breaks", breaks, 60), Probe("works", works, 60)]
    answers = dict(diagnosing.asked(probes, Question(None, None)))
    over.set()
    assert [(item.what, item.state) for item in answers["hangs"]] == [("first", State.OK), ("hangs", State.FAIL)]
    assert "ZeroDivisionError: so it is" in answers["breaks"][0].found
    assert answers["works"][0].state is State.OK


def test_the_exit_code_is_the_highest_of_what_fails():
    assert diagnosing.worst([("a", [ok("x", "y"), warn("x", "y", "z")])]) == 0
    assert (
        diagnosing.worst([("a", [fail("x", "y", "z")]), ("b", [fail("x", "y", "z", 4), fail("x", "y", "z", 3)])]) == 4
    )


@pytest.fixture
def quick(monkeypatch):
    """Only the probes that look at the catalogue and at its store."""
    every = diagnosing.probes
    monkeypatch.setattr(diagnosing, "probes", lambda: [item for item in every() if item.name in {"catalogue", "store"}])


def run(*words):
    return CliRunner().invoke(group, ("doctor", *words), standalone_mode=False, catch_exceptions=False)


@pytest.mark.usefixtures("quick")
def test_the_command_as_text_and_as_json(films):
    told = run("-C", str(films.root))
    assert (told.return_value, told.output.splitlines()[-1]) == (0, "0 failures, 1 warning")
    found = json.loads(run("-C", str(films.root), "--json").stdout)
    assert found["exit_code"] == 0
    assert {item["probe"] for item in found["answers"]} == {"catalogue", "store"}
    assert all(item["next"] for item in found["answers"] if item["state"] != "ok")


@pytest.mark.usefixtures("quick")
def test_a_store_that_fails_is_4_and_settings_that_cannot_be_read_are_3(films):
    (films.root / "deliveries").write_text("a file", encoding="utf-8")
    assert run("-C", str(films.root)).return_value == 4
    (films.root / "releaseprint.toml").write_text("store = 1", encoding="utf-8")
    told = run("-C", str(films.root))
    assert told.return_value == 3
    assert "releaseprint.toml: line 1" in told.output


@pytest.mark.usefixtures("quick")
def test_a_store_that_does_not_exist_is_a_usage_error(films):
    assert run("-C", str(films.root), "--store", "nowhere").return_value == 2
