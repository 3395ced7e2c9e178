"""What is there, what was checked, what may leave and what left, told without reading a media file."""

import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime

import histories
import pytest
from click.testing import CliRunner
from waivers import waiver

from assets import digest, manifest, platform, waiver_records
from assets.catalogue import open_catalogue
from cli import status as status_module
from cli.main import group
from cli.render import status_html
from cli.status import Asked, statuses
from storage.index import WHOLE, Delivery, Verdict, open_index
from storage.state import open_state

AT = datetime(2026, 11, 22, tzinfo=UTC)
WINDOWS = """
[[windows]]
id = "korea"
right = "svod"
territories = ["KR"]
start = 2026-01-01
end = 2026-12-31
zone = "UTC"
languages = "all"
[[windows]]
id = "world"
right = "svod"
territories = ["worldwide"]
excluding = ["KR"]
start = 2027-01-01
end = "open"
zone = "UTC"
languages = ["ko"]
"""
SMALL = """original_language = "ko"
production_year = 1985
[names]
ko = "봄날의 눈석이<b>"
[[versions]]
id = "original"
language = "ko"
master = "m.mov"
audio = [{ language = "ko" }]
"""


@pytest.fixture
def title(tmp_path):
    return histories.write(tmp_path)


def add_windows(root):
    path = root / "titles" / "thaw" / "title.toml"
    path.write_text(path.read_text(encoding="utf-8") + WINDOWS, encoding="utf-8")


def ask(root, territories=None, at=AT, name="svod"):
    by = platform.load(name) if name else None
    found, faults = statuses(open_catalogue(root), (), Asked(by, territories, at))
    assert not faults
    return found[0]


def place(status, what, language="ko"):
    return next(item for item in status.places if (item.slot.what, item.slot.language) == (what, language))


def judge(root, sha256, verdict="pass", revision=None, name="subtitles/한국어.srt", *, window=""):
    revision = revision or platform.load("svod").revision
    said = Verdict("thaw", name, sha256, "svod", revision, window, "2026-11-21T09:00:00Z", verdict, 0, 0, 0, 0)
    with open_index(root) as index:
        index.keep_verdicts([said])


def deliver(root, *assets, name="svod"):
    item = Delivery(
        "file:/x", f"thaw/{name}/", "1" * 64, "thaw", name, "2026-11", "w", "2026-01-01T00:00:00Z", None, "x"
    )
    with open_index(root) as index:
        index.add_delivery(replace(item, assets=assets))


@pytest.mark.usefixtures("title")
def test_each_place_is_there_or_absent_or_missing(tmp_path):
    status = ask(tmp_path)
    assert (place(status, "full").presence, place(status, "full").check) == ("present", "unchecked")
    assert place(status, "sdh").presence == "absent"
    assert place(status, "master").presence == "absent"
    assert place(status, "audio").presence == "missing"
    assert [item.slot.kind for item in status.missing if item.slot.what == "artwork"] == ["poster", "key-art"]
    assert status.metadata == {"ko": ("synopses", "short_synopses")}


@pytest.mark.usefixtures("title")
def test_a_decomposed_name_on_disk_is_the_same_name(tmp_path):
    import unicodedata

    path = tmp_path / "titles" / "thaw" / "subtitles" / "한국어.srt"
    path.rename(path.with_name(unicodedata.normalize("NFD", path.name)))
    assert place(ask(tmp_path), "full").presence == "present"


@pytest.mark.parametrize(("verdict", "revision", "says"), [("pass", None, "pass"), ("pass", "2001", "outdated")])
def test_a_check_counts_for_the_platforms_present_revision(tmp_path, title, verdict, revision, says):
    histories.record(title)
    judge(tmp_path, digest.sha256_file(histories.track(title).path), verdict, revision)
    assert place(ask(tmp_path), "full").check == says
    assert place(ask(tmp_path, name="est"), "full").check == "unchecked"


def test_a_check_of_other_bytes_says_nothing_of_these(tmp_path, title):
    judge(tmp_path, "a" * 64)
    assert place(ask(tmp_path), "full").check == "changed"
    path = histories.track(title).path
    os.utime(path, (1, 1))
    with open_state(tmp_path) as state:
        state.remember(path, digest.sha256_file(path))
    assert place(ask(tmp_path), "full").check == "changed"


def test_a_file_that_nobody_remembers_is_read_if_it_is_small(tmp_path, title, monkeypatch):
    histories.record(title)
    judge(tmp_path, digest.sha256_file(histories.track(title).path))
    assert place(ask(tmp_path), "full").check == "pass"
    histories.track(title).path.write_bytes(b"two")
    assert place(ask(tmp_path), "full").check == "changed", "of the same size, and announced as something else"
    monkeypatch.setattr(status_module, "_READ_BYTES", 2)
    assert place(ask(tmp_path), "full").check == "unknown"


def test_a_window_that_objects_is_not_hidden_by_another_one(tmp_path, title):
    sha256 = digest.sha256_file(histories.track(title).path)
    add_windows(tmp_path)
    judge(tmp_path, sha256, "fail", window="korea")
    judge(tmp_path, sha256, "fail", window="gone")
    judge(tmp_path, sha256, window="world")
    assert place(ask(tmp_path), "full").check == "fail"
    judge(tmp_path, sha256, window="korea")
    assert place(ask(tmp_path), "full").check == "pass"


def test_a_package_with_an_older_revision_is_superseded(tmp_path, title):
    first = histories.record(title)
    deliver(tmp_path, ("subtitles/한국어.srt", first.sha256), ("masters/film.mov", "b" * 64))
    assert ask(tmp_path).superseded == 0
    assert ask(tmp_path).sent[0].unknown == ("masters/film.mov",)
    histories.track(title).path.write_bytes(b"two")
    second = histories.record(title, "mended")
    old = ask(tmp_path).sent[0].superseded
    assert [(item.delivered, item.newest) for item in old] == [(first.id, second.id)]
    assert ask(tmp_path, name="est").sent == ()
    deliver(tmp_path, ("subtitles/한국어.srt", second.sha256), name="est")
    assert ask(tmp_path, name="est").superseded == 0


@pytest.mark.usefixtures("title")
def test_windows_open_close_and_end_at_their_instants(tmp_path):
    add_windows(tmp_path)
    korea, world = frozenset({"KR"}), frozenset({"JP"})
    now = ask(tmp_path)
    assert [item.state for item in now.windows] == ["closing", "opening"]
    assert (now.rights.territories, now.rights.until) == (korea, datetime(2026, 12, 31, tzinfo=UTC))
    assert [item.state for item in ask(tmp_path, at=datetime(2026, 10, 1, tzinfo=UTC)).windows] == ["open", "opening"]
    assert ask(tmp_path, world).rights.refusals == ("not open yet in JP",)
    later = datetime(2026, 12, 31, tzinfo=UTC)
    assert ask(tmp_path, at=later).rights.refusals == ("opens at 2027-01-01T00:00:00+00:00",)
    assert "is over" in ask(tmp_path, korea, later).rights.refusals[0]
    assert ask(tmp_path, name="est").rights.refusals == ("no rights window",)


def test_what_passed_and_may_leave_can_ship(tmp_path):
    folder = tmp_path / "titles" / "thaw"
    folder.mkdir(parents=True)
    (tmp_path / "releaseprint.toml").touch()
    (folder / "title.toml").write_text(SMALL + WINDOWS, encoding="utf-8")
    assert ask(tmp_path).can_ship == "no"
    (folder / "m.mov").write_bytes(b"film")
    assert ask(tmp_path).can_ship == "unknown"
    os.utime(folder / "m.mov", (1, 1))
    sha256 = digest.sha256_file(folder / "m.mov")
    with open_state(tmp_path) as state:
        state.remember(folder / "m.mov", sha256)
    judge(tmp_path, sha256, name="m.mov", window="korea")
    assert ask(tmp_path).can_ship == "unknown"
    judge(tmp_path, digest.sha256_file(folder / "title.toml"), name=WHOLE, window="korea")
    assert ask(tmp_path).can_ship == "yes"
    assert ask(tmp_path, name="").can_ship == "unknown"
    judge(tmp_path, sha256, "fail", "2099", name="m.mov")
    assert ask(tmp_path, frozenset({"KR"})).rights.is_open
    assert ask(tmp_path, frozenset({"JP"})).can_ship == "no"
    page = status_html.render([ask(tmp_path)], Asked(None, None, AT))
    assert "The catalogue" not in page
    assert "The catalogue" in status_html.render([ask(tmp_path)] * 2, Asked(None, None, AT))
    assert "봄날의 눈석이&lt;b&gt;" in page
    assert "<b>" not in page
    assert "No title." in status_html.summary([], Asked(None, None, AT))
    assert "<b>" not in status_html.summary_of([ask(tmp_path)], Asked(None, None, AT))


def test_what_passed_by_a_waiver_can_ship_until_it_is_over(tmp_path):
    folder = tmp_path / "titles" / "thaw"
    folder.mkdir(parents=True)
    (tmp_path / "releaseprint.toml").touch()
    (folder / "title.toml").write_text(SMALL + WINDOWS, encoding="utf-8")
    (folder / "m.mov").write_bytes(b"film")
    os.utime(folder / "m.mov", (1, 1))
    sha256 = digest.sha256_file(folder / "m.mov")
    with open_state(tmp_path) as state:
        state.remember(folder / "m.mov", sha256)
    judge(tmp_path, sha256, name="m.mov", window="korea")
    waiver_records.grant(folder, tmp_path, "thaw", [waiver(until=date(2026, 11, 25))])
    judge(tmp_path, manifest.declared_digest(folder), name=WHOLE, window="korea")
    assert ask(tmp_path).can_ship == "yes"
    assert ask(tmp_path, at=datetime(2026, 11, 25, 23, 59, 59, tzinfo=UTC)).can_ship == "yes"
    over = ask(tmp_path, at=datetime(2026, 11, 26, tzinfo=UTC))
    assert over.can_ship == "unknown"
    assert "was judged while a waiver held that is over now" in over.cleared.reasons[0]
    waiver_records.grant(folder, tmp_path, "thaw", [waiver(until=date(2026, 12, 25))])
    assert "was judged by another title.toml" in ask(tmp_path).cleared.reasons[0]


def run(root, *arguments):
    return CliRunner().invoke(
        group, ["status", "-C", str(root), *arguments], catch_exceptions=False, standalone_mode=False
    )


@pytest.mark.usefixtures("title")
def test_the_command_prints_a_table_json_and_a_page(tmp_path):
    add_windows(tmp_path)
    whole = run(tmp_path, "--at", "2026-11-22")
    assert whole.exit_code == 0
    assert "1 closing, 1 opening" in whole.output
    one = run(tmp_path, "thaw", "--at", "2026-11-22", "--html", str(tmp_path / "page.html"))
    assert "rights are open for KR until 2026-12-31T00:00:00Z" in one.output
    assert "봄날의 눈석이" in (tmp_path / "page.html").read_text(encoding="utf-8")
    run(tmp_path, "--at", "2026-11-22", "--html", str(tmp_path / "all.html"))
    run(tmp_path, "--at", "2026-11-22", "--json", "--html", str(tmp_path / "again.html"))
    summary = (tmp_path / "all.html").read_text(encoding="utf-8")
    assert "1 closing, 1 opening" in summary
    assert "Versions and languages" not in summary
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == summary
    data = json.loads(run(tmp_path, "thaw", "--json", "--territory", "KR", "--at", "2026-11-22").output)
    assert (data["schema"], data["territories"], data["platform"]["id"]) == ("releaseprint/status/1", ["KR"], "svod")
    assert data["titles"][0]["rights"]["until"] == "2026-12-31T00:00:00Z"
    assert {"what": "audio", "presence": "missing"}.items() <= data["titles"][0]["assets"][1].items()


@pytest.mark.usefixtures("title")
def test_a_title_that_cannot_be_read_is_said_and_the_others_are_shown(tmp_path):
    broken = tmp_path / "titles" / "bird" / "title.toml"
    broken.parent.mkdir()
    broken.write_text("names = 7\n", encoding="utf-8")
    done = run(tmp_path)
    assert done.return_value == 3
    assert "thaw" in done.output
    assert "titles/bird/title.toml" in done.output


def test_what_needs_attention_comes_first(tmp_path, title):
    first = histories.record(title)
    other = tmp_path / "titles" / "bird" / "title.toml"
    other.parent.mkdir()
    other.write_text(SMALL, encoding="utf-8")
    deliver(tmp_path, ("subtitles/한국어.srt", "c" * 64))
    assert first.revision == 1
    found, _ = statuses(open_catalogue(tmp_path), (), Asked(None, None, AT))
    assert [item.outline.id for item in found] == ["thaw", "bird"]
    assert found[0].sent[0].superseded[0].delivered == ""
