"""`submit` of a title that the catalogue does not know: what is proposed, and what is made when it is accepted."""

import json
import os
from itertools import count

import pytest
from click.testing import CliRunner
from drops import snapshot, srt
from media_files import ffmpeg, picture, sound

from assets.catalogue import open_catalogue
from assets.errors import InputError, UsageError
from assets.intake import film_names, founding
from assets.intake.producer_sheet import read_sheet
from cli.main import group


class StopError(BaseException):
    """What a person's ^C is, and no error that anybody catches."""


def submit(catalogue, *arguments, expected):
    words = ["submit", "-C", str(catalogue), *map(str, arguments), "--who", "A Person"]
    done = CliRunner().invoke(group, words, standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    assert done.return_value == expected, done.output
    return done.stdout


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """A master that is longer than the one of the catalogue."""
    path = tmp_path_factory.mktemp("film") / "film.mov"
    return ffmpeg(path, *picture(seconds=5), *sound("mono", 5), "-c:v", "mjpeg", "-metadata:s:a", "language=kor")


@pytest.fixture
def drop(tmp_path, film):
    """A film that is not in the catalogue: a master with its year in the name, and a track."""
    folder = tmp_path / "drop"
    (folder / "Masters").mkdir(parents=True)
    (folder / "Masters" / "A Silver Hairpin_1985_H264_KOR.mov").write_bytes(film.read_bytes())
    (folder / "A Silver Hairpin.ko.srt").write_bytes(srt("ko"))
    return folder


def test_it_is_proposed_and_nothing_changes(catalogue, drop):
    before = snapshot(catalogue)
    found = json.loads(submit(catalogue, drop, "--json", expected=1))
    assert snapshot(catalogue) == before
    (new,) = found["new_titles"]
    assert (new["title"], new["runtime"], new["lacks"]) == ("a-silver-hairpin", "00:00:05.000", [])
    assert {name: told["value"] for name, told in new["told"].items()} == {
        "name": "A Silver Hairpin",
        "production_year": "1985",
        "original_language": "ko",
    }
    assert {file["told"]["title"]["value"] for file in found["files"]} == {"a-silver-hairpin"}
    assert {file["status"] for file in found["files"]} == {"add"}


def test_it_is_made_when_it_is_accepted(catalogue, drop):
    said = submit(catalogue, drop, "--accept", expected=0)
    assert "made title  a-silver-hairpin" in said
    title = open_catalogue(catalogue).title("a-silver-hairpin")
    assert (title.names, title.programme.production_year) == ({"en": "A Silver Hairpin"}, 1985)
    assert (title.programme.original_language, title.programme.runtime_text) == ("ko", "00:00:05.000")
    (version,) = title.versions
    assert version.master.path.is_file()
    assert [track.language for track in version.subtitles] == ["ko"]
    again = submit(catalogue, drop, "--accept", expected=0)
    assert "2 present" in again
    assert "title  a-silver-hairpin\n  name" not in again


def test_what_nothing_tells_is_for_a_person_to_say(catalogue, drop, tmp_path):
    master = next((drop / "Masters").iterdir())
    master.rename(master.with_name("은비녀.mov"))
    (drop / "A Silver Hairpin.ko.srt").rename(drop / "은비녀.ko.srt")
    before = snapshot(catalogue)
    said = submit(catalogue, drop, "--accept", expected=1)
    assert "new title  eunbinyeo" in said
    assert "eunbinyeo is new, and nothing tells its production year" in said
    assert snapshot(catalogue) == before
    sheet = tmp_path / "sheet.csv"
    rows = [
        "file,title,name,year,language",
        "Masters/은비녀.mov,silver-hairpin,은비녀,1985,ko",
        "은비녀.ko.srt,silver-hairpin",
    ]
    sheet.write_text("\n".join(rows), encoding="utf-8")
    submit(catalogue, drop, "--sheet", sheet, "--accept", expected=0)
    title = open_catalogue(catalogue).title("silver-hairpin")
    assert (dict(title.names), title.programme.production_year) == ({"ko": "은비녀"}, 1985)
    assert len(title.files()) == 2


def test_a_title_that_an_option_names_must_be_there(catalogue, drop):
    with pytest.raises(UsageError, match="there is no title 'silver-hairpn'"):
        submit(catalogue, drop, "--title", "silver-hairpn", expected=2)


def test_if_anything_fails_no_title_is_left(catalogue, drop, monkeypatch):
    before = snapshot(catalogue)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("assets.intake.storing._written", full)
    with pytest.raises(InputError, match="No space left"):
        submit(catalogue, drop, "--accept", expected=4)
    assert snapshot(catalogue) == before
    assert not (catalogue / "titles" / "a-silver-hairpin").exists()
    assert list(founding.founded.__wrapped__(open_catalogue(catalogue), ())) == [None]


@pytest.mark.parametrize(
    ("name", "film", "year"),
    [
        ("Masters/Spring Film_1985_ProRes422HQ_1920x1080_KOR_51.mov", "Spring Film", 1985),
        ("From_Spring_to_Summer.1988.FINAL.v2.mxf", "From Spring to Summer", 1988),
        ("은비녀_1985_마스터.mov", "은비녀", 1985),
        ("MASTER_FINAL.mov", "", None),
        ("Pulgasari/master_2398fps.mov", "Pulgasari", None),
        ("Under the Sun (2015) [UHD].mov", "Under the Sun", 2015),
        ("2001.mov", "", 2001),
    ],
)
def test_names_of_masters(name, film, year):
    assert (film_names.film_name(name), film_names.year(name)) == (film, year)


@pytest.mark.parametrize("year", ["85", "1600", "nineteen", "２０００"])
def test_a_year_in_a_sheet_is_one(tmp_path, year):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"file,title,year\na.mov,film,{year}\n", encoding="utf-8")
    with pytest.raises(InputError, match="is no year; 1888 to 2200"):
        read_sheet(sheet)


@pytest.mark.slow
def test_stopped_before_any_step_a_title_is_whole_or_not_there(catalogue, drop, monkeypatch):
    before = snapshot(catalogue)
    for stop in count():
        left = iter(range(stop))
        for name in ("fsync", "link", "replace"):
            monkeypatch.setattr(os, name, _stopping(getattr(os, name), left))
        try:
            submit(catalogue, drop, "--accept", expected=0)
        except StopError:
            monkeypatch.undo()
            after = snapshot(catalogue)
            assert {name: after[name] for name in before} == before
            if set(after) != set(before):
                title = open_catalogue(catalogue).title("a-silver-hairpin")
                assert all(file.path.is_file() for file in title.files())
            continue
        monkeypatch.undo()
        break
    assert stop > 10, "there are so many steps"
    assert len(open_catalogue(catalogue).title("a-silver-hairpin").files()) == 2


def _stopping(call, left):
    def instead(*arguments, **words):
        if next(left, None) is None:
            raise StopError
        return call(*arguments, **words)

    return instead
