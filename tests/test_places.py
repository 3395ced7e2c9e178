"""Where a finding is in the files: lines of a title's own files, and columns of words in a subtitle file."""

import unicodedata
from dataclasses import replace

import pytest
import reports
from titles import write_title

from assets.waivers import Waiver
from checks.core import At
from checks.rights._windows import in_file
from checks.title._waivers import at as place_of_waiver
from cli.render.places import Places, Spot
from cli.render.source_text import Columns

KOREAN = "오늘은 아무 데도\n가지 말고… 𐍈 여기 있어요"
TRACK = f"1\r\n00:00:01,000 --> 00:00:02,000\r\n{KOREAN}\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n여기 있어요\r\n"
REPORT = replace(reports.FAILING, title_id="film")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A catalogue with one title, whose English track is Korean with an astral character."""
    folder = tmp_path_factory.mktemp("places")
    path = write_title(folder)
    (path.parent / "subtitles").mkdir()
    (path.parent / "subtitles/film.en.srt").write_bytes(b"\xef\xbb\xbf" + TRACK.encode())
    decomposed = unicodedata.normalize("NFD", TRACK).encode("utf-16")
    (path.parent / "subtitles/nfd.srt").write_bytes(decomposed)
    return folder


def spot(root, name="subtitles/film.en.srt", line=1, words=KOREAN, **changes):
    at = At("cue 1", 0, 1, line, words)
    finding = replace(reports.LINE_LENGTH, asset=name, at=at, measured="", values=())
    return Places(root).spot(REPORT, replace(finding, **changes))


def test_what_was_measured_is_found_in_its_line(root):
    assert spot(root, measured="'여기 있어요'").columns == Columns(4, 11, 17)  # 𐍈 is two units of UTF-16


def test_the_longest_text_is_found(root):
    found = spot(root, values=(("line", "오늘은 아무 데도"), ("word", "데도")))
    assert (found.line, found.columns) == (3, Columns(3, 1, 10))


def test_text_is_found_however_it_is_composed(root):
    found = spot(root, "subtitles/nfd.srt", values=(("line", "데도"),))
    assert found.columns == Columns(3, 15, 15 + len(unicodedata.normalize("NFD", "데도")))


@pytest.mark.parametrize(
    "changes",
    [
        {"measured": "2"},  # a count, which the words may have by chance
        {"measured": "'없는 말'"},
        {"values": (("text", KOREAN),)},  # more than a line
        {"values": (("mark", " "),)},  # not once
        {"words": ""},
        {"name": "subtitles/missing.srt", "values": (("word", "데도"),)},
        {"name": "../../..", "values": (("word", "데도"),)},
    ],
)
def test_without_its_words_a_finding_has_the_line_of_its_cue(root, changes):
    found = spot(root, **changes)
    assert (found.line, found.columns) == (1, None)


def test_words_of_the_next_cue_are_not_taken(root):
    assert spot(root, words="여기 있어요", line=6, values=(("word", "여기 있어요"),)).columns == Columns(8, 1, 7)


@pytest.mark.parametrize(
    ("label", "line"),
    [
        ("names.en", 7),
        ("runtime", 3),
        ("version ko", 9),
        ("window svod-world", 18),
        ("subtitles/film.en.srt", 15),
        ("subtitles/film.en.srt, cue 3", 15),
        ("names: elsewhere", 5),
        ("nowhere.at.all", None),
        ("", None),
    ],
)
def test_what_is_about_the_title_has_its_line_in_title_toml(root, label, line):
    finding = replace(reports.SYNOPSIS, at=At(label))
    assert Places(root).spot(REPORT, finding) == Spot("titles/film/title.toml", line)


def test_a_deal_and_a_waiver_have_the_line_of_their_file(root):
    deal = replace(reports.SYNOPSIS, at=in_file("deal a", "titles/film/rights.toml:12"))
    assert Places(root).spot(REPORT, deal) == Spot("titles/film/rights.toml", 12)
    waiver: Waiver = replace(reports.WAIVER, place="titles/film/waivers.toml:7")
    found = Places(root).spot(REPORT, replace(reports.SYNOPSIS, at=place_of_waiver(waiver)))
    assert found == Spot("titles/film/waivers.toml", 7)


def test_a_place_without_a_line_has_none():
    assert in_file("deal a", "rights.toml") == At("deal a")


def test_a_broken_title_file_has_no_lines(tmp_path):
    write_title(tmp_path, "names = [")
    assert Places(tmp_path).spot(REPORT, reports.SYNOPSIS).path == "titles/film/title.toml"
    assert Places(tmp_path).spot(REPORT, replace(reports.SYNOPSIS, at=At("names.en"))).line is None


def test_paths_are_relative_to_the_work_tree_around_the_catalogue(root):
    places = Places(root, root.parent)
    assert places.path(REPORT, "a.srt") == f"{root.name}/titles/film/a.srt"
    assert places.path_of_fault("titles/film/title.toml") == f"{root.name}/titles/film/title.toml"


def test_of_many_titles_only_the_paths_of_the_last_one_are_kept(root):
    places = Places(root)
    for number in (1, 2, 1):
        report = replace(REPORT, title_id=f"film-{number}")
        shown = [places.path(report, name) for name in ("a.srt", "b.srt", "a.srt")]
        assert shown == [f"titles/film-{number}/{name}" for name in ("a.srt", "b.srt", "a.srt")]
        assert len(places._paths) == 2


def test_a_file_of_no_title_is_named_as_it_was(tmp_path, monkeypatch):
    (tmp_path / "films").mkdir()
    (tmp_path / "films/loose.ko.srt").write_text(TRACK, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    places = Places(named=["films/loose.ko.srt"])
    loose = replace(REPORT, title_id="file", title_name="films/loose.ko.srt")
    assert places.path(loose, "loose.ko.srt") == "films/loose.ko.srt"
    assert places.path(loose, "title.toml") == "films/loose.ko.srt"
    finding = replace(
        reports.LINE_LENGTH, asset="loose.ko.srt", at=At("cue 1", 0, 1, 1, KOREAN), values=(("x", "데도"),)
    )
    assert places.spot(loose, finding).columns == Columns(3, 8, 10)


def test_two_files_of_one_name_are_told_apart(tmp_path, monkeypatch):
    names = ["one/ko.srt", "two/ko.srt"]
    for name in names:
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(f"{name}\n\n{TRACK}" if name == names[1] else TRACK, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    places = Places(named=names)
    spots = []
    for name, line in zip(names, (1, 3), strict=True):
        report = replace(REPORT, title_id="file", title_name=name)
        at = At("cue 1", 0, 1, line, KOREAN)
        spots.append(places.spot(report, replace(reports.LINE_LENGTH, asset="ko.srt", at=at, values=(("x", "데도"),))))
    assert spots == [Spot("one/ko.srt", 3, Columns(3, 8, 10)), Spot("two/ko.srt", 5, Columns(5, 8, 10))]


def test_a_cue_that_is_about_two_tracks_has_the_line_of_its_own_file(root):
    at = At("subtitles/film.en.srt, cue 2", 0, 1, 6, "여기 있어요", "subtitles/film.en.srt")
    finding = replace(reports.SYNOPSIS, at=at, measured="여기 있어요", values=())
    assert Places(root).spot(REPORT, finding) == Spot("titles/film/subtitles/film.en.srt", 8, Columns(8, 1, 7))
