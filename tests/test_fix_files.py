"""`releaseprint fix` on files of every format that it writes: what is kept of the bytes, and what is refused."""

import json
from dataclasses import replace
from fractions import Fraction

import histories
import pytest
from click.testing import CliRunner

from assets import history
from assets.digest import sha256_bytes
from assets.errors import UsageError
from assets.subtitles import Target, format_of, read_subtitles
from assets.subtitles.model import Cue, Run
from assets.timing import from_ms
from cli.fixing import _unlike
from cli.main import group

CUES = (
    Cue(1, from_ms(1000), from_ms(3000), (Run("그래..."),)),
    Cue(2, from_ms(3200), from_ms(5000), (Run("안녕"),)),
)
FORMATS = ("srt", "webvtt", "ttml1", "imsc1.1", "ebu-tt-d", "ass", "sami")
SRT = "1\n00:00:01,000 --> 00:00:03,000\n그래...\n\n2\n00:00:03,200 --> 00:00:05,000\n안녕\n"


def fix(path, *more):
    command = ["fix", str(path), "-p", "svod", "--language", "ko", "--frame-rate", "24", *more]
    done = CliRunner().invoke(group, command, standalone_mode=False)
    if done.exception:
        raise done.exception
    return done


def shown(data):
    return [(cue.start, cue.end, cue.text) for cue in read_subtitles(data).cues]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("format_id", FORMATS)
def test_every_format_is_mended(tmp_path, format_id, end):
    written = format_of(format_id).write(CUES, Target("ko", Fraction(24))).decode().replace("\n", end)
    path = tmp_path / f"film.ko.{format_of(format_id).suffix}"
    path.write_bytes(written.encode())
    done = fix(path, "--write")
    assert done.return_value == 0, done.stdout
    mended = path.read_bytes()
    (first, second), before = shown(mended), shown(written.encode())
    assert (first[2], second) == ("그래…", before[1])
    assert before[0][1] < first[1] <= second[0] - from_ms(83)
    assert mended.count(b"\r\n") == (mended.count(b"\n") if end == "\r\n" else 0)
    assert (tmp_path / f"film.ko.orig.1{path.suffix}").read_bytes() == written.encode()
    assert "nothing to mend" in fix(path, "--preview").stdout


def test_byte_order_mark_is_kept_and_what_is_not_is_said(tmp_path):
    path = tmp_path / "film.ko.srt"
    path.write_bytes(b"\xef\xbb\xbf" + SRT.replace("\n", "\r\n").encode())
    assert "of the file itself" not in fix(path, "--write").stdout
    assert path.read_bytes().startswith(b"\xef\xbb\xbf1\r\n")
    path.write_bytes(SRT.replace("\n", "\r\n", 3).encode("cp949"))
    done = fix(path, "--write")
    assert "of the file itself: it is UTF-8 now, not cp949" in done.stdout
    assert "of the file itself: all its lines end with LF now; they ended in several ways" in done.stdout
    assert "그래…" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("end", ["00:00:08,000", "00:00:07,000"])
def test_a_cue_that_lasts_no_time_is_kept_as_it_is(tmp_path, end):
    path = tmp_path / "film.ko.srt"
    path.write_text(f"{SRT}\n3\n00:00:08,000 --> {end}\n그리고\n", encoding="utf-8")
    assert fix(path, "--write").return_value == 0
    assert f"00:00:08,000 --> {end}\n그리고" in path.read_text(encoding="utf-8")


def test_json(tmp_path):
    path = tmp_path / "film.ko.srt"
    path.write_text(SRT, encoding="utf-8")
    (outcome,) = json.loads(fix(path, "--preview", "--json").stdout)
    assert [(change["cue"], change["fix"]) for change in outcome["changes"]] == [(1, "ellipsis"), (1, "gaps")]
    assert outcome["changes"][0]["after"] == {"start": "00:00:01.000", "end": "00:00:03.000", "text": "그래…"}
    assert (outcome["written"], outcome["original"], outcome["refused"]) == (False, None, [])


def test_a_moved_cue_is_said_once_with_its_new_place(tmp_path):
    path = tmp_path / "film.ko.srt"
    path.write_text(
        "1\n00:00:05,000 --> 00:00:06,000\n안녕\n\n2\n00:00:01,000 --> 00:00:02,000\n그래\n", encoding="utf-8"
    )
    assert fix(path, "--preview").stdout.splitlines()[1:3] == [
        "cue 2  order: now cue 1",
        "  00:00:01.000 --> 00:00:02.000  그래",
    ]
    (outcome,) = json.loads(fix(path, "--preview", "--json").stdout)
    assert [(change["cue"], change["place"]) for change in outcome["changes"]] == [(2, 1), (1, 2)]


def test_one_of_preview_and_write_is_needed(tmp_path):
    with pytest.raises(UsageError, match=r"name --preview, .* or --write"):
        fix(tmp_path / "film.ko.srt")


REFUSED = {
    "a note": ("webvtt", "00:", "NOTE keep this\nand this\n\n00:", "a comment NOTE keep this and this"),
    "an empty note": ("webvtt", "WEBVTT\n\n", "WEBVTT\n\nNOTE\n\n", "a comment NOTE"),
    "a title": ("webvtt", "WEBVTT", "WEBVTT - reel 2", "a comment - reel 2"),
    "a style": ("webvtt", "00:", "STYLE\n::cue { color: red }\n\n00:", "STYLE"),
    "an XML comment": ("imsc1.1", "<head>", "<head><!-- reel 2 -->", "a comment <!-- reel 2 -->"),
    "metadata": ("imsc1.1", "<head>", "<head><metadata><ttm:title>제목</ttm:title></metadata>", "제목"),
    "a comment of ASS": (
        "ass",
        "Dialogue",
        "Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,reel 2\nDialogue",
        "reel 2",
    ),
}
"""By what it is: the format, what is replaced in a file of it, by what, and what is said to be lost."""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_comment_is_seen_whatever_the_line_ends(tmp_path, end):
    path = tmp_path / "film.ko.vtt"
    text = format_of("webvtt").write(CUES, Target("ko", Fraction(24))).decode() + "\nNOTE reel 2"
    path.write_bytes(text.replace("\n", end).encode())
    done = fix(path, "--write")
    assert (done.return_value, list(tmp_path.iterdir())) == (1, [path])
    assert "a comment NOTE reel 2" in done.stdout


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_be_lost_is_listed_and_nothing_is_written(tmp_path, case):
    format_id, old, new, lost = REFUSED[case]
    text = format_of(format_id).write(CUES, Target("ko", Fraction(24))).decode().replace(old, new, 1)
    path = tmp_path / f"film.ko.{format_of(format_id).suffix}"
    path.write_text(text, encoding="utf-8")
    done = fix(path, "--write")
    assert done.return_value == 1
    assert lost in "".join(line for line in done.stdout.splitlines() if "would be lost" in line)
    assert path.read_text(encoding="utf-8") == text
    assert list(tmp_path.iterdir()) == [path]


def test_cues_are_told_apart_by_all_they_have():
    other = replace(CUES[1], position=8)
    assert list(_unlike(CUES, (CUES[0], other))) == [(2, CUES[1])]
    assert list(_unlike(CUES, CUES[:1])) == [(2, CUES[1])]


def test_what_is_mended_of_a_title_is_a_revision_and_can_be_restored(tmp_path):
    histories.write(tmp_path)
    path = histories.track(histories.read(tmp_path)).path
    path.write_bytes(SRT.encode())
    mended = fix(path, "--write", "-C", str(tmp_path), "--who", "Kim", "--only", "ellipsis", "--quick")
    assert "mended as original/subtitles/ko/full@2; the original is original/subtitles/ko/full@1" in mended.stdout
    found, made = history.revisions(histories.read(tmp_path))
    assert (found.sha256, made.who) == (sha256_bytes(SRT.encode()), "Kim")
    assert made.why.startswith("fix: ellipsis; svod ")
    assert made.sha256 == sha256_bytes(path.read_bytes())
    assert list(path.parent.glob("*orig*")) == []
    restore = ["restore", "thaw", "ko@1", "--why", "as it was", "-C", str(tmp_path)]
    assert CliRunner().invoke(group, restore, standalone_mode=False).exception is None
    assert path.read_bytes() == SRT.encode()
