"""The folder that `report --page` writes: what lies beside the page, and what of the old folder serves again."""

from dataclasses import replace

import pytest
import titles
from in_process import run

from assets import manifest, platform
from assets.catalogue import open_catalogue
from assets.errors import Fault, InputError, Refused
from assets.making.source import How
from assets.signals.model import Signals
from checks.core import At
from checks.judging import Question, judge
from cli import report_media
from cli.render.report import render
from cli.report_context import context_of
from cli.report_media import Beside, with_media
from cli.report_page import Pages, Wanted

SIGNALS = Signals(1, (), ())


@pytest.fixture
def made(monkeypatch):
    """What is made, by makers that only write their names."""
    made = []

    def proxy(source, out, _how):
        out.write_text("proxy")
        made.append((source.name, out.name))

    def stills(_source, wanted, folder, _how):
        for still in wanted:
            (folder / still.name).write_text("still")
            made.append(still.name)

    monkeypatch.setattr(report_media, "write_proxy", proxy)
    monkeypatch.setattr(report_media, "write_thumbnails", stills)
    return made


@pytest.fixture
def read(tmp_path):
    title = manifest.read_title(titles.write_title(tmp_path), tmp_path)
    titles.write_files(title)
    found = titles.read_title(title)
    return replace(
        found,
        assets=tuple(replace(asset, signals=SIGNALS) if asset in found.masters() else asset for asset in found.assets),
    )


def judged(read):
    svod = platform.load("svod", None)
    found = judge(read, svod, Question(titles.NOW), now=titles.NOW)
    finding = replace(found.findings[0], asset="masters/film.mov", at=At("", 0, None))
    return replace(found, findings=(finding, *found.findings))


@pytest.fixture
def report(read):
    return judged(read)


def context(read):
    return context_of(read, platform.load("svod", None), "김하늘")


def folder(tmp_path, name):
    path = tmp_path / name
    path.mkdir()
    return path


def test_the_context_has_masters_tracks_and_the_limits_of_counting(read):
    found = context(read)
    (reel,) = found.reels
    assert dict(reel.facts) | {"SHA-256": ""} == {
        "Version": "ko",
        "Size": "16.0 kB",
        "Duration": "01:24:00:00",
        "Total running time": "1 h 24 min",
        "Declared running time": "1 h 24 min",
        "Start timecode": "none",
        "Frame rate": "25 fps",
        "Raster": "1920 x 1080, progressive",
        "Picture": "prores/HQ, 4:2:2, 10 bit",
        "Audio 1": "kor, stereo, pcm_s24le, 48 kHz",
        "SHA-256": "",
    }
    assert reel.tracks == ("subtitles/film.en.srt",)
    assert [(track.language, track.max_cpl, track.max_cps) for track in found.tracks] == [("en", 42, 20)]
    assert found.names == {"ko": "김일성의 아이들", "en": "Kim Il Sung's Children"}


def test_media_are_made_once_and_serve_the_next_page_again(tmp_path, read, report, made):
    old, new = folder(tmp_path, "old"), folder(tmp_path, "new")
    how = How()
    first = with_media(context(read), read, report, Beside(old, tmp_path / "none", how))
    assert [type(item) for item in made] == [tuple, str]
    (reel,) = first.reels
    assert (old / reel.video).read_text() == "proxy"
    ((tag, name, captions),) = reel.captions
    assert (tag, name) == ("en", "subtitles/film.en.srt")
    assert (old / captions).read_text(encoding="utf-8").startswith("WEBVTT")
    assert (old / first.stills["masters/film.mov", 0]).read_text() == "still"
    made.clear()
    again = with_media(context(read), read, report, Beside(new, old, None))
    assert made == []
    assert again == first
    assert sorted(path.name for path in new.rglob("*.*")) == sorted(path.name for path in old.rglob("*.*"))
    assert f'src="{reel.video}"' in render(report, again)


def test_a_link_in_the_old_folder_is_not_followed(tmp_path, read, report, made):
    old, new = folder(tmp_path, "old"), folder(tmp_path, "new")
    (tmp_path / "secret").write_text("secret")
    (old / "media").mkdir()
    name = with_media(context(read), read, report, Beside(folder(tmp_path, "x"), old, How())).reels[0].video
    (old / name).symlink_to(tmp_path / "secret")
    made.clear()
    with_media(context(read), read, report, Beside(new, old, How()))
    assert (new / name).read_text() == "proxy"


@pytest.mark.parametrize(
    "error",
    [Refused("film.mov: its frames cannot be counted", ["no rate"]), InputError(Fault("film.mov", "", "no rate"))],
)
def test_a_page_says_why_nothing_can_be_made_of_a_master(tmp_path, read, made, monkeypatch, error):
    def fail(*_):
        raise error

    monkeypatch.setattr(report_media, "write_proxy", fail)
    report = judged(read)
    found = with_media(context(read), read, report, Beside(folder(tmp_path, "new"), tmp_path / "none", How()))
    assert (found.reels[0].video, found.reels[0].no_video) == ("", "no rate")
    assert "no rate" in render(report, found)
    assert made == [found.stills["masters/film.mov", 0]]


def test_a_master_that_was_not_decoded_or_lies_elsewhere_has_no_copy(tmp_path, read, report, made):
    quick = replace(read, assets=tuple(replace(a, signals=None) if a in read.masters() else a for a in read.assets))
    found = with_media(context(quick), quick, report, Beside(folder(tmp_path, "a"), tmp_path / "none", How()))
    assert found.reels[0].no_video == "its picture and sound were not measured"
    read.masters()[0].file.path.unlink()
    found = with_media(context(read), read, report, Beside(folder(tmp_path, "b"), tmp_path / "none", How()))
    assert found.reels[0].no_video
    found = with_media(context(read), read, report, Beside(folder(tmp_path, "c"), tmp_path / "none", None))
    assert found.reels[0].no_video == "none was asked for"
    assert made == []


def test_each_rights_window_has_a_page_of_its_own_in_the_folder(tmp_path, read, report):
    wanted = Wanted(None, tmp_path / "out", make_media=False, language="ko", who="김하늘")
    pages = Pages(open_catalogue(tmp_path), platform.load("svod", None), wanted)
    for window in ("one", "asia-svod-2"):
        pages.keep(replace(report, window=window), read)
    written = pages.write()
    assert [path.name for path in written] == ["index.html", "index.asia-svod-2.html"]
    assert [path.read_text(encoding="utf-8").count("asia-svod-2") > 0 for path in written] == [False, True]


@pytest.mark.usefixtures("read_here")
def test_a_folder_of_somebody_else_stays_as_it_is(catalogue):
    other = catalogue / "mine"
    other.mkdir()
    (other / "letter.txt").write_text("dear")
    done = run("report", "small-film", "--quick", "--no-media", "--page", "mine", cwd=catalogue)
    assert (done.returncode, done.stderr.count("was not written by this command")) == (2, 1)
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


@pytest.mark.usefixtures("read_here")
def test_the_command_writes_a_folder_in_the_language_that_is_asked_for(catalogue):
    arguments = ("report", "small-film", "--quick", "--no-media", "--page", "page", "--who", "김하늘", "--lang", "ja")
    done = run(*arguments, cwd=catalogue)
    assert "report page: page/index.html" in done.stderr.splitlines()
    text = (catalogue / "page/index.html").read_text(encoding="utf-8")
    assert '<html lang="ja"' in text
    assert "김하늘" in text
    assert "品質検査レポート" in text


@pytest.mark.slow
@pytest.mark.usefixtures("read_here")
def test_the_command_makes_a_copy_to_play_and_uses_it_again(catalogue):
    assert run("report", "small-film", "--page", "page", cwd=catalogue).returncode in {0, 1}
    (copy,) = (catalogue / "page/media").iterdir()
    before = copy.stat()
    assert run("report", "small-film", "--page", "page", cwd=catalogue).returncode in {0, 1}
    after = copy.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert f'src="media/{copy.name}"' in (catalogue / "page/index.html").read_text(encoding="utf-8")
