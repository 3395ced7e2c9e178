"""`convert`, `retime` and `diff`, end to end: what they write, what they say, how they exit."""

import json
import unicodedata

import in_process
import pytest

SRT = "1\n00:00:01,000 --> 00:00:02,000\n<i>안녕</i>\n\n2\n00:00:03,000 --> 00:00:04,000\n{\\an8}여러분\n"
SAMI = (
    "<SAMI><HEAD><STYLE><!--\n.KRCC {lang:ko-KR;}\n.ENCC {lang:en-US;}\n--></STYLE></HEAD><BODY>\n"
    "<SYNC Start=1000><P Class=KRCC><font color=yellow>안녕</font><P Class=ENCC>hello\n"
    "<SYNC Start=2000><P Class=KRCC>&nbsp;<P Class=ENCC>&nbsp;\n</BODY></SAMI>"
)


def run(folder, *arguments):
    """A command in a folder."""
    return in_process.run(*arguments, cwd=folder)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "film.ko.srt").write_text(SRT, encoding="utf-8")
    (tmp_path / "film.smi").write_bytes(SAMI.encode("cp949"))
    return tmp_path


def test_convert(folder):
    done = run(folder, "convert", "film.ko.srt", "film.ko.smi")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:2] == ["film.ko.srt -> film.ko.smi", "2 cues; SubRip, utf-8 -> SAMI"]
    assert "cue 2  line 5  place on the picture  place 8 of a numeric keypad" in done.stdout
    assert "lang:ko;" in (folder / "film.ko.smi").read_text(encoding="utf-8")


def test_convert_without_loss_says_so(folder):
    done = run(folder, "convert", "film.ko.srt", "film.ko.vtt", "--fail-on-loss")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "nothing lost")


def test_convert_as_json(folder):
    done = run(folder, "convert", "film.smi", "out.srt", "--language", "ko", "--json")
    found = json.loads(done.stdout)
    assert found["source"]["format"] == "sami"
    assert found["source"]["encoding"] == "cp949"
    assert [item["kind"] for item in found["source"]["damage"]] == ["several-languages", "other-language"]
    assert found["target"] | {"bytes": 0} == {
        "path": "out.srt",
        "format": "srt",
        "cues": 1,
        "bytes": 0,
        "written": True,
    }
    assert found["losses"] == []


def test_one_language_of_a_file_with_two(folder):
    assert run(folder, "convert", "film.smi", "en.srt", "--language", "en").returncode == 0
    assert (folder / "en.srt").read_text(encoding="utf-8").split("\n")[2] == "hello"
    assert run(folder, "convert", "film.smi", "ko.srt", "--language", "ko").returncode == 0
    assert '<font color="#ffff00">안녕</font>' in (folder / "ko.srt").read_text(encoding="utf-8")


def test_nothing_is_written_where_nothing_may_be_lost(folder):
    done = run(folder, "convert", "film.ko.srt", "out.smi", "--fail-on-loss")
    assert done.returncode == 1
    assert "not written" in done.stdout
    assert not (folder / "out.smi").exists()


def test_a_time_rounded_to_a_frame_is_listed_and_no_loss(folder):
    done = run(folder, "convert", "film.ko.srt", "out.itt", "--frame-rate", "24000/1001", "--fail-on-loss")
    assert done.returncode == 0, done.stdout
    assert "time rounded" in done.stdout
    assert (folder / "out.itt").exists()


def test_a_file_that_exists_is_left_without_force(folder):
    (folder / "out.vtt").write_text("mine")
    done = run(folder, "convert", "film.ko.srt", "out.vtt")
    assert done.returncode == 2
    assert "exists already" in done.stderr
    assert (folder / "out.vtt").read_text() == "mine"
    assert run(folder, "convert", "film.ko.srt", "out.vtt", "--force").returncode == 0
    assert (folder / "out.vtt").read_text().startswith("WEBVTT")
    assert sorted(path.name for path in folder.iterdir()) == ["film.ko.srt", "film.smi", "out.vtt"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["convert", "film.ko.srt", "x.ttml", "--language", "jp"], 2, "--language jp: ja is Japanese"),
        (["convert", "film.ko.srt", "x.ttml", "--language", "ko_KR"], 2, "--language ko_KR: no language tag"),
        (("convert", "no.srt", "out.vtt"), 3, "no.srt: cannot be read: No such file"),
        (("convert", "film.smi", "out.srt"), 2, "KRCC ko-KR, ENCC en-US; name one of them with --language"),
        (("convert", "film.smi", "out.srt", "--language", "ja"), 3, "several languages in one file: ko-KR, en-US"),
        (("convert", "film.ko.srt", "out.bin"), 2, "its suffix names no format; name one with --to"),
        (("convert", "film.ko.srt", "out", "--to", "word"), 2, "--to word: there is no such format; formats: "),
        (("convert", "film.ko.srt", "out.itt"), 2, "need a frame rate"),
        (("convert", "film.ko.srt", "out.itt", "--frame-rate", "fast"), 2, "'fast' is no frame rate"),
        (("convert", "film.ko.srt", "out.itt", "--frame-rate", "25", "--drop"), 2, "exists at 29.97 and 59.94"),
        (("convert", "film.ko.srt", "no/such/out.vtt"), 2, "cannot be written"),
        (("retime", "film.ko.srt", "out.srt"), 2, "name one of --offset"),
        (("retime", "film.ko.srt", "out.srt", "--offset", "1s", "--from-rate", "25"), 2, "name one of --offset"),
        (("retime", "film.ko.srt", "out.srt", "--offset", "soon"), 2, "'soon' is no time"),
        (("retime", "film.ko.srt", "out.srt", "--offset", "12f"), 2, "need a frame rate"),
        (("diff", "film.ko.srt", "no.srt"), 3, "cannot be read"),
        (("diff", "film.ko.srt", "film.smi", "--within", "x"), 2, "'x' is no time"),
    ],
)
def test_errors(folder, arguments, code, said):
    done = run(folder, *arguments)
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr


def test_what_is_no_subtitle_file_is_refused(folder):
    (folder / "x.srt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(1000))
    done = run(folder, "convert", "x.srt", "out.vtt")
    assert done.returncode == 3
    assert done.stderr.startswith("x.srt: ")


def test_retime_by_an_offset(folder):
    done = run(folder, "retime", "film.ko.srt", "later.srt", "--offset", "1.5s")
    assert done.returncode == 0, done.stderr
    assert "00:00:02,500 --> 00:00:03,500" in (folder / "later.srt").read_text(encoding="utf-8")
    earlier = run(folder, "retime", "film.ko.srt", "earlier.srt", "--offset", "-1500ms")
    assert "cue 1  line 1  time  -00:00:00.500 -> 00:00:00.000" in earlier.stdout


def test_retime_to_another_rate(folder):
    done = run(folder, "retime", "film.ko.srt", "film.srt", "--from-rate", "25", "--to-rate", "23.976")
    assert done.returncode == 0, done.stderr
    assert "00:00:03,128 --> 00:00:04,171" in (folder / "film.srt").read_text(encoding="utf-8")
    frames = run(folder, "retime", "film.ko.srt", "pal.srt", "--from-rate", "24", "--to-rate", "25", "--keep-frames")
    assert frames.returncode == 0
    assert "00:00:00,960 --> 00:00:01,920" in (folder / "pal.srt").read_text(encoding="utf-8")


def test_retime_of_timecode_of_the_other_kind(folder):
    text = SRT.replace("00:00:03,000", "01:00:03,603").replace("00:00:04,000", "01:00:05,605")
    (folder / "film.ko.srt").write_text(text, encoding="utf-8")
    done = run(folder, "retime", "film.ko.srt", "drop.srt", "--timecode", "drop", "--frame-rate", "29.97")
    assert done.returncode == 0, done.stderr
    assert "00:59:59,996 --> 01:00:01,998" in (folder / "drop.srt").read_text(encoding="utf-8")


def test_diff(folder):
    (folder / "new.srt").write_text(SRT.replace("여러분", "여러분!").replace("02,000", "02,100"), encoding="utf-8")
    done = run(folder, "diff", "film.ko.srt", "new.srt")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "cue 1  00:00:01.000 --> 00:00:02.100  timing",
        "  in-cue unchanged, out-cue +0.1 s",
        "cue 2  00:00:03.000 --> 00:00:04.000  text",
        "  - 여러분",
        "  + 여러분!",
        "film.ko.srt -> new.srt: 0 added, 0 removed, 1 text, 1 timing, 0 style, 0 moved; 0 cues the same",
    ]
    assert run(folder, "diff", "film.ko.srt", "film.ko.srt").returncode == 0


def test_a_difference_below_a_millisecond(folder):
    document = '<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="{}s" end="{}s">가</p></div></body></tt>'
    (folder / "old.ttml").write_text(document.format("1", "2"), encoding="utf-8")
    (folder / "new.ttml").write_text(document.format("1.00004", "1.9999999"), encoding="utf-8")
    assert "in-cue +40 µs, out-cue -0.1 µs" in run(folder, "diff", "old.ttml", "new.ttml").stdout


def test_diff_across_formats(folder):
    assert run(folder, "convert", "film.ko.srt", "film.ko.ass").returncode == 0
    assert run(folder, "diff", "film.ko.srt", "film.ko.ass").returncode == 0


def test_diff_as_json(folder):
    (folder / "new.srt").write_text(SRT.split("\n\n", maxsplit=1)[0], encoding="utf-8")
    found = json.loads(run(folder, "diff", "film.ko.srt", "new.srt", "--json").stdout)
    assert found["counts"] == {"added": 0, "removed": 1, "text": 0, "timing": 0, "style": 0, "moved": 0}
    assert found["changes"][0]["new"] is None
    assert found["changes"][0]["old"]["text"] == "여러분"


def test_decomposed_text_is_shown_composed_and_kept_as_it_is(folder):
    text = unicodedata.normalize("NFD", SRT).replace("<i>", '<font color="red">').replace("</i>", "</font>")
    (folder / "nfd.srt").write_text(text, encoding="utf-8")
    (folder / "none.srt").write_text(SRT.split("\n\n")[1].replace("여러분", "x"), encoding="utf-8")
    assert "- 안녕" in run(folder, "diff", "nfd.srt", "none.srt").stdout
    assert run(folder, "convert", "nfd.srt", "nfd.vtt").returncode == 0
    assert unicodedata.normalize("NFD", "안녕") in (folder / "nfd.vtt").read_text(encoding="utf-8")


def test_a_long_list_is_cut_short_unless_all_is_asked_for(folder):
    cues = "\n".join(f"{n}\n00:{n:02}:00,000 --> 00:{n:02}:01,000\n{{\\an8}}가\n" for n in range(1, 60))
    (folder / "many.srt").write_text(cues, encoding="utf-8")
    short = run(folder, "convert", "many.srt", "a.smi").stdout
    assert "and 19 more; --all prints them" in short
    full = run(folder, "convert", "many.srt", "b.smi", "--all").stdout
    assert full.count("place 8 of a numeric keypad") == 59
