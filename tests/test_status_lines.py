"""The screen of the whole catalogue: lines that are kept are those that would be worked out anew."""

import os
import pickle
import unicodedata
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import file_times
import histories
import pytest
from click.testing import CliRunner
from waivers import waiver

from assets import away, digest, platform, waiver_records
from assets.catalogue import open_catalogue
from assets.title import Away
from cli import status_lines, status_making
from cli.main import group
from cli.render.status import cells
from cli.status import Asked, statuses
from storage import answers
from storage.answers import Answer
from storage.index import Delivery, Verdict, open_index
from storage.state import open_state

AT = datetime(2026, 11, 22, tzinfo=UTC)
OLD = "2026-11-01T00:00:00Z"
TURNS = ("2026-01-01", "2027-03-03", "2027-06-01")
"""When the window opens, is about to close, and closes."""
WINDOW = """
[[windows]]
id = "korea"
right = "svod"
territories = ["KR"]
start = 2026-01-01
end = 2027-06-01
zone = "UTC"
languages = "all"
"""


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A catalogue whose files count as settled, whenever they were written."""
    histories.record(histories.write(tmp_path))
    path = toml(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + WINDOW, encoding="utf-8")
    monkeypatch.setattr(answers, "SETTLED_SECONDS", -3600)
    return tmp_path


@pytest.fixture
def worked_out(monkeypatch):
    """The titles that are worked out, in their order."""
    seen = []

    def noted(catalogue, outline, known, asked):
        seen.append(outline.id)
        return status_of(catalogue, outline, known, asked)

    status_of = status_making.status_of
    monkeypatch.setattr(status_making, "status_of", noted)
    return seen


def toml(root):
    return root / "titles" / "thaw" / "title.toml"


def ask(root, at=AT, name="svod", territories=None):
    """The line of the title, which must be that of a catalogue without a memory."""
    asked = Asked(platform.load(name) if name else None, territories, at)
    found, faults = status_lines.lines(open_catalogue(root), asked, cells)
    plain, _ = statuses(open_catalogue(root), (), asked)
    assert not faults
    assert [(line.cells, line.attention) for line in found] == [(cells(item), item.attention) for item in plain]
    return found[0].cells if found else None


def verdict(root, **said):
    sha256 = digest.sha256_bytes(b"one")
    item = Verdict("thaw", "subtitles/한국어.srt", sha256, "svod", "2026-11", "", OLD, "fail", 1, 0, 0, 0)
    with open_index(root) as index:
        index.keep_verdicts([replace(item, **said)])


def deliver(root, **said):
    item = Delivery("file:/x", "thaw/svod/", "1" * 64, "thaw", "svod", "2026-11", "w", OLD, None, OLD)
    with open_index(root) as index:
        index.add_delivery(replace(item, **said))


def test_a_line_is_worked_out_once(root, worked_out):
    ask(root)
    ask(root)
    assert worked_out == ["thaw"]


def rewrite(path, old, new):
    """Other text, in a file of the same size and the same time stamps as far as anybody can set them."""
    found = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    file_times.set_back(path, found)


def remember(root):
    path = histories.track(histories.read(root)).path
    os.utime(path, (1, 1))
    with open_state(root) as state:
        state.remember(path, digest.sha256_bytes(b"one"))


def decompose(root):
    path = root / "titles" / "thaw" / "subtitles" / "한국어.srt"
    path.rename(path.with_name(unicodedata.normalize("NFD", path.name)))


def refer(root):
    away.refer(toml(root).parent, Away("thaw", "subtitles/en.srt", "a" * 64, 7, "s3://b/k", AT))


CHANGES = {
    "title.toml": lambda root: rewrite(toml(root), "production_year = 1985", "production_year = 1986"),
    "history": lambda root: histories.replace(histories.read(root), b"two"),
    "a file gone": lambda root: histories.track(histories.read(root)).path.unlink(),
    "a file more": lambda root: (root / "titles/thaw/subtitles/en.srt").write_bytes(b"x"),
    "a verdict": verdict,
    "a digest": remember,
    "a delivery": deliver,
    "what was delivered": lambda root: deliver(root, assets=(("subtitles/한국어.srt", "b" * 64),)),
    "a name of the other form": decompose,
    "a file in a store": refer,
    "the deals": lambda root: toml(root).with_name("rights.toml").write_text("", encoding="utf-8"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_is_seen(root, worked_out, change):
    verdict(root, verdict="pass", errors=0)
    deliver(root, prefix="thaw/svod/0/")
    ask(root)
    change(root)
    ask(root)
    assert worked_out == ["thaw", "thaw"]


def test_a_decomposed_name_that_appears_is_seen(root, worked_out):
    path = root / "titles" / "thaw" / "subtitles" / "한국어.srt"
    path.unlink()
    before = ask(root)
    path.with_name(unicodedata.normalize("NFD", path.name)).write_bytes(b"one")
    assert ask(root) != before
    assert worked_out == ["thaw", "thaw"]


def test_a_title_more_and_a_title_gone(root):
    other = root / "titles" / "bird"
    other.mkdir()
    (other / "title.toml").write_text(toml(root).read_text(encoding="utf-8"), encoding="utf-8")
    ask(root)
    toml(root).unlink()
    assert ask(root)[0] == "bird"
    with open_index(root) as index:
        questions = index.answers._connection.execute("SELECT DISTINCT title FROM answer").fetchall()
    assert questions == [("bird",)]


@pytest.mark.parametrize(
    "at", ["2025-12-31", "2026-01-01", "2027-03-02", "2027-03-03", "2027-03-04", "2027-05-31", "2027-06-01"]
)
def test_the_day_of_the_question_counts(root, worked_out, at):
    instant = datetime.fromisoformat(at).replace(tzinfo=UTC)
    before = ask(root, instant - timedelta(microseconds=1))
    is_turn = ask(root, instant) != before
    assert len(worked_out) == 1 + is_turn
    assert is_turn == (at in TURNS)


def test_each_question_has_its_own_answer(root, worked_out):
    for _ in range(2):
        for name, territories in (("svod", None), ("est", None), (None, None), ("svod", frozenset({"KR"}))):
            ask(root, name=name, territories=territories)
    assert len(worked_out) == 4


def test_the_answers_to_many_questions_are_forgotten(root):
    for code in ("KR", "JP", "US", "DE", "FR", "IT", "GB", "CN", "PL", "RO"):
        ask(root, territories=frozenset({code}))
    with open_index(root) as index:
        kept = index.answers._connection.execute("SELECT count(*) FROM answer").fetchone()
    assert kept == (2,)


def test_what_changed_just_now_is_not_kept(root, worked_out, monkeypatch):
    monkeypatch.setattr(answers, "SETTLED_SECONDS", 3600)
    ask(root)
    ask(root)
    assert worked_out == ["thaw", "thaw"]


def test_nothing_is_kept_that_the_state_outran(root):
    with open_index(root) as index:
        commit = index.answers.commit()
        verdict(root)
        index.answers.keep("q", [Answer("thaw", "s", (), "", "", "x")], commit)
        assert index.answers.kept("q") == {}
        index.answers.keep("q", [Answer("thaw", "s", ("a",), "", "", "x")], index.answers.commit())
        assert index.answers.kept("q") == {"thaw": Answer("thaw", "s", ("a",), "", "", "x")}


def test_a_state_that_is_locked_answers_all_the_same(root, monkeypatch):
    monkeypatch.setattr("storage.state.BUSY_SECONDS", 0)
    ask(root)
    toml(root).touch()
    with open_index(root) as other:
        other._connection.execute("BEGIN IMMEDIATE")
        assert ask(root)
        other._connection.rollback()


def test_a_title_that_cannot_be_read_is_told_each_time(root):
    toml(root).write_text("names = 3", encoding="utf-8")
    for _ in range(2):
        result = CliRunner().invoke(group, ["status", "-C", str(root)])
        assert "titles/thaw/title.toml" in str(result.stderr)


def test_a_line_is_worked_out_anew_when_a_waiver_comes_and_when_it_is_over(root, worked_out):
    last = datetime(2026, 11, 25, 23, 59, 59, tzinfo=UTC)
    ask(root)
    waiver_records.grant(root / "titles" / "thaw", root, "thaw", [waiver(until=date(2026, 11, 25))])
    ask(root)
    ask(root, last)
    assert len(worked_out) == 2
    ask(root, last + timedelta(seconds=1))
    assert len(worked_out) == 3


class AtOnce:
    """An engine that does a task when it is handed over; `broken` answers nothing."""

    identity = ""
    is_lost = False
    slots = 1

    def __init__(self, *, broken=False):
        self.broken = broken

    def submit(self, function, *arguments):
        done = Future()
        if self.broken:
            done.set_exception(OSError("no memory"))
        else:
            done.set_result(function(*pickle.loads(pickle.dumps(arguments))))  # noqa: S301 -- its own
        return done

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


@pytest.fixture
def three(root):
    """Three titles, of which one cannot be read."""
    text = toml(root).read_text(encoding="utf-8")
    for name, own in (("bird", text), ("fish", "names = 3")):
        (root / "titles" / name).mkdir()
        (root / "titles" / name / "title.toml").write_text(own, encoding="utf-8")
    return root


def lines_of(root):
    return status_lines.lines(open_catalogue(root), Asked(platform.load("svod"), None, AT), cells)


def test_many_lines_are_worked_out_by_processes_alike(three, monkeypatch, worked_out):
    here, _ = lines_of(three)
    with open_index(three) as index:
        index.answers.forget(["bird", "thaw"])
    monkeypatch.setattr(status_making, "MANY", 1)
    monkeypatch.setattr(status_making, "_SHARE", 1)
    monkeypatch.setattr("cli.running.asking.Workers.engine", lambda *_: AtOnce())
    for _ in range(2):
        found, faults = lines_of(three)
        assert (found, [str(fault).partition(":")[0] for fault in faults]) == (here, ["titles/fish/title.toml"])
    assert worked_out == ["bird", "thaw"] * 2, "once here, once there, and not a third time"


def test_what_no_process_could_do_is_told(three, monkeypatch):
    monkeypatch.setattr(status_making, "MANY", 1)
    monkeypatch.setattr("cli.running.asking.Workers.engine", lambda *_: AtOnce(broken=True))
    found, faults = lines_of(three)
    assert (found, [str(fault) for fault in faults]) == ([], ["titles/bird to thaw: not told: OSError: no memory"])


@pytest.mark.slow
def test_real_processes_work_lines_out(three, monkeypatch):
    here, _ = lines_of(three)
    with open_index(three) as index:
        index.answers.forget(["bird", "thaw"])
    monkeypatch.setattr(status_making, "MANY", 1)
    monkeypatch.setattr("cli.running.asking.FEW", 0)
    assert lines_of(three)[0] == here
