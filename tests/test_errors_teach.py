"""Errors say what to do next: what somebody may have meant, what to run, what the system refused."""

import errno
import os
import re
import sqlite3
import unicodedata

import pytest
from click.testing import CliRunner

from assets.errors import Fault, InputError, Refused, StoreError, UsageError
from assets.nearest import did_you_mean, nearest
from cli.global_options import Settings
from cli.main import _run, group
from cli.next_steps import next_step
from cli.running.tasks import ClusterError
from storage import state
from storage.stores import s3_errors


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """A catalogue of one title, and a platform that asks for a check that there is not."""
    root = tmp_path_factory.mktemp("films")
    (root / "releaseprint.toml").write_text('[stores.archive]\nurl = "file:archive"\n', encoding="utf-8")
    for title in ("thaw", "the-shore-of-rescue"):
        (root / "titles" / title).mkdir(parents=True)
        (root / "titles" / title / "title.toml").touch()
    (root / "platforms").mkdir()
    text = '[checks."subtitle/overlaps"]\nseverity = "error"\nsource = "x"\nverified_on = 2026-11-01\n'
    head = 'name = "House"\nright = "svod"\nrevision = "1"\nsource = "x"\n[package]\nsubtitle_format = "srt"\n'
    (root / "platforms" / "house.toml").write_text(head + text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report", "thwa", "-p", "svod"), "there is no title 'thwa' in"),
        (("report", "thwa", "-p", "svod"), "did you mean thaw? titles: thaw, the-shore-of-rescue"),
        (("report", "THAW", "-p", "svod"), "did you mean thaw?"),
        (("report", "봄날의 눈석이", "-p", "svod"), "`releaseprint find` looks for names"),
        (("check", "the-shore-of-resque", "-p", "svod"), "did you mean the-shore-of-rescue?"),
        (("check", "-p", "svodd"), "did you mean svod? platforms:"),
        (("check", "-p", "house"), "there is no such check; did you mean subtitle/overlap? `releaseprint checks`"),
        (("deliver", "-p", "svod", "--territory", "worldwid"), "did you mean worldwide? ISO 3166-1"),
        (("deliver", "-p", "svod", "--territory", "kr"), "territories are upper-case: KR"),
        (("explain", "subtitle/overlapp"), "did you mean subtitle/overlap?"),
        (("packages", "--in", "archiv"), "did you mean archive? allowed: file:PATH"),
        (("delivr",), "(Did you mean one of: 'deliver', 'redeliver'?)"),
        (("deliver", "--titel", "x"), "'--title'"),
    ],
)
def test_what_somebody_may_have_meant(films, words, said):
    done = CliRunner().invoke(group, [*words, *(("-C", str(films)) if len(words) > 1 else ())])
    assert said in done.output + str(done.exception)


def test_a_catalogue_that_is_missing_says_what_makes_one(tmp_path):
    for words in (("status", "-C", str(tmp_path)), ("packages", "-C", str(tmp_path))):
        assert "`releaseprint init` makes one" in str(CliRunner().invoke(group, words).exception)
    (tmp_path / "releaseprint.toml").touch()
    empty = CliRunner().invoke(group, ["report", "thaw", "-p", "svod", "-C", str(tmp_path)])
    assert "`releaseprint new` makes one" in str(empty.exception)


def test_nearest_words():
    korean = "봄날의-눈석이"
    assert nearest(unicodedata.normalize("NFD", "봄날의-눈서기"), [korean, "thaw"]) == [korean]
    assert nearest("t", ["thaw"]) == [], "one letter means anything"
    assert nearest("a-b", [f"a-b-{number}" for number in range(9)]) == ["a-b-8", "a-b-7", "a-b-6"]
    assert did_you_mean("svdo", ["svod", "est"]) == "did you mean svod? "
    assert did_you_mean("nothing-like-it", ["svod", "est"]) == ""


def caused(error, cause):
    """An error as it is raised because of another one."""
    try:
        raise error from cause
    except type(error) as raised:
        return raised


SYSTEM = {
    errno.ENOSPC: "free space",
    errno.EDQUOT: "quota",
    errno.EROFS: "read-only",
    errno.EACCES: "ls -ld",
    errno.EPERM: "ls -ld",
    errno.EMFILE: "ulimit",
    errno.EIO: "the disk failed",
}


@pytest.mark.parametrize("number", SYSTEM)
@pytest.mark.parametrize("kind", [UsageError, lambda text: InputError(Fault("x", "", text))])
def test_what_the_system_refused(number, kind):
    error = caused(kind("cannot be written"), OSError(number, os.strerror(number)))
    assert SYSTEM[number] in next_step(error)


def test_a_state_that_is_held_is_not_to_be_deleted(tmp_path, monkeypatch):
    monkeypatch.setattr(state, "BUSY_SECONDS", 0.01)
    with state.connected(tmp_path):
        holder = sqlite3.connect(tmp_path / ".releaseprint" / "state.sqlite", isolation_level=None)
    holder.execute("PRAGMA locking_mode = EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(InputError, match="another command holds it; do this again"), state.connected(tmp_path) as other:
        other.execute("BEGIN IMMEDIATE")
    holder.close()


def test_a_store_that_fails_is_looked_at_by_doctor():
    assert "releaseprint doctor --store" in next_step(StoreError("x"))
    full = caused(StoreError("the disk is full; free space"), OSError(errno.ENOSPC, "full"))
    assert "releaseprint doctor --store" in next_step(full), "the store's own words say what is full"


def test_a_cluster_is_no_store():
    assert "releaseprint worker ADDRESS" in next_step(ClusterError("tcp://밤:8786: no scheduler answers"))


@pytest.mark.parametrize("error", [UsageError("x"), Refused("x", ["why"]), InputError(Fault("a", "b", "c"))])
def test_what_says_it_itself_is_left_as_it_is(error):
    assert next_step(error) == ""


def test_the_next_step_is_a_line_of_its_own(capsys):
    def fails(**_):
        raise caused(UsageError("out.srt: cannot be written"), OSError(errno.EROFS, "read-only"))

    command = type("Command", (), {"main": staticmethod(fails)})
    assert _run(command, "tool", Settings()) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "out.srt: cannot be written"
    assert said[1].startswith("the file system is read-only: name a folder elsewhere")


DO = "set|see|sign in|correct|name|deliver again|try again|make it|need|free|ask|at most"
FACTS = {"NoSuchKey", "404", "NoSuchUpload"}


@pytest.mark.parametrize("code", sorted(set(s3_errors._CODES) - FACTS))
def test_what_a_store_answers_says_what_to_do(code):
    assert re.search(DO, s3_errors._CODES[code])


@pytest.mark.parametrize(("kind", "text"), s3_errors._UNREACHED)
def test_what_hinders_a_request_says_what_to_do(kind, text):
    assert re.search(DO, text), kind
