"""`add` and `submit`: what they propose, what they write, what they refuse."""

import json
import tomllib
import unicodedata

import pytest
from click.testing import CliRunner
from drops import history_of, snapshot, srt, toml, write_drop, write_picture
from media_files import ffmpeg, picture, sound

from assets.catalogue import open_catalogue
from assets.errors import InputError, Refused, UsageError
from cli.main import group

pytestmark = pytest.mark.usefixtures("read_here")


def run(catalogue, *arguments, expected=0):
    """A command in this process; its standard output."""
    words = [arguments[0], "-C", str(catalogue), *(str(item) for item in arguments[1:])]
    done = CliRunner().invoke(group, words, standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    assert done.return_value == expected, done.output
    return done.stdout


def add(catalogue, *arguments, expected=0):
    return run(catalogue, "add", *arguments, "--who", "A Person", expected=expected)


@pytest.fixture
def korean(tmp_path):
    path = tmp_path / "Small Film_KOR.srt"
    path.write_bytes(srt("ko"))
    return path


def test_without_a_terminal_and_without_yes_nothing_changes(catalogue, korean):
    before = snapshot(catalogue)
    found = json.loads(add(catalogue, korean, "--json", expected=1))
    assert snapshot(catalogue) == before
    (file,) = found["files"]
    assert file["status"] == "add"
    assert {name: told["value"] for name, told in file["told"].items()} == {
        "title": "small-film",
        "version": "ko",
        "language": "ko",
        "kind": "full",
    }
    assert all(told["reasons"] for told in file["told"].values())
    assert file["name"] == "subtitles/ko.srt"


@pytest.mark.parametrize(
    ("said", "tag", "words"),
    [
        ("KOR", "ko", "--yes adds them"),
        ("ENG", "en", "--yes --replace --why TEXT adds them"),
        ("JPN", "ko", "say what is not told (--title, --version, --language, --kind)"),
    ],
)
def test_what_would_add_files_is_said(catalogue, capsys, said, tag, words):
    path = catalogue.parent / f"Small Film_{said}.srt"
    path.write_bytes(srt(tag))
    assert group.main(["add", "-C", str(catalogue), str(path)], standalone_mode=False) == 1
    assert f"nothing was added; {words}" in capsys.readouterr().err


def test_a_track_is_copied_and_written_into_title_toml(catalogue, korean):
    before = toml(catalogue).read_text(encoding="utf-8")
    assert "as titles/small-film/subtitles/ko.srt" in add(catalogue, korean, "--yes")
    after = toml(catalogue).read_text(encoding="utf-8")
    rest = iter(after.splitlines())
    assert all(line in rest for line in before.splitlines())
    track = open_catalogue(catalogue).title("small-film").versions[0].subtitles[-1]
    assert (track.language, track.kind, track.file.path.read_bytes()) == ("ko", "full", korean.read_bytes())
    (line,) = history_of(catalogue)
    assert (line["asset"], line["revision"], line["who"]) == ("ko/subtitles/ko/full", 1, "A Person")
    again = snapshot(catalogue)
    assert "the title has it as subtitles/ko.srt" in add(catalogue, korean, "--yes")
    assert snapshot(catalogue) == again


def test_flags_say_what_is_not_told(catalogue, tmp_path):
    path = tmp_path / "track.srt"
    path.write_bytes(b"1\n00:00:00,200 --> 00:00:00,900\n1954\n\n")
    with pytest.raises(Refused, match="neither its text nor its name tells a language"):
        add(catalogue, path, "--yes")
    add(catalogue, path, "--yes", "--title", "small-film", "--language", "ja", "--kind", "forced")
    track = open_catalogue(catalogue).title("small-film").versions[0].subtitles[-1]
    assert (track.language, track.kind, track.file.name) == ("ja", "forced", "subtitles/ko.ja.forced.srt")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["--language", "kr"], "ko is Korean"),
        (["--language", "klingonish-x"], "no language"),
        (["--kind", "Full Track"], "no kind"),
        (["--title", "absent"], "no title 'absent'"),
    ],
)
def test_flags_that_can_be_of_no_file(catalogue, korean, words, text):
    with pytest.raises(UsageError, match=text):
        add(catalogue, korean, *words)


def test_what_contradicts_itself_is_not_added(catalogue, tmp_path):
    path = tmp_path / "Small Film.en.srt"
    path.write_bytes(srt("ko"))
    before = snapshot(catalogue)
    with pytest.raises(Refused, match="but its name says en"):
        add(catalogue, path, "--yes")
    assert snapshot(catalogue) == before
    add(catalogue, path, "--yes", "--language", "ko")
    assert len(history_of(catalogue)) == 1


def test_another_file_in_its_place_needs_replace_and_why(catalogue, tmp_path):
    path = tmp_path / "Small Film.en.srt"
    path.write_bytes(srt("en"))
    old = (catalogue / "titles/small-film/subtitles/en.srt").read_bytes()
    with pytest.raises(Refused, match="--replace would make a new revision"):
        add(catalogue, path, "--yes")
    with pytest.raises(UsageError, match="--why"):
        add(catalogue, path, "--yes", "--replace")
    text = toml(catalogue).read_bytes()
    add(catalogue, path, "--yes", "--replace", "--why", "a typing error")
    assert toml(catalogue).read_bytes() == text
    assert (catalogue / "titles/small-film/subtitles/en.srt").read_bytes() == path.read_bytes()
    first, second = history_of(catalogue)
    kept = catalogue / ".releaseprint/revisions" / first["sha256"]
    assert kept.read_bytes() == old
    assert (second["revision"], second["why"], second["was"]) == (2, "a typing error", first["sha256"])


def test_another_format_in_its_place_gets_a_name_that_says_so(catalogue, tmp_path):
    path = tmp_path / "Small Film.en.vtt"
    path.write_bytes(b"WEBVTT\n\n" + srt("en").replace(b",", b"."))
    text = toml(catalogue).read_text(encoding="utf-8")
    folder = catalogue / "titles/small-film/subtitles"
    old = (folder / "en.srt").read_bytes()
    found = add(catalogue, path, "--yes", "--replace", "--why", "as WebVTT")
    assert "subtitles/en.srt is in its place" in found
    assert "as titles/small-film/subtitles/en.vtt" in found
    assert toml(catalogue).read_text(encoding="utf-8") == text.replace("subtitles/en.srt", "subtitles/en.vtt")
    assert {item.name for item in folder.iterdir()} == {"en.vtt"}
    first, second = history_of(catalogue)
    assert (catalogue / ".releaseprint/revisions" / first["sha256"]).read_bytes() == old
    assert (second["asset"], second["name"], second["revision"]) == (first["asset"], "subtitles/en.vtt", 2)


def test_what_lies_under_the_name_of_another_format_is_not_replaced(catalogue, tmp_path):
    path = tmp_path / "Small Film.en.vtt"
    path.write_bytes(b"WEBVTT\n\n" + srt("en").replace(b",", b"."))
    (catalogue / "titles/small-film/subtitles/en.vtt").write_bytes(b"somebody's notes")
    text = toml(catalogue).read_bytes()
    with pytest.raises(UsageError, match="lies there already with other bytes"):
        add(catalogue, path, "--yes", "--replace", "--why", "as WebVTT")
    assert toml(catalogue).read_bytes() == text
    assert (catalogue / "titles/small-film/subtitles/en.vtt").read_bytes() == b"somebody's notes"


def test_nothing_is_begun_where_the_history_cannot_be_read(catalogue, korean):
    (catalogue / "titles/small-film/history.jsonl").write_text("{\n", encoding="utf-8")
    before = snapshot(catalogue)
    with pytest.raises(InputError, match=r"history.jsonl: line 1"):
        add(catalogue, korean, "--yes")
    assert snapshot(catalogue) == before


def test_a_drop_is_taken_in_without_what_would_replace(catalogue, tmp_path):
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "Small Film.en.srt").write_bytes(srt("en", "!"))
    (drop / "Small Film.ko.srt").write_bytes(srt("ko"))
    found = run(catalogue, "submit", drop, "--accept", "--who", "A Person", expected=1)
    assert "ambiguous  Small Film.en.srt" in found
    assert "subtitles/en.srt is in its place; --replace and --why make a new revision" in found
    assert [line["asset"] for line in history_of(catalogue)] == ["ko/subtitles/ko/full"]
    with pytest.raises(UsageError, match="--why"):
        run(catalogue, "submit", drop, "--accept", "--replace", expected=1)
    run(catalogue, "submit", drop, "--accept", "--replace", "--why", "corrected")
    assert history_of(catalogue)[-1]["why"] == "corrected"


def test_two_new_files_for_the_place_of_one_replace_nothing(catalogue, tmp_path):
    drop = tmp_path / "drop"
    drop.mkdir()
    for mark in ("!", "?"):
        (drop / f"Small Film.en{ord(mark)}.srt").write_bytes(srt("en", mark))
    found = run(catalogue, "submit", drop, "--accept", "--replace", "--why", "x", expected=1)
    assert found.count("came with it and is the same by version, language and kind") == 2
    assert history_of(catalogue) == []


def test_a_file_in_the_title_s_folder_is_referenced_where_it_is(catalogue):
    path = catalogue / "titles/small-film" / unicodedata.normalize("NFD", "자막 한국어.srt")
    path.write_bytes(srt("ko"))
    add(catalogue, path, "--yes")
    track = open_catalogue(catalogue).title("small-film").versions[0].subtitles[-1]
    assert track.file.name == unicodedata.normalize("NFC", "자막 한국어.srt")
    assert not (catalogue / "titles/small-film/subtitles/ko.srt").exists()


def test_nothing_is_overwritten(catalogue, korean):
    there = catalogue / "titles/small-film/subtitles/ko.srt"
    there.write_bytes(b"somebody's notes")
    add(catalogue, korean, "--yes")
    assert there.read_bytes() == b"somebody's notes"
    track = open_catalogue(catalogue).title("small-film").versions[0].subtitles[-1]
    assert track.file.name == "subtitles/ko-2.srt"


def test_a_folder_that_leads_out_of_the_catalogue_is_refused(catalogue, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (catalogue / "titles/small-film/artwork").symlink_to(outside)
    path = tmp_path / "Small Film poster.png"
    write_picture(path, (200, 300))
    with pytest.raises(InputError, match="leaves the catalogue"):
        add(catalogue, path, "--yes")
    assert list(outside.iterdir()) == []


def test_a_master_makes_a_version_of_its_language(catalogue, tmp_path, master_file):
    english = ffmpeg(
        tmp_path / "Small Film English.mp4", "-i", str(master_file), *sound("stereo", 2), "-map", "0:v", "-map", "1:a",
        "-c:v", "copy", "-c:a", "aac", "-metadata:s:a", "language=eng",
    )  # fmt: skip
    add(catalogue, english, "--yes")
    version = open_catalogue(catalogue).title("small-film").versions[-1]
    assert (version.id, version.language, version.master.name) == ("en", "en", "masters/small-film.en.mp4")
    assert [(audio.language, audio.layout, audio.stream) for audio in version.audio] == [("en", "stereo", 0)]
    sounds = ffmpeg(tmp_path / "Small Film_ENG.wav", *sound("5.1", 2))
    add(catalogue, sounds, "--yes")
    audio = open_catalogue(catalogue).title("small-film").versions[-1].audio[-1]
    assert (audio.language, audio.layout, audio.file.name) == ("en", "5.1", "audio/en.5.1.wav")


def test_the_stems_of_a_master_are_declared_as_the_sounds_they_are_together(catalogue, tmp_path, master_file):
    stems = ["-map", "1:a"] * 8
    english = ffmpeg(
        tmp_path / "Small Film English.mov", "-i", str(master_file), *sound("mono", 2), "-map", "0:v", *stems,
        "-c:v", "copy", "-c:a", "pcm_s24le", "-metadata:s:a", "language=eng",
    )  # fmt: skip
    add(catalogue, english, "--yes")
    version = open_catalogue(catalogue).title("small-film").versions[-1]
    assert [(audio.layout, audio.stream) for audio in version.audio] == [("5.1", 0), ("stereo", 6)]


def test_a_track_with_a_master_it_was_not_made_for(catalogue, tmp_path):
    path = tmp_path / "Small Film.ja.srt"
    path.write_bytes(srt("ja").replace(b"00:00:01,900", b"00:02:01,900"))
    with pytest.raises(Refused, match="behind the end of the picture"):
        add(catalogue, path, "--yes")


def test_a_terminal_is_asked(catalogue, korean, monkeypatch):
    monkeypatch.setattr("cli.adding.is_watched", lambda: True)
    answers = "c\nsmall-film\nko\nko\nsdh\ny\n"
    words = ["add", "-C", str(catalogue), str(korean), "--who", "A Person"]
    done = CliRunner().invoke(group, words, input=answers, standalone_mode=False)
    assert done.return_value == 0, done.output
    assert open_catalogue(catalogue).title("small-film").versions[0].subtitles[-1].kind == "sdh"
    before = snapshot(catalogue)
    korean.write_bytes(srt("ko", "!"))
    done = CliRunner().invoke(group, words, input="n\n", standalone_mode=False)
    assert done.return_value == 1, done.output
    assert snapshot(catalogue) == before


def test_every_file_of_a_drop_is_accounted_for(catalogue, tmp_path):
    before = snapshot(catalogue)
    found = json.loads(run(catalogue, "submit", write_drop(tmp_path / "drop"), "--json", expected=1))
    assert snapshot(catalogue) == before
    assert {file["file"]: file["status"] for file in found["files"]} == {
        "Small Film music cue sheet.pdf": "add",
        "Small Film.png": "add",
        "Subtitles/Small Film_KOR.srt": "add",
        "Subtitles/작은 영화 일본어.srt": "add",
        "again.srt": "duplicate",
        "junk.bin": "unknown",
    }
    assert [item["file"] for item in found["refused"]] == ["outside.srt"]
    assert found["missing"] == {"small-film": ["version ko: sdh subtitles in ko", "artwork: key-art"]}


def test_a_drop_is_taken_in_when_it_is_accepted(catalogue, tmp_path):
    drop = write_drop(tmp_path / "drop")
    assert "unknown" in run(catalogue, "submit", drop, "--accept", "--who", "A Person", expected=1)
    data = tomllib.loads(toml(catalogue).read_text(encoding="utf-8"))
    assert {track["file"] for track in data["versions"][0]["subtitles"][1:]} == {
        "subtitles/ko.srt",
        "subtitles/ko.ja.srt",
    }
    assert data["artwork"] == [{"file": "artwork/poster.png", "kind": "poster"}]
    assert data["documents"] == [{"file": "documents/music-cue-sheet.pdf", "kind": "music-cue-sheet"}]
    assert len(history_of(catalogue)) == 4
    for name in ("junk.bin", "outside.srt"):
        (drop / name).unlink()
    before = snapshot(catalogue)
    run(catalogue, "submit", drop, "--accept", "--who", "A Person")
    assert snapshot(catalogue) == before


def test_a_sheet_says_what_is_not_told(catalogue, tmp_path):
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "reel one.srt").write_bytes(srt("ja"))
    sheet = drop / "목록.csv"
    sheet.write_bytes("file;title;language;kind\nreel one.srt;small-film;ja;forced\n없음.srt;;;\n".encode("cp949"))
    found = json.loads(run(catalogue, "submit", drop, "--sheet", sheet, "--json", expected=1))
    (file,) = found["files"]
    assert (file["status"], file["told"]["kind"]["value"]) == ("add", "forced")
    assert file["told"]["kind"]["reasons"] == ["said by 목록.csv, line 2"]
    assert [item["file"] for item in found["refused"]] == ["없음.srt"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("name,title\na,b\n", "the columns are name, title"),
        ("file\na.srt\na.srt\n", "line 3: file: 'a.srt' is there twice"),
        ("file,language\na.srt,kr\n", "line 2: 'kr': ko is Korean"),
        ("file\na.srt,b\n", "line 2: 2 cells"),
        ('file\n"a.srt\n', "is no CSV"),
    ],
)
def test_faults_of_a_sheet_are_told_by_line(catalogue, tmp_path, text, wrong):
    (tmp_path / "drop").mkdir()
    (tmp_path / "sheet.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=wrong):
        run(catalogue, "submit", tmp_path / "drop", "--sheet", tmp_path / "sheet.csv")


def test_a_digest_that_is_not_the_promised_one(catalogue, tmp_path):
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "Small Film.ko.srt").write_bytes(srt("ko"))
    (tmp_path / "sheet.csv").write_text(f"file,sha256\nSmall Film.ko.srt,{'0' * 64}\n", encoding="utf-8")
    done = run(catalogue, "submit", drop, "--sheet", tmp_path / "sheet.csv", "--accept", expected=1)
    assert "by the sheet 0000" in done
    assert history_of(catalogue) == []


def test_two_files_that_would_get_one_name(catalogue, tmp_path):
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "Small Film.ko.srt").write_bytes(srt("ko"))
    (drop / "Small Film.KOR.srt").write_bytes(srt("ko", "!"))
    for number in (1, 2):
        write_picture(drop / f"Small Film still {number}.png", (320 * number, 180 * number))
    found = run(catalogue, "submit", drop, "--accept", "--who", "A Person", expected=1)
    assert "Small Film.ko.srt came with it and is the same by version, language and kind" in found
    assert "Small Film.KOR.srt came with it and is the same by version, language and kind" in found
    assert "version ko: full subtitles in ko" in found, "neither of them was chosen by its name"
    assert "as titles/small-film/artwork/still-2.png" in found
    artwork = open_catalogue(catalogue).title("small-film").artwork
    assert [item.file.name for item in artwork] == ["artwork/still.png", "artwork/still-2.png"]
    assert len(open_catalogue(catalogue).title("small-film").versions[0].subtitles) == 1


def test_the_same_bytes_twice_are_added_once(catalogue, korean, tmp_path):
    again = tmp_path / "again.srt"
    again.write_bytes(korean.read_bytes())
    assert f"the same bytes as {tmp_path.name}/Small Film_KOR.srt" in add(catalogue, korean, again, "--yes")
    assert len(history_of(catalogue)) == 1


def test_a_track_made_at_another_frame_rate(catalogue, tmp_path):
    film = ffmpeg(tmp_path / "film.mp4", *picture("64x36", seconds=60), "-c:v", "libx264", "-preset", "ultrafast")
    (catalogue / "titles/small-film/masters/작은 영화.mp4").write_bytes(film.read_bytes())
    path = tmp_path / "Small Film.ja.srt"
    cues = "".join(
        f"{number}\n00:00:{at // 1000:02},{at % 1000:03} --> 00:00:{end // 1000:02},{end % 1000:03}\n春の日の雪解け\n\n"
        for number in range(1, 30)
        for at, end in [(round(number * 43 * 1001 / 24), round((number * 43 + 31) * 1001 / 24))]
    )
    path.write_text(cues, encoding="utf-8")
    with pytest.raises(Refused, match=r"made at 23.976 fps .* the master has 25"):
        add(catalogue, path, "--yes")


def test_a_track_goes_to_the_version_whose_master_it_was_made_for(catalogue, tmp_path):
    film = ffmpeg(tmp_path / "long.mp4", *picture("64x36", "24000/1001", 60), "-c:v", "libx264", "-preset", "ultrafast")
    add(catalogue, film, "--yes", "--title", "small-film", "--version", "festival", "--language", "en")
    path = tmp_path / "Small Film.ko.srt"
    path.write_bytes(srt("ko").replace(b"00:00:01,900", b"00:00:58,900"))
    add(catalogue, path, "--yes")
    version = open_catalogue(catalogue).title("small-film").versions[-1]
    assert (version.id, [track.file.name for track in version.subtitles]) == ("festival", ["subtitles/festival.ko.srt"])


def test_the_folder_tells_what_the_name_does_not(catalogue, tmp_path):
    folder = tmp_path / "Small Film (2020)" / "Japanese"
    folder.mkdir(parents=True)
    (folder / "track.srt").write_bytes(b"1\n00:00:00,200 --> 00:00:00,900\n1954\n\n")
    found = json.loads(add(catalogue, folder / "track.srt", "--json", expected=1))
    assert found["files"][0]["told"]["language"]["value"] == "ja"


def test_versions_may_share_a_master(catalogue, master_file):
    add(catalogue, master_file, "--yes", "--title", "small-film", "--version", "japanese", "--language", "ja")
    first, second = open_catalogue(catalogue).title("small-film").versions
    assert (second.id, second.language, second.master.name) == ("japanese", "ja", first.master.name)
    assert [(audio.language, audio.stream) for audio in second.audio] == [("ko", 0)]
    assert not list((catalogue / "titles/small-film/masters").glob("small-film*"))
