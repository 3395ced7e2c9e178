"""away.toml: what is read and written, and what a file that is away is to checks, reports and status."""

import unicodedata
from datetime import UTC, datetime, timedelta

import histories
import pytest
from titles import media

from assets import away, digest, history, platform
from assets.catalogue import open_catalogue
from assets.errors import InputError
from assets.file_bytes import bytes_of, is_away
from assets.measuring import Measuring
from assets.media import Measured
from assets.reading import read_title
from assets.signals.model import Signals
from assets.title import Away
from checks.judging import Question, judge
from checks.report import Verdict
from cli.standing import present
from cli.status import Asked, statuses
from storage.index import Verdict as Kept
from storage.index import open_index
from storage.state import open_state

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MASTER = b"the master" * 1000
SIZE = len(MASTER)
SHA256 = digest.sha256_bytes(MASTER)
TRACK_SHA256 = digest.sha256_bytes(b"one")
URL = f"s3://archive/films/sha256/{SHA256[:2]}/{SHA256}"
SIGNALS = Signals(1, (), ())
ENTRY = """\
[[files]]
file = "{name}"
sha256 = "{sha256}"
size = {size}
url = "{url}"
since = 2026-11-22T00:00:00Z
"""


def entry(name="masters/film.mov", sha256=SHA256, size=SIZE, url=URL):
    return ENTRY.format(name=name, sha256=sha256, size=size, url=url)


def write(root, text):
    """The title `thaw`, with an away.toml; its master is not there."""
    title = histories.write(root) if not (root / "titles").exists() else histories.read(root)
    (title.folder / away.FILE_NAME).write_text(text, encoding="utf-8")
    return histories.read(root)


def reference(name="masters/film.mov", sha256=SHA256, size=SIZE, url=URL):
    return Away("thaw", name, sha256, size, url, NOW)


def test_of_several_references_to_a_file_the_last_counts(tmp_path):
    title = write(tmp_path, entry(sha256="b" * 64) + entry())
    assert [item.sha256 for item in title.away] == ["b" * 64, SHA256]
    assert title.versions[0].master.away == reference()
    assert title.versions[0].subtitles[0].file.away is None
    assert histories.write(tmp_path / "other").away == (), "most titles have none"


def test_a_decomposed_name_is_the_same_name(tmp_path):
    title = write(tmp_path, entry(unicodedata.normalize("NFD", "subtitles/한국어.srt")))
    assert histories.track(title).away.name == unicodedata.normalize("NFC", "subtitles/한국어.srt")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (entry() + 'note = "x"\n', "line 7: files[0].note: unknown key; known: file, sha256, size, url, since"),
        (entry(sha256="A" * 64), "line 3: files[0].sha256: 'AAAA"),
        (entry(size=-1), "line 4: files[0].size: -1 is not allowed"),
        (entry(name="../film.mov"), "line 2: files[0].file: '../film.mov' leaves the folder; "),
        (entry().replace("Z\n", "\n"), "line 6: files[0].since: "),
        ("files = 3\n", "line 1: files: 3 is not allowed"),
        ("[[files]\n", "line 1, column 8: not TOML"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path, text, fault):
    with pytest.raises(InputError) as caught:
        write(tmp_path, text)
    assert str(caught.value).startswith(f"titles/thaw/away.toml: {fault}")


@pytest.mark.parametrize(
    "url",
    [
        "s3://key:geheim@bucket/film.mov",
        "s3://bucket/film.mov?X-Amz-Signature=geheim",
        "s3://bucket/film.mov#geheim",
        "https://geheim.example/film.mov",
        "file://user:geheim@host/film.mov",
        "s3:key:geheim@bucket/film.mov",
        "s3://geheim",
        "file:",
        "/film.mov",
    ],
)
def test_a_url_that_may_hold_a_secret_is_refused_and_not_repeated(tmp_path, url):
    with pytest.raises(InputError, match=r"line 5: files\[0\].url: ") as caught:
        write(tmp_path, entry(url=url))
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("url", [URL, "file:../archive/a", "file:/archive/a", "file:///archive/배급/a", "file:a"])
def test_urls_of_objects_are_accepted(tmp_path, url):
    assert write(tmp_path, entry(url=url)).away[0].url == url


def test_a_reference_is_added_and_the_rest_stays(tmp_path):
    title = write(tmp_path, "# ours\n" + entry(sha256="b" * 64) + "# the end")
    before = (title.folder / away.FILE_NAME).read_text(encoding="utf-8")
    away.refer(title.folder, reference())
    text = (title.folder / away.FILE_NAME).read_text(encoding="utf-8")
    assert text == f"{before}\n\n{entry()}"
    away.refer(title.folder, reference())
    assert (title.folder / away.FILE_NAME).read_text(encoding="utf-8") == text, "what counts is not written again"
    away.refer(title.folder, reference(sha256="b" * 64))
    assert [item.sha256[0] for item in histories.read(tmp_path).away] == ["b", SHA256[0], "b"]


@pytest.mark.parametrize("name", ['masters/the "cut" #1.mov', "masters/영화 1.mov"])
def test_any_name_is_written_so_that_it_is_read(tmp_path, name):
    title = histories.write(tmp_path)
    away.refer(title.folder, reference(name, url="file:../배급/a"))
    assert away.read_away(title.folder, "thaw") == (reference(name, url="file:../배급/a"),)


def test_a_file_to_which_nothing_can_be_added_is_left_as_it_is(tmp_path):
    title = write(tmp_path, "files = []\n")
    with pytest.raises(InputError, match="nothing can be added at its end"):
        away.refer(title.folder, reference())
    assert (title.folder / away.FILE_NAME).read_text(encoding="utf-8") == "files = []\n"
    assert not list(title.folder.glob(".releaseprint-*"))


def test_a_file_that_is_away_has_the_bytes_of_its_reference(tmp_path):
    master = write(tmp_path, entry()).versions[0].master
    assert is_away(master)
    found = bytes_of(master)
    assert (found.size, found.sha256) == (SIZE, SHA256)
    assert found.reason == f"it is away, in {URL}; `releaseprint fetch thaw masters/film.mov` brings it back"


def test_a_file_that_lies_here_counts(tmp_path):
    master = write(tmp_path, entry()).versions[0].master
    master.path.parent.mkdir()
    master.path.write_bytes(b"other")
    assert not is_away(master)
    assert bytes_of(master).sha256 == digest.sha256_bytes(b"other")


def judged(title, measuring=None):
    read = read_title(title, 5, measuring=measuring)
    return judge(read, platform.load("svod"), Question(NOW), now=NOW)


def test_what_was_never_measured_is_not_checked_and_not_found_fault_with(tmp_path):
    title = write(tmp_path, entry() + entry("subtitles/한국어.srt", TRACK_SHA256, 3))
    histories.track(title).path.unlink()
    report = judged(title)
    assert report.verdict is Verdict.INCOMPLETE
    for name in ("masters/film.mov", "subtitles/한국어.srt"):
        assert not [item for item in report.findings if item.asset == name]
        reasons = {item.reason for item in report.not_checked if item.asset == name and item.required}
        assert len(reasons) == 1
        assert "releaseprint fetch thaw " in reasons.pop()
    assert {item.name: item.sha256 for item in report.assets}["masters/film.mov"] == SHA256
    assert {item.name: item.facts for item in report.assets}["masters/film.mov"] == "away"


def test_what_was_measured_serves_without_the_bytes(tmp_path):
    title = write(tmp_path, entry())
    source = tmp_path / "film.mov"
    source.write_bytes(MASTER)
    with open_state(tmp_path) as state:
        state.keep(source, Measured(media(), SIGNALS, SIZE, SHA256))
        measuring = Measuring(state, 5, lambda _name, _share: None)
        (master,) = read_title(title, 5, measuring=measuring).masters()
        assert (master.sha256, master.size, master.info.container) == (SHA256, SIZE, "mov")
        assert master.signals == SIGNALS
        other = write(tmp_path, entry(size=7))
        assert not read_title(other, 5, measuring=measuring).masters(), "the reference does not fit the record"


def test_history_and_announce_know_what_is_away(tmp_path):
    title = write(tmp_path, entry("subtitles/한국어.srt", TRACK_SHA256, 3))
    histories.record(title)
    histories.track(title).path.unlink()
    now = present(open_catalogue(tmp_path), title)
    assert now.digests["subtitles/한국어.srt"] == TRACK_SHA256
    assert now.standing.missing == now.standing.changed == ()
    older = write(tmp_path, entry("subtitles/한국어.srt", "b" * 64, 3))
    (changed,) = present(open_catalogue(tmp_path), older).standing.changed
    assert changed.sha256 == "b" * 64, "the bytes that can be had are not those of the newest revision"


def status(root):
    found, faults = statuses(open_catalogue(root), (), Asked(platform.load("svod"), None, NOW))
    assert not faults
    return found[0]


def keep_verdict(root, name, sha256):
    revision = platform.load("svod").revision
    said = Kept("thaw", name, sha256, "svod", revision, "", "2026-11-21T09:00:00Z", "pass", 0, 0, 0, 0)
    with open_index(root) as index:
        index.keep_verdicts([said])


def test_status_has_what_is_away(tmp_path):
    write(tmp_path, entry() + entry("artwork/poster.jpg", "b" * 64, 3))
    keep_verdict(tmp_path, "masters/film.mov", SHA256)
    keep_verdict(tmp_path, "artwork/poster.jpg", "b" * 64)
    places = {place.slot.name: place for place in status(tmp_path).places if place.slot.name}
    master, poster = places["masters/film.mov"], places["artwork/poster.jpg"]
    assert (master.presence, master.check) == ("away", "pass")
    assert (poster.presence, poster.check) == ("away", "unchecked"), "a picture is judged by its bytes"
    assert places["subtitles/ko.sdh.srt"].presence == "absent"
    assert status(tmp_path).can_ship == "no"


def test_an_away_toml_that_cannot_be_read_is_a_fault_of_its_title_in_status(tmp_path):
    write(tmp_path, "")
    (tmp_path / "titles/thaw/away.toml").write_text("files = 3\n", encoding="utf-8")
    found, (fault,) = statuses(open_catalogue(tmp_path), (), Asked(platform.load("svod"), None, NOW))
    assert not found
    assert "titles/thaw/away.toml: line 1: files" in str(fault)


def test_a_revision_that_is_away_says_how_to_fetch_it(tmp_path):
    from cli.revisions import Said, restore

    title = write(tmp_path, entry("subtitles/한국어.srt", TRACK_SHA256, 3))
    made = histories.record(title)
    history.keeping.place(tmp_path, made.sha256).unlink()
    histories.track(title).path.write_bytes(b"two")
    with pytest.raises(InputError, match=r"are away, in s3://archive.*`releaseprint fetch thaw original/.*@1` brings"):
        restore(open_catalogue(tmp_path), title, "ko@1", Said("back", who="Kim"))


def test_a_reference_has_an_instant_of_any_offset(tmp_path):
    title = write(tmp_path, entry().replace("Z\n", "+09:00\n"))
    assert title.away[0].since == NOW - timedelta(hours=9)
